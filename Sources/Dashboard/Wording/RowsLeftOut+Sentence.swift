public import WeixinModel

extension RowsLeftOut {
  /// A sentence: which rows of the day's answer were left out. Empty when none was.
  public func sentence(_ language: Language) -> String {
    guard count > 0 else { return "" }
    switch language {
    case .en:
      let parts = [
        (otherDates, "of other dates"), (duplicates, "given twice"), (unreadable, "out of range or unreadable"),
      ]
      let rows = count == 1 ? "1 row of Weixin's answer was" : "\(count) rows of Weixin's answer were"
      return "\(rows) left out: \(parts.filter { $0.0 > 0 }.map { "\($0) \($1)" }.joined(separator: ", "))."
    case .zh:
      let parts = [(otherDates, "日期不符"), (duplicates, "重复"), (unreadable, "超出范围或无法读取")]
      return "微信的回答中有 \(count) 行被舍弃：\(parts.filter { $0.0 > 0 }.map { "\($1) \($0) 行" }.joined(separator: "，"))。"
    }
  }
}
