import GRDB
public import WeixinModel

/// What Weixin said of the quota of one call, and where the ledger stood then.
public struct QuotaReading: Hashable, Sendable {
  /// Weixin's answer.
  public var quota: CallQuota
  /// When it came.
  public var at: Timestamp
  /// wxtop's own calls of that day up to then which the answer surely contains: it lags behind by some minutes.
  public var ownCalls: Int

  /// A reading.
  public init(quota: CallQuota, at: Timestamp, ownCalls: Int) {
    self.quota = quota
    self.at = at
    self.ownCalls = ownCalls
  }
}

extension MessageArchive {
  /// Adds a call to the ledger, which all processes on the archive share.
  /// - Returns: The calls of that endpoint on that day, this one included.
  @discardableResult
  public func countCall(
    _ account: String, endpoint: WeixinFault.Endpoint, on day: BeijingDay
  ) async throws(ArchiveFault) -> Int {
    let now = now().seconds
    return try await write { database in
      let call: StatementArguments = [account, endpoint.rawValue, day.description]
      // The count of some minutes ago is kept by two marks that follow each other. One in the future is of a wrong clock.
      try database.executeCached(
        """
        INSERT INTO call (account, endpoint, date, count, marked_at, last_at) VALUES (?1, ?2, ?3, 1, ?4, ?4)
        ON CONFLICT (account, endpoint, date) DO UPDATE SET
          settled = CASE WHEN ?4 - last_at >= ?5 THEN count WHEN ?4 - marked_at >= ?5 THEN mark ELSE settled END,
          mark = CASE WHEN ?4 - marked_at >= ?5 OR marked_at > ?4 THEN count ELSE mark END,
          marked_at = CASE WHEN ?4 - marked_at >= ?5 OR marked_at > ?4 THEN ?4 ELSE marked_at END,
          count = count + 1, last_at = ?4
        """, call + [now, Self.settlesAfter])
      let counted = try database.rowsCached(
        "SELECT count FROM call WHERE account = ? AND endpoint = ? AND date = ?", call)
      return try counted.next()?.number(0) ?? 1
    }
  }

  /// After so many seconds a call is surely contained in what Weixin says of its quota.
  static let settlesAfter = 300

  /// The calls of a Beijing day that were made some minutes ago at least.
  public func settledCalls(
    _ account: String, endpoint: WeixinFault.Endpoint, on day: BeijingDay
  ) throws(ArchiveFault) -> Int {
    let now = now().seconds
    return try read { database in
      let settled = try database.rowsCached(
        """
        SELECT CASE WHEN ?4 - last_at >= ?5 THEN count WHEN ?4 - marked_at >= ?5 THEN mark ELSE settled END
        FROM call WHERE account = ?1 AND endpoint = ?2 AND date = ?3
        """, [account, endpoint.rawValue, day.description, now, Self.settlesAfter])
      return try settled.next()?.number(0) ?? 0
    }
  }

  /// The calls of a Beijing day by endpoint.
  public func calls(_ account: String, on day: BeijingDay) throws(ArchiveFault) -> [WeixinFault.Endpoint: Int] {
    try read { database in
      let rows = try database.rowsCached(
        "SELECT endpoint, count FROM call WHERE account = ? AND date = ?", [account, day.description])
      var calls: [WeixinFault.Endpoint: Int] = [:]
      while let row = try rows.next() {
        if let endpoint = WeixinFault.Endpoint(rawValue: try row.value(0)) { calls[endpoint] = try row.number(1) }
      }
      return calls
    }
  }

  /// Keeps what Weixin said of a call's quota.
  public func saveQuota(
    _ reading: QuotaReading, _ account: String, endpoint: WeixinFault.Endpoint
  ) async throws(ArchiveFault) {
    try await write { database in
      try database.execute(
        sql: """
          INSERT OR REPLACE INTO quota (account, endpoint, day_limit, used, remaining, asked_at, own_calls)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          account, endpoint.rawValue, reading.quota.limit, reading.quota.used, reading.quota.remaining,
          reading.at.seconds, reading.ownCalls,
        ])
    }
  }

  /// What Weixin said last of each call's quota, also on an earlier day.
  public func quotas(_ account: String) throws(ArchiveFault) -> [WeixinFault.Endpoint: QuotaReading] {
    let horizon = horizon
    return try read { database in
      let rows = try database.rowsCached(
        """
        SELECT endpoint, day_limit, used, remaining, asked_at, own_calls FROM quota
        WHERE account = ? AND asked_at <= ?
        """, [account, horizon])
      var readings: [WeixinFault.Endpoint: QuotaReading] = [:]
      while let row = try rows.next() {
        guard let endpoint = WeixinFault.Endpoint(rawValue: try row.value(0)) else { continue }
        readings[endpoint] = QuotaReading(
          quota: CallQuota(limit: try row.number(1), used: try row.number(2), remaining: try row.number(3)),
          at: try row.moment(4),
          ownCalls: try row.number(5))
      }
      return readings
    }
  }
}
