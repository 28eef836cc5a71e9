import GRDB
public import WeixinModel

/// What Weixin said of the quota of one call, and where the ledger stood then.
public struct QuotaReading: Hashable, Sendable {
  /// Weixin's answer.
  public var quota: CallQuota
  /// When it came.
  public var at: Timestamp
  /// wxtop's own calls of that day up to then.
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
    try await write { database in
      let call: StatementArguments = [account, endpoint.rawValue, day.description]
      try database.executeCached(
        """
        INSERT INTO call (account, endpoint, date, count) VALUES (?, ?, ?, 1)
        ON CONFLICT (account, endpoint, date) DO UPDATE SET count = count + 1
        """, call)
      let counted = try database.rowsCached(
        "SELECT count FROM call WHERE account = ? AND endpoint = ? AND date = ?", call)
      return try counted.next()?[0] ?? 1
    }
  }

  /// The calls of a Beijing day by endpoint.
  public func calls(_ account: String, on day: BeijingDay) throws(ArchiveFault) -> [WeixinFault.Endpoint: Int] {
    try read { database in
      let rows = try database.rowsCached(
        "SELECT endpoint, count FROM call WHERE account = ? AND date = ?", [account, day.description])
      var calls: [WeixinFault.Endpoint: Int] = [:]
      while let row = try rows.next() {
        if let endpoint = WeixinFault.Endpoint(rawValue: row[0]) { calls[endpoint] = row[1] }
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
    try read { database in
      let rows = try database.rowsCached(
        "SELECT endpoint, day_limit, used, remaining, asked_at, own_calls FROM quota WHERE account = ?", [account])
      var readings: [WeixinFault.Endpoint: QuotaReading] = [:]
      while let row = try rows.next() {
        guard let endpoint = WeixinFault.Endpoint(rawValue: row[0]) else { continue }
        readings[endpoint] = QuotaReading(
          quota: CallQuota(limit: row[1], used: row[2], remaining: row[3]), at: Timestamp(seconds: row[4]),
          ownCalls: row[5])
      }
      return readings
    }
  }
}
