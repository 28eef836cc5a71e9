import WeixinModel

/// The date of an HTTP header.
enum HTTPDate {
  private static let months = [
    "Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "May": 5, "Jun": 6, "Jul": 7, "Aug": 8, "Sep": 9, "Oct": 10, "Nov": 11,
    "Dec": 12,
  ]

  /// Seconds since 1970 of an IMF-fixdate, `Sun, 06 Nov 1994 08:49:37 GMT`; nil for anything else.
  static func seconds(_ text: String) -> Int? {
    guard
      let parts = text.wholeMatch(of: /[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT/)?
        .output,
      let month = months[String(parts.2)], let dayOfMonth = Int(parts.1), let year = Int(parts.3),
      let day = BeijingDay(year: year, month: month, day: dayOfMonth), let hour = Int(parts.4), hour < 24,
      let minute = Int(parts.5), minute < 60, let second = Int(parts.6), second <= 60
    else { return nil }
    // A day's number counts from 1970-01-01 wherever it is.
    return day.ordinal * 86_400 + hour * 3_600 + minute * 60 + second
  }
}
