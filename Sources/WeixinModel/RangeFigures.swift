/// A stretch of days in a few numbers, of the days that are kept.
public struct RangeFigures: Hashable, Sendable {
  /// The number of kept days.
  public var days = 0
  /// Their sum of messages, or the lower bound of users.
  public var total = 0
  /// The first day with the most; nil where none has any.
  public var best: BeijingDay?
  /// The number of the best day.
  public var most = 0
  /// How many days could be compared with an earlier one.
  public var comparedDays = 0
  /// The number of those days.
  public var compared = 0
  /// The number of the days that they were compared with.
  public var before = 0

  /// No day yet.
  public init() {}

  /// The figures of some days by their numbers, nil for one that is not kept; each day is compared with its partner, if
  /// both are kept.
  public init(
    _ days: ClosedRange<BeijingDay>, _ metric: Metric, partner: (BeijingDay) -> BeijingDay? = { _ in nil },
    number: (BeijingDay) -> Int?
  ) {
    for day in days {
      guard let value = number(day) else { continue }
      add(day, value, before: partner(day).flatMap(number), metric)
    }
  }

  /// Messages of a day in the middle of the kept ones, rounded; nil without a day.
  public var mean: Int? { days > 0 ? total / days + (total % days * 2 >= days ? 1 : 0) : nil }

  /// Takes a day in, and the earlier one that it is compared with, if that is kept.
  public mutating func add(_ day: BeijingDay, _ value: Int, before earlier: Int?, _ metric: Metric) {
    days += 1
    total = metric.combined(total, value)
    if value > most { (best, most) = (day, value) }
    guard let earlier else { return }
    comparedDays += 1
    compared = metric.combined(compared, value)
    before = metric.combined(before, earlier)
  }
}
