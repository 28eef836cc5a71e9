public import WeixinModel

/// A date as people write it at the `g` prompt and after `--date`.
///
/// `2024-11-11`, `20241111`, `11-11` (the newest that is over), `-7` (seven days ago), `yesterday`, `today`, `last mon`,
/// `mon`, `昨天`, `前天`, `上周一`.
public enum DateExpression {
  /// Why a text is no date.
  public enum Refusal: Error, Hashable, Sendable {
    /// The calendar has no such date.
    case noSuchDate(String)
    /// The text is none of the forms.
    case notUnderstood(String)
  }

  /// The date that a text means on a day.
  public static func parse(_ text: String, today: BeijingDay) throws(Refusal) -> BeijingDay {
    let text = text.cleaned(limit: 40)
    let lower = text.lowercased()
    if let day = relative(lower, today: today) { return day }
    if let day = weekday(lower, today: today) { return day }
    let parts = lower.split(omittingEmptySubsequences: false) { "-/.".contains($0) }
    let numbers = parts.compactMap { part in Int(digits: part) }
    guard numbers.count == parts.count, !numbers.isEmpty else { throw .notUnderstood(text) }
    switch (numbers.count, parts[0].count) {
    case (3, 4): return try date(numbers[0], numbers[1], numbers[2], text)
    case (2, 1...2): return try newestYear(month: numbers[0], day: numbers[1], today: today, text)
    case (1, 8): return try date(numbers[0] / 10_000, numbers[0] / 100 % 100, numbers[0] % 100, text)
    default: throw .notUnderstood(text)
    }
  }

  private static func date(_ year: Int, _ month: Int, _ day: Int, _ text: String) throws(Refusal) -> BeijingDay {
    guard let date = BeijingDay(year: year, month: month, day: day) else { throw .noSuchDate(text) }
    return date
  }

  private static func newestYear(
    month: Int, day: Int, today: BeijingDay, _ text: String
  ) throws(Refusal) -> BeijingDay {
    // 29 February may be eight years back.
    for year in stride(from: today.year, through: today.year - 8, by: -1) {
      if let date = BeijingDay(year: year, month: month, day: day), date < today { return date }
    }
    throw .noSuchDate(text)
  }

  private static func relative(_ text: String, today: BeijingDay) -> BeijingDay? {
    switch text {
    case "today", "今天": return today
    case "yesterday", "昨天", "昨日": return today - 1
    case "前天": return today - 2
    default: break
    }
    // The last one is the minus sign itself, as keyboards for phones and word processors write it.
    guard let sign = text.first, sign == "-" || sign == "+" || sign == "\u{2212}", text.count <= 6,
      let days = Int(digits: text.dropFirst())
    else { return nil }
    return sign == "+" ? today + days : today - days
  }

  /// `mon` and `last mon` are the newest Monday that is over.
  private static func weekday(_ text: String, today: BeijingDay) -> BeijingDay? {
    var name = text
    for prefix in ["last ", "上周", "上星期", "周", "星期"] where name.hasPrefix(prefix) {
      name = String(name.dropFirst(prefix.count))
      break
    }
    let english = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    let full = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    let chinese = ["一", "二", "三", "四", "五", "六", "日"]
    let index =
      english.firstIndex(of: name) ?? full.firstIndex(of: name)
      ?? (name != text ? chinese.firstIndex(of: name == "天" ? "日" : name) : nil)
    guard let index else { return nil }
    if text.hasPrefix("上") {
      // In Chinese, last Monday is the Monday of the week before this one.
      return today - (today.weekday - 1) - 7 + index
    }
    let back = (today.weekday - 1 - index + 7) % 7
    return today - (back == 0 ? 7 : back)
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isWholeNumber }
}
