import GRDB
public import WeixinModel

extension MessageArchive {
  /// Adds a call to the ledger, which all processes on the archive share.
  /// - Returns: The calls of that endpoint on that day, this one included.
  @discardableResult
  public func countCall(_ account: String, endpoint: String, on day: BeijingDay) async throws(ArchiveFault) -> Int {
    try await write { database in
      try database.execute(
        sql: """
          INSERT INTO call (account, endpoint, date, count) VALUES (?, ?, ?, 1)
          ON CONFLICT (account, endpoint, date) DO UPDATE SET count = count + 1
          """,
        arguments: [account, endpoint, day.description])
      return try Int.fetchOne(
        database, sql: "SELECT count FROM call WHERE account = ? AND endpoint = ? AND date = ?",
        arguments: [account, endpoint, day.description]) ?? 1
    }
  }

  /// The calls of a Beijing day by endpoint.
  public func calls(_ account: String, on day: BeijingDay) throws(ArchiveFault) -> [String: Int] {
    try read { database in
      let rows = try Row.fetchCursor(
        database, sql: "SELECT endpoint, count FROM call WHERE account = ? AND date = ?",
        arguments: [account, day.description])
      var calls: [String: Int] = [:]
      while let row = try rows.next() { calls[row[0]] = row[1] }
      return calls
    }
  }
}
