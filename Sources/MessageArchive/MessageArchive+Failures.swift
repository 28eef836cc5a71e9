import FoundationEssentials
import GRDB
public import WeixinModel

/// The last poll of each account as far as it failed, for processes that show what another one polls.
extension MessageArchive {
  /// Keeps why the last poll of an account failed, or with nil that it worked.
  public func saveFailure(_ failure: Failure?, _ account: String) async throws(ArchiveFault) {
    try await write { database in
      guard let failure else {
        return try database.execute(sql: "DELETE FROM failure WHERE account = ?", arguments: [account])
      }
      try database.execute(
        sql: "INSERT OR REPLACE INTO failure (account, error, at, attempts, retry_at) VALUES (?, ?, ?, ?, ?)",
        arguments: [
          account, String(decoding: try JSONEncoder().encode(Kept(failure)), as: UTF8.self), failure.at.seconds,
          failure.attempts, failure.retryAt?.seconds,
        ])
    }
  }

  /// Why the last poll of an account failed; nil if it worked, or if what was kept is of another wxtop and cannot be read.
  public func failure(_ account: String) throws(ArchiveFault) -> Failure? {
    let horizon = horizon
    return try read { database in
      let sql = "SELECT error, at, attempts, retry_at FROM failure WHERE account = ? AND at <= ?"
      guard let row = try Row.fetchOne(database, sql: sql, arguments: [account, horizon]) else { return nil }
      let kept: Kept? = try row.kept(0)
      guard let error = try kept?.error ?? row.kept(0) else { return nil }
      return Failure(
        error: error, at: try row.moment(1), attempts: try row.number(2),
        retryAt: try row.momentIfAny(3), since: kept?.since.map(Timestamp.init(seconds:)))
    }
  }

  /// What stands in the column of the error; older wxtops put the error there alone.
  private struct Kept: Codable {
    var error: APIError
    var since: Int?

    init(_ failure: Failure) { (error, since) = (failure.error, failure.since?.seconds) }
  }
}
