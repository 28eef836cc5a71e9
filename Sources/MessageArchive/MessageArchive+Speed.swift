import GRDB
public import WeixinModel

extension MessageArchive {
  /// Keeps one sample of the mass-send speed.
  ///
  /// It prolongs the span before it when the speed is the same and at most `maxGap` seconds lie between; else it begins a
  /// new span. Spans of one account never overlap, whoever samples: a sample that contradicts the span around it (two
  /// processes, or a clock that was set back) is dropped.
  /// - Returns: The span in which the moment lies now.
  @discardableResult
  public func saveSpeed(
    _ speed: MassSendSpeed, at moment: Timestamp, account: String, maxGap: Int
  ) async throws(ArchiveFault) -> SpeedSpan {
    try await write { database in
      let before = try Self.span(
        database, "account = ? AND first_seen <= ? ORDER BY first_seen DESC LIMIT 1", [account, moment.seconds])
      if let before, before.to >= moment {
        return before
      }
      if var before, before.speed == speed, moment - before.to <= maxGap {
        before.to = moment
        try database.executeCached(
          "UPDATE speed_span SET last_seen = ?, samples = samples + 1 WHERE account = ? AND first_seen = ?",
          [moment.seconds, account, before.from.seconds])
        return before
      }
      try database.execute(
        sql: """
          INSERT INTO speed_span (account, level, realspeed, first_seen, last_seen, samples)
          VALUES (?, ?, ?, ?, ?, 1)
          """,
        arguments: [account, speed.level, speed.realspeed, moment.seconds, moment.seconds])
      return SpeedSpan(speed: speed, from: moment, to: moment)
    }
  }

  /// The spans that touch a stretch of time, oldest first.
  public func speedSpans(
    _ account: String, from start: Timestamp, to end: Timestamp
  ) throws(ArchiveFault) -> [SpeedSpan] {
    try read { try Self.speedSpans($0, account, start...end) }
  }

  /// The newest span; nil when no speed was ever seen.
  public func latestSpeed(_ account: String) throws(ArchiveFault) -> SpeedSpan? {
    try read { try Self.latestSpeed($0, account) }
  }

  static func latestSpeed(_ database: Database, _ account: String) throws -> SpeedSpan? {
    try span(database, "account = ? ORDER BY first_seen DESC LIMIT 1", [account])
  }

  static func speedSpans(
    _ database: Database, _ account: String, _ stretch: ClosedRange<Timestamp>
  ) throws -> [SpeedSpan] {
    try spans(
      database, "account = ? AND first_seen <= ? AND last_seen >= ? ORDER BY first_seen",
      [account, stretch.upperBound.seconds, stretch.lowerBound.seconds])
  }

  private static func span(
    _ database: Database, _ condition: String, _ arguments: StatementArguments
  ) throws -> SpeedSpan? {
    try spans(database, condition, arguments).first
  }

  private static func spans(
    _ database: Database, _ condition: String, _ arguments: StatementArguments
  ) throws -> [SpeedSpan] {
    let rows = try database.rowsCached(
      "SELECT level, realspeed, first_seen, last_seen FROM speed_span WHERE \(condition)", arguments)
    var spans: [SpeedSpan] = []
    while let row = try rows.next() {
      spans.append(
        SpeedSpan(
          speed: MassSendSpeed(level: row[0], realspeed: row[1]), from: Timestamp(seconds: row[2]),
          to: Timestamp(seconds: row[3])))
    }
    return spans
  }
}
