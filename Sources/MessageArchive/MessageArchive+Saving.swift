import GRDB
public import WeixinModel

/// What saving a day did.
public struct Saved: Hashable, Sendable {
  /// The kinds of outcome.
  public enum Outcome: Hashable, Sendable {
    /// The day was not kept before.
    case added
    /// The same numbers were confirmed; only the standing and the time changed, if anything.
    case confirmed
    /// Other numbers came: they are a new revision, and the earlier ones, given here, are kept as superseded.
    case revised(from: DayRecord)
    /// An empty answer for a day with messages. It is lateness on Weixin's side, and was not kept.
    case refusedEmpty
    /// The kept record is newer, or final while this answer is provisional. The answer was not kept.
    case outdated
  }

  /// What was done.
  public var outcome: Outcome
  /// The record as it is kept now.
  public var record: DayRecord
}

extension MessageArchive {
  /// Keeps an answer for a day, in one transaction. The revision is the archive's to count; the given one is not used.
  @discardableResult
  public func save(_ record: DayRecord, account: String) async throws(ArchiveFault) -> Saved {
    try await write { try Self.save(record, account, $0) }
  }

  private static func save(_ new: DayRecord, _ account: String, _ database: Database) throws -> Saved {
    var kept = new
    guard let old = try record(database, account, new.messages.day) else {
      kept.revision = 1
      try insert(kept, account, "day", database)
      return Saved(outcome: .added, record: kept)
    }
    if old.messages.rows == new.messages.rows {
      return Saved(outcome: .confirmed, record: try confirm(old, by: new, account, database))
    }
    if new.messages.isEmpty { return Saved(outcome: .refusedEmpty, record: old) }
    if new.fetchedAt < old.fetchedAt || (old.isFinal && !new.isFinal) { return Saved(outcome: .outdated, record: old) }
    kept.revision = old.revision + 1
    try insert(old, account, "day_revision", database)
    try database.execute(
      sql: "DELETE FROM day WHERE account = ? AND date = ?", arguments: [account, new.messages.day.description])
    try insert(kept, account, "day", database)
    return Saved(outcome: .revised(from: old), record: kept)
  }

  private static func confirm(
    _ old: DayRecord, by new: DayRecord, _ account: String, _ database: Database
  ) throws -> DayRecord {
    // A final day stays as it is: neither a provisional answer nor a later fetch tells more about the same numbers.
    guard !old.isFinal, new.fetchedAt >= old.fetchedAt || new.isFinal else { return old }
    var kept = old
    kept.isFinal = new.isFinal
    kept.fetchedAt = max(old.fetchedAt, new.fetchedAt)
    kept.leftOut = new.leftOut
    try database.execute(
      sql: """
        UPDATE day SET final = ?, fetched_at = ?, other_dates = ?, duplicates = ?, unreadable = ?
        WHERE account = ? AND date = ?
        """,
      arguments: [
        kept.isFinal, kept.fetchedAt.seconds, kept.leftOut.otherDates, kept.leftOut.duplicates,
        kept.leftOut.unreadable, account, kept.messages.day.description,
      ])
    return kept
  }

  private static func insert(_ record: DayRecord, _ account: String, _ table: String, _ database: Database) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO \(table)
        (account, date, revision, final, fetched_at, total, rows, other_dates, duplicates, unreadable)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(arguments: [
      account, record.messages.day.description, record.revision, record.isFinal, record.fetchedAt.seconds,
      record.messages.total, RowsText.encode(record.messages.rows), record.leftOut.otherDates,
      record.leftOut.duplicates, record.leftOut.unreadable,
    ])
  }
}
