import GRDB
public import WeixinModel

extension MessageArchive {
  /// Keeps one sample of the mass-send speed.
  ///
  /// It prolongs the span before it when the speed is the same and at most `maxGap` seconds lie between; else it begins a
  /// new span. Spans of one account never overlap, whoever samples: a sample that contradicts the span around it (two
  /// processes, or a clock that was set back by little) is dropped. One that a clock ahead of this one has left ends here.
  /// - Returns: The span in which the moment lies now.
  @discardableResult
  public func saveSpeed(
    _ speed: MassSendSpeed, at moment: Timestamp, account: String, maxGap: Int
  ) async throws(ArchiveFault) -> SpeedSpan {
    let horizon = horizon
    return try await write { database in
      // Nothing is taken out: which clock was wrong, this one or the other, is not known.
      try database.executeCached(
        """
        UPDATE speed_span SET last_seen = max(first_seen, ?2 - 1)
        WHERE account = ?1 AND first_seen <= ?2 AND last_seen > ?3
        """, [account, moment.seconds, horizon])
      let before = try Self.span(
        database, "account = ? AND first_seen <= ? ORDER BY first_seen DESC LIMIT 1", [account, moment.seconds], .max)
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
    let horizon = horizon
    return try read { try Self.speedSpans($0, account, start...end, horizon) }
  }

  /// The newest span; nil when no speed was ever seen.
  public func latestSpeed(_ account: String) throws(ArchiveFault) -> SpeedSpan? {
    let horizon = horizon
    return try read { try Self.latestSpeed($0, account, horizon) }
  }

  static func latestSpeed(_ database: Database, _ account: String, _ horizon: Int) throws -> SpeedSpan? {
    try span(
      database, "account = ? AND first_seen <= ? ORDER BY first_seen DESC LIMIT 1", [account, horizon], horizon)
  }

  static func speedSpans(
    _ database: Database, _ account: String, _ stretch: ClosedRange<Timestamp>, _ horizon: Int
  ) throws -> [SpeedSpan] {
    try spans(
      database, "account = ? AND first_seen <= ? AND last_seen >= ? ORDER BY first_seen",
      [account, min(stretch.upperBound.seconds, horizon), stretch.lowerBound.seconds], horizon)
  }

  private static func span(
    _ database: Database, _ condition: String, _ arguments: StatementArguments, _ horizon: Int
  ) throws -> SpeedSpan? {
    try spans(database, condition, arguments, horizon).first
  }

  /// A span that ends beyond the horizon is sure of its beginning alone.
  private static func spans(
    _ database: Database, _ condition: String, _ arguments: StatementArguments, _ horizon: Int
  ) throws -> [SpeedSpan] {
    let rows = try database.rowsCached(
      "SELECT level, realspeed, first_seen, last_seen FROM speed_span WHERE \(condition)", arguments)
    var spans: [SpeedSpan] = []
    while let row = try rows.next() {
      let (from, to) = (try row.moment(2), try row.moment(3))
      spans.append(
        SpeedSpan(
          speed: MassSendSpeed(level: try row.number(0), realspeed: try row.number(1)), from: from,
          to: to.seconds > horizon ? from : max(from, to)))
    }
    return spans
  }
}
