/// A published day in a few numbers, beside what was usual for it: what a list of accounts shows, and what alerts look at.
public struct DayBrief: Hashable, Sendable {
  /// The day.
  public var day: BeijingDay
  /// Whether the day has had its re-check.
  public var isFinal: Bool
  /// The day's messages of all types.
  public var total: Int
  /// The messages of its 24 hours.
  public var hours: [Int]
  /// What was usual for the total; nil with too little history.
  public var usual: Usual?
  /// What was usual for each of the 24 hours; nil with too little history.
  public var usualHours: [Usual]?

  /// A day beside the same weekdays before it.
  ///
  /// - Parameters:
  ///   - record: The day.
  ///   - earlier: The same weekdays of the eight weeks before, in any order, as far as they are kept.
  public init(_ record: DayRecord, after earlier: [DayRecord] = []) {
    day = record.messages.day
    isFinal = record.isFinal
    total = record.messages.total
    hours = record.messages.hourTotals
    usual = Usual(earlier.map(\.messages.total))
    usualHours = Usual.hours(earlier.map(\.messages.hourTotals))
  }

  /// By how many percent the total differs from the usual one; nil where nothing is usual, or nothing came.
  public var change: Int? {
    guard let median = usual?.median, median > 0 else { return nil }
    let change = Double(total - median) * 100 / Double(median)
    return Int(max(-1_000_000, min(1_000_000, change)).rounded())
  }
}
