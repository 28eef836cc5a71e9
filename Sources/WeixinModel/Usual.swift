/// What is usual for a number: the middle and the band of what it was before.
public struct Usual: Hashable, Codable, Sendable {
  /// The middle value.
  public let median: Int
  /// The value below which a tenth of the earlier ones lay.
  public let low: Int
  /// The value above which a tenth of the earlier ones lay.
  public let high: Int
  /// How many earlier values there were, at least ``leastSamples``.
  public let samples: Int

  /// With fewer earlier values there is too little history to call anything usual.
  public static let leastSamples = 4
  /// So many same weekdays before a day are looked at.
  public static let weeks = 8

  /// What is usual by earlier values; nil when they are too few.
  public init?(_ values: [Int]) {
    guard values.count >= Self.leastSamples else { return nil }
    let sorted = values.sorted()
    median = Self.quantile(5, of: sorted)
    low = Self.quantile(1, of: sorted)
    high = Self.quantile(9, of: sorted)
    samples = values.count
  }

  /// On which side of the band a value lies.
  public enum Side: Hashable, Sendable {
    /// Below the band, within it, or above it.
    case below, within, above
  }

  /// On which side of the band a value lies.
  public func side(of value: Int) -> Side { value < low ? .below : value > high ? .above : .within }

  /// Whether a value is far enough outside the band that a person should look.
  ///
  /// With eight earlier values every fifth one lies outside the band by chance. So it must also be away from it by half of
  /// the band's width, by a fifth of the median, by more than counts of that size scatter of themselves, and by a tenth of
  /// what is typical: a handful of messages in a quiet hour of a busy account is no news. `typical` is the usual size of
  /// such values; for an hour, the mean of the day's usual hours.
  public func isUnusual(_ value: Int, typical: Int = 0) -> Bool {
    let excess = value > high ? value - high : low - value
    guard excess > 0 else { return false }
    let scatter = 3 * Double(max(1, median, high)).squareRoot()
    return excess * 2 >= high - low && excess * 5 >= median && excess * 10 >= typical && Double(excess) >= scatter
  }

  /// What is usual for each of 24 hours by those of earlier days; nil when they are too few.
  public static func hours(_ earlier: [[Int]]) -> [Usual]? {
    guard earlier.count >= leastSamples else { return nil }
    return (0..<24).compactMap { hour in Usual(earlier.map { $0[hour] }) }
  }

  /// The mean of what is usual for some hours.
  public static func typical(_ hours: [Usual]) -> Int {
    hours.isEmpty ? 0 : hours.reduce(0) { $0 + $1.median } / hours.count
  }

  /// A tenth-quantile of sorted values, between two of them by the straight line.
  private static func quantile(_ tenths: Int, of sorted: [Int]) -> Int {
    let position = (sorted.count - 1) * tenths
    let (index, rest) = (position / 10, position % 10)
    guard rest > 0 else { return sorted[index] }
    return sorted[index] + ((sorted[index + 1] - sorted[index]) * rest + 5) / 10
  }
}

extension History {
  /// The same weekdays of the eight weeks before a day, newest first, as far as they are kept.
  public func sameWeekdays(before day: BeijingDay) -> [BeijingDay] {
    (1...Usual.weeks).map { day - 7 * $0 }.filter { standing(of: $0) != nil }
  }

  /// What is usual for the day's number; nil with too little history.
  public func usualTotal(of day: BeijingDay, _ measure: Measure = Measure()) -> Usual? {
    Usual(sameWeekdays(before: day).compactMap { total(of: $0, measure) })
  }

  /// What is usual for each of the day's 24 hours; nil with too little history.
  public func usualHours(of day: BeijingDay, _ measure: Measure = Measure()) -> [Usual]? {
    Usual.hours(sameWeekdays(before: day).compactMap { hours(of: $0, measure) })
  }

  /// An hour or a day that differs from what is usual for it.
  public struct Deviation: Hashable, Sendable {
    /// The day.
    public var day: BeijingDay
    /// The hour, 0…23; nil for the day as a whole.
    public var hour: Int?
    /// The number.
    public var value: Int
    /// What would have been usual.
    public var usual: Usual
  }

  /// The next unusual hour after a day and hour, or before it; nil when there is none among the kept days.
  public func nextUnusualHour(
    from day: BeijingDay, hour: Int, isForward: Bool, _ measure: Measure = Measure()
  ) -> Deviation? {
    guard let first, let last else { return nil }
    var (day, start) = (min(max(day, first), last), day < first ? -1 : day > last ? 24 : hour)
    // Each day is looked at nine times: once as itself, and as the past of eight others.
    var known: [BeijingDay: [Int]?] = [:]
    func values(of day: BeijingDay) -> [Int]? {
      if let values = known[day] { return values }
      let values = hours(of: day, measure)
      known[day] = .some(values)
      return values
    }
    while day >= first, day <= last {
      if let numbers = values(of: day) {
        let earlier = (1...Usual.weeks).compactMap { values(of: day - 7 * $0) }
        let hours = isForward ? Array(min(24, start + 1)..<24) : Array((0..<max(0, start)).reversed())
        if let found = Self.unusual(numbers, earlier, hours) {
          return Deviation(day: day, hour: found.hour, value: numbers[found.hour], usual: found.usual)
        }
      }
      day = isForward ? day + 1 : day - 1
      start = isForward ? -1 : 24
    }
    return nil
  }

  private static func unusual(_ values: [Int], _ earlier: [[Int]], _ hours: [Int]) -> (hour: Int, usual: Usual)? {
    guard let usual = Usual.hours(earlier) else { return nil }
    let typical = Usual.typical(usual)
    return hours.first { usual[$0].isUnusual(values[$0], typical: typical) }.map { ($0, usual[$0]) }
  }

  /// The next unusual day after a day, or before it; nil when there is none among the kept days.
  public func nextUnusualDay(
    from day: BeijingDay, isForward: Bool, _ measure: Measure = Measure()
  ) -> Deviation? {
    guard let first, let last else { return nil }
    var day = isForward ? max(day + 1, first) : min(day - 1, last)
    while day >= first, day <= last {
      if let total = total(of: day, measure), let usual = usualTotal(of: day, measure), usual.isUnusual(total) {
        return Deviation(day: day, hour: nil, value: total, usual: usual)
      }
      day = isForward ? day + 1 : day - 1
    }
    return nil
  }
}
