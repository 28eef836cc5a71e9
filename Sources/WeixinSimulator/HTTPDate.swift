import WeixinModel

extension Timestamp {
  /// As a `Date` header has it: `Sun, 06 Nov 1994 08:49:37 GMT`.
  var httpDate: String {
    // Beijing's calendar, eight hours earlier, is Greenwich's.
    let greenwich = Timestamp(seconds: seconds - Self.beijingOffset)
    let (year, month, day) = greenwich.beijingDay.components
    let weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][greenwich.beijingDay.weekday - 1]
    let name = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ][month - 1]
    let second = greenwich.beijingSecondOfDay % 60
    return "\(weekday), \(day < 10 ? "0" : "")\(day) \(name) \(year) \(greenwich.beijingClock):"
      + "\(second < 10 ? "0" : "")\(second) GMT"
  }
}
