import WeixinModel

extension HourlyRow {
  /// The row of an account of another size; nil where nothing is left of it.
  func scaled(by size: Double) -> HourlyRow? {
    if size == 1 { return self }
    let count = Int(Double(count) * size)
    return count > 0 ? HourlyRow(hour: hour, type: type, users: max(1, Int(Double(users) * size)), count: count) : nil
  }
}
