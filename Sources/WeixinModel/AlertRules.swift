/// The kinds of alerts, by their names in the configuration.
public enum AlertRule: String, Hashable, Codable, Sendable, CaseIterable {
  /// The mass-send level changed.
  case levelChanged = "level_changed"
  /// The level is slower than a given one.
  case slowerThan = "slower_than"
  /// The real speed is below the level's nominal one.
  case belowNominal = "below_nominal"
  /// A day is outside the usual band.
  case unusualDay = "unusual_day"
  /// An hour is outside the usual band.
  case unusualHour = "unusual_hour"
  /// A day is not published by a time.
  case unpublishedBy = "unpublished_by"
  /// Calls fail for so many minutes.
  case failingMinutes = "failing_minutes"
  /// So much of a quota is used.
  case quotaPercent = "quota_percent"
}

/// What alerts are raised for. The defaults are what most people want to hear of.
public struct AlertRules: Hashable, Sendable {
  /// Whether a change of the mass-send level is told.
  public var levelChanged = true
  /// The slowest level that is good enough; nil for any.
  public var slowerThan: Int? = 3
  /// Whether a real speed below the level's nominal one is told.
  public var belowNominal = true
  /// Whether a day outside the usual band is told.
  public var unusualDay = true
  /// How far a day may be from what is usual, instead of the band; nil for the band.
  public var dayLimits: DayLimits?
  /// The same of some accounts by their names.
  public var accountDayLimits: [String: DayLimits] = [:]
  /// Whether hours outside the usual band are told.
  public var unusualHour = false
  /// Minutes after midnight in Beijing by which yesterday should be published; nil for never.
  public var unpublishedBy: Int? = 600
  /// Minutes of failures that are told; nil for none.
  public var failingMinutes: Int? = 15
  /// The used part of a quota, in percent, that is told; nil for none.
  public var quotaPercent: Int? = 80
  /// So many minutes after an alert its rule raises no other for the same account.
  public var againAfter = 30
  /// Hours in which neither bell nor command is used; nil for none.
  public var quiet: QuietHours?

  /// The rules that hold where none are given.
  public init() {}

  /// No rule at all.
  public static var none: AlertRules {
    var rules = AlertRules()
    (rules.levelChanged, rules.belowNominal, rules.unusualDay, rules.unusualHour) = (false, false, false, false)
    (rules.slowerThan, rules.unpublishedBy, rules.failingMinutes, rules.quotaPercent) = (nil, nil, nil, nil)
    return rules
  }

  /// Whether a rule is on.
  public func isOn(_ rule: AlertRule) -> Bool {
    switch rule {
    case .levelChanged: levelChanged
    case .slowerThan: slowerThan != nil
    case .belowNominal: belowNominal
    case .unusualDay: unusualDay
    case .unusualHour: unusualHour
    case .unpublishedBy: unpublishedBy != nil
    case .failingMinutes: failingMinutes != nil
    case .quotaPercent: quotaPercent != nil
    }
  }
}

/// How far a day's messages may be from what is usual for the weekday, in percent.
public struct DayLimits: Hashable, Sendable {
  /// So much less is told; nil for none.
  public let below: Int?
  /// So much more is told; nil for none.
  public let above: Int?

  /// Limits; nil where nothing would be told.
  public init?(below: Int?, above: Int?) {
    guard below != nil || above != nil else { return nil }
    self.below = below
    self.above = above
  }

  /// Whether a number is beyond them.
  public func areBroken(by count: Int, _ usual: Usual) -> Bool {
    let (count, median) = (Double(count), Double(usual.median))
    return below.map { count * 100 <= median * Double(100 - $0) && count < median } ?? false
      || above.map { count * 100 >= median * Double(100 + $0) && count > median } ?? false
  }
}

/// A part of each day in Beijing time, which may go over midnight.
public struct QuietHours: Hashable, Sendable {
  /// Minutes after midnight at which it begins.
  public let from: Int
  /// Minutes after midnight at which it ends.
  public let to: Int

  /// A part of the day; nil when it would be empty.
  public init?(from: Int, to: Int) {
    guard from != to, (0..<1_440).contains(from), (0..<1_440).contains(to) else { return nil }
    self.from = from
    self.to = to
  }

  /// Whether a moment lies in it.
  public func contains(_ moment: Timestamp) -> Bool {
    let minute = moment.beijingSecondOfDay / 60
    return from < to ? minute >= from && minute < to : minute >= from || minute < to
  }

  /// Its next end after a moment.
  public func end(after moment: Timestamp) -> Timestamp {
    let end = moment.beijingDay.start + to * 60
    return end > moment ? end : end + 86_400
  }
}
