import TerminalScreen
public import WeixinModel

/// A date as people write it at the `g` prompt, after `--date` and in the file of marks, in the characters of any input method.
///
/// `2024-11-11`, `20241111`, `11-11` (the newest that is over), `-7` (seven days ago), `yesterday`, `today`, `last mon`,
/// `mon`, `昨天`, `上周一`, `2024年11月11日`, `上月`, `双十一`.
public enum DateExpression {
  /// Why a text is no date.
  public enum Refusal: Error, Hashable, Sendable {
    /// The calendar has no such date.
    case noSuchDate(String)
    /// The text is none of the forms.
    case notUnderstood(String)
  }

  /// The date that a text means on a day; of a week, a month or a year its first one.
  public static func parse(_ text: String, today: BeijingDay) throws(Refusal) -> BeijingDay {
    try span(text, today: today).lowerBound
  }

  /// The dates that a text means on a day: one, or those of a week (`上周`), a month (`11月`) or a year (`去年`).
  public static func span(_ text: String, today: BeijingDay) throws(Refusal) -> ClosedRange<BeijingDay> {
    let text = text.cleaned(limit: 40)
    let plain = text.folded
    if let day = relative(plain, today: today) ?? weekday(plain, today: today) { return day...day }
    if let meant = try ChineseDate.meant(by: plain, as: text) { return try meant.span(today: today, text) }
    guard let written = try calendarDate(plain, text) else { throw .notUnderstood(text) }
    return try written.span(today: today, text)
  }

  /// Whether a text has the form of a date, even of one that there is not.
  static func isDate(_ text: String) -> Bool {
    do throws(Refusal) {
      _ = try span(text, today: .firstKept)
      return true
    } catch {
      return if case .noSuchDate = error { true } else { false }
    }
  }

  /// The part of the calendar that a text names whatever day is today, as marks need it: `2024-11-11`, `11-11`, `11月`, `国庆`.
  static func calendarDate(_ text: String) throws(Refusal) -> CalendarDate? {
    let text = text.cleaned(limit: 40)
    if case .calendar(let date)? = try ChineseDate.meant(by: text.folded, as: text) { return date }
    return try calendarDate(text.folded, text)
  }

  private static func calendarDate(_ plain: String, _ text: String) throws(Refusal) -> CalendarDate? {
    let parts = plain.split(omittingEmptySubsequences: false) { "-/.".contains($0) }
    let numbers = parts.compactMap { part in Int(digits: part) }
    guard numbers.count == parts.count, !numbers.isEmpty else { return nil }
    let date: CalendarDate
    switch (numbers.count, parts[0].count) {
    case (3, 4): date = CalendarDate(year: numbers[0], month: numbers[1], day: numbers[2])
    case (2, 1...2): date = CalendarDate(month: numbers[0], day: numbers[1])
    case (1, 8):
      date = CalendarDate(year: numbers[0] / 10_000, month: numbers[0] / 100 % 100, day: numbers[0] % 100)
    default: return nil
    }
    if !date.exists { throw .noSuchDate(text) }
    return date
  }

  private static func relative(_ text: String, today: BeijingDay) -> BeijingDay? {
    switch text {
    case "today": return today
    case "yesterday": return today - 1
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
    let name = text.hasPrefix("last ") ? String(text.dropFirst(5)) : text
    let english = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    let full = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    guard let index = english.firstIndex(of: name) ?? full.firstIndex(of: name) else { return nil }
    return today.newest(weekday: index + 1)
  }
}

/// A part of the calendar: a day, a month or a year; without a year, its newest one.
struct CalendarDate: Hashable {
  var year: Int?
  var month: Int?
  var day: Int?

  /// Whether some year has it.
  var exists: Bool {
    // A leap year has every date.
    BeijingDay(year: year ?? 2_024, month: month ?? 1, day: day ?? 1) != nil
  }

  /// Its days in a year; nil where that year lacks it.
  func days(in year: Int) -> ClosedRange<BeijingDay>? {
    let lastMonth = month ?? 12
    guard let first = BeijingDay(year: year, month: month ?? 1, day: day ?? 1),
      let last = BeijingDay(
        year: year, month: lastMonth, day: day ?? BeijingDay.length(ofMonth: lastMonth, year: year))
    else { return nil }
    return first...last
  }

  func span(today: BeijingDay, _ text: String) throws(DateExpression.Refusal) -> ClosedRange<BeijingDay> {
    if let year {
      guard let days = days(in: year) else { throw .noSuchDate(text) }
      return days
    }
    guard month != nil else { return try newestOfMonth(today: today, text) }
    // 29 February may be eight years back.
    for year in stride(from: today.year, through: today.year - 8, by: -1) {
      if let days = days(in: year), days.lowerBound < today { return days }
    }
    throw .noSuchDate(text)
  }

  private func newestOfMonth(
    today: BeijingDay, _ text: String
  ) throws(DateExpression.Refusal) -> ClosedRange<BeijingDay> {
    guard let day, (1...31).contains(day) else { throw .noSuchDate(text) }
    for months in 0...12 {
      let (year, month, _) = today.adding(months: -months).components
      if let date = BeijingDay(year: year, month: month, day: day), date < today { return date...date }
    }
    throw .noSuchDate(text)
  }
}

extension BeijingDay {
  /// The newest such weekday (1 is Monday) that is over.
  func newest(weekday: Int) -> BeijingDay {
    let back = (self.weekday - weekday + 7) % 7
    return self - (back == 0 ? 7 : back)
  }
}

extension String {
  /// As words and names are compared: whatever the case and the input method.
  var folded: String { halfWidth.lowercased() }
}

extension Character {
  var isASCIIDigit: Bool { isASCII && isWholeNumber }
}
