public import WeixinModel

extension MessageArchive {
  /// What a screen needs of an account, all of one moment.
  public struct Excerpt: Sendable {
    /// The newest kept day; nil when there is none.
    public var newestDay: BeijingDay?
    /// The number of kept days.
    public var dayCount = 0
    /// The kept days of the stretch that was asked for, and whether they are final.
    public var kept: [BeijingDay: Bool] = [:]
    /// The kept days of the ranges that were asked for.
    public var records: [DayRecord] = []
    /// The newest span; nil when no speed was ever seen.
    public var latestSpeed: SpeedSpan?
    /// The spans that touch the stretch that was asked for, oldest first.
    public var speedSpans: [SpeedSpan] = []
  }

  /// What of an account is wanted.
  public struct Wanted {
    /// The stretch of time of which the speeds are wanted; nil for the newest one only.
    public var speeds: ClosedRange<Timestamp>?
    /// The days of which it is wanted whether they are kept, and final; nil for none.
    public var kept: ClosedRange<BeijingDay>?
    /// Days that were read before. One that has not changed is taken from there, which saves most of the work.
    public var known: [BeijingDay: DayRecord]
    /// Which days are wanted, by what is known of them so far.
    public var days: (Excerpt) -> [ClosedRange<BeijingDay>]

    /// What is wanted.
    public init(
      speeds: ClosedRange<Timestamp>? = nil, kept: ClosedRange<BeijingDay>? = nil, known: [BeijingDay: DayRecord] = [:],
      days: @escaping (Excerpt) -> [ClosedRange<BeijingDay>]
    ) {
      self.speeds = speeds
      self.kept = kept
      self.known = known
      self.days = days
    }
  }

  /// Reads what a screen needs of an account, by its key, all of one moment.
  /// - Throws: Why it cannot be read.
  public func excerpt(_ account: String, _ wanted: Wanted) throws(ArchiveFault) -> Excerpt {
    let horizon = horizon
    return try read { database in
      var excerpt = Excerpt()
      excerpt.newestDay = try Self.newestDay(database, account)
      excerpt.dayCount = try Self.dayCount(database, account)
      if let kept = wanted.kept { excerpt.kept = try Self.keptDays(database, account, kept, horizon) }
      for range in wanted.days(excerpt) {
        try Self.eachRecord(database, account, range, horizon, known: wanted.known) { excerpt.records.append($0) }
      }
      excerpt.latestSpeed = try Self.latestSpeed(database, account, horizon)
      if let speeds = wanted.speeds { excerpt.speedSpans = try Self.speedSpans(database, account, speeds, horizon) }
      return excerpt
    }
  }
}
