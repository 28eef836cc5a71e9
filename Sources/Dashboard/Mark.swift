import TerminalScreen
public import WeixinModel

/// A name that the user gave to a day or to a stretch of days: 双11, a campaign, an outage.
public struct Mark: Hashable, Sendable {
  /// The name.
  public var name: String
  /// The first and the last day; of a yearly mark, those of any one year.
  public var days: ClosedRange<BeijingDay>
  /// Whether it comes every year.
  public var isYearly: Bool

  /// A mark.
  public init(name: String, days: ClosedRange<BeijingDay>, isYearly: Bool = false) {
    self.name = name
    self.days = days
    self.isYearly = isYearly
  }

  /// The days of the mark in the year in which a day lies; of a mark of one year, its days.
  func days(around day: BeijingDay) -> ClosedRange<BeijingDay> {
    guard isYearly else { return days }
    let shifted = days.lowerBound.adding(months: (day.year - days.lowerBound.year) * 12)
    return shifted...(shifted + (days.upperBound - days.lowerBound))
  }

  /// Whether a day is one of the mark's.
  public func contains(_ day: BeijingDay) -> Bool {
    // What begins in December may end in the next year.
    isYearly ? [day, day.adding(months: -12)].contains { days(around: $0).contains(day) } : days.contains(day)
  }

  /// The newest first day of the mark that is over on a day.
  public func newest(before today: BeijingDay) -> BeijingDay {
    guard isYearly else { return days.lowerBound }
    let day = days(around: today).lowerBound
    return day < today ? day : days(around: today.adding(months: -12)).lowerBound
  }

  /// Why a line is no mark.
  public enum Refusal: Error, Hashable, Sendable {
    /// The line has no date at its beginning, or one that there is not.
    case noDate(String)
    /// The line has no name behind its dates.
    case noName
    /// The last day comes before the first one.
    case endsBeforeItBegins
  }

  /// Reads a line: `2024-11-11 name`, `2024-11-01..2024-11-11 name`, `11-11 name` for every year, and the same in Chinese
  /// (`2024年11月1日至11日 name`); nil for a line that is empty or a comment (`#`).
  public static func parse(_ line: String) throws(Refusal) -> Mark? {
    let line = line.cleaned(limit: 200)
    let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
    guard let dates = words.first, !dates.halfWidth.hasPrefix("#") else { return nil }
    let (first, last) = ends(String(dates))
    let start = try date(first)
    guard start.month != nil || start.year != nil else { throw .noDate(first) }
    var end = try last.map(date) ?? start
    let isYearly = start.year == nil
    if isYearly, end.year != nil { throw .noDate(last ?? first) }
    // What the end leaves out is as at the beginning: 2024年11月1日至11日.
    end.year = end.year ?? start.year
    if end.day != nil { end.month = end.month ?? start.month }
    // A leap year has every date.
    guard let from = start.days(in: start.year ?? 2_024) else { throw .noDate(first) }
    guard var to = end.days(in: end.year ?? 2_024)?.upperBound else { throw .noDate(last ?? first) }
    // A yearly stretch may go over New Year: 12-28..01-03.
    if isYearly, to < from.lowerBound { to = to.adding(months: 12) }
    guard from.lowerBound <= to else { throw .endsBeforeItBegins }
    guard words.count == 2 else { throw .noName }
    return Mark(name: String(words[1]).cleaned(limit: 40), days: from.lowerBound...to, isYearly: isYearly)
  }

  private static func ends(_ dates: String) -> (String, String?) {
    let plain = dates.halfWidth
    for separator in ["..", "~", "至", "到"] {
      let parts = plain.split(separator: separator, maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      if parts.count == 2 { return (parts[0], parts[1]) }
    }
    return (dates, nil)
  }

  private static func date(_ text: String) throws(Refusal) -> CalendarDate {
    guard let date = try? DateExpression.calendarDate(text) else { throw .noDate(text) }
    return date
  }
}

extension State {
  /// The marks of a day.
  func marks(of day: BeijingDay) -> [Mark] { marks.filter { $0.contains(day) } }

  /// Their names, one after the other; empty where there is none.
  func markNames(of day: BeijingDay, separator: String = ", ") -> String {
    marks(of: day).map(\.name).list(separator)
  }
}
