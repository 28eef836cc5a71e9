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

  /// Reads a line: `2024-11-11 name`, `2024-11-01..2024-11-11 name`, `11-11 name` for every year; nil for a line that is
  /// empty or a comment (`#`).
  public static func parse(_ line: String) throws(Refusal) -> Mark? {
    let line = line.cleaned(limit: 200)
    let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
    guard let dates = words.first, !dates.hasPrefix("#") else { return nil }
    let ends = dates.split(separator: ".", omittingEmptySubsequences: true).map(String.init)
    guard let first = ends.first, ends.count <= 2 else { throw .noDate(String(dates)) }
    let isYearly = first.utf8.count <= 5
    let from = try day(first)
    var to = try ends.count == 2 ? day(ends[1]) : from
    // A yearly stretch may go over New Year: 12-28..01-03.
    if isYearly, to < from { to = to.adding(months: 12) }
    guard from <= to else { throw .endsBeforeItBegins }
    guard words.count == 2 else { throw .noName }
    return Mark(name: String(words[1]).cleaned(limit: 40), days: from...to, isYearly: isYearly)
  }

  private static func day(_ text: String) throws(Refusal) -> BeijingDay {
    // A leap year has every date.
    if let day = BeijingDay(text.utf8.count <= 5 ? "2024-" + text : text) { return day }
    throw .noDate(text)
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
