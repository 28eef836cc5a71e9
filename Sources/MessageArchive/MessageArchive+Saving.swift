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

extension Saved {
  /// What becomes of an answer for a day, by the rules of the archive, without saving anything. What is kept as fetched after `now`
  /// was fetched by a wrong clock, and is older than the answer.
  public init(_ new: DayRecord, over kept: DayRecord?, at now: Timestamp) {
    var old = kept
    if let kept, kept.fetchedAt > now + MessageArchive.tolerance {
      old?.fetchedAt = min(new.fetchedAt, now)
      old?.isFinal = false
    }
    guard let old else {
      record = new
      record.revision = 1
      record.totalBefore = nil
      outcome = .added
      return
    }
    record = kept ?? old
    if old.messages.rows == new.messages.rows {
      outcome = .confirmed
      // A final day stays as it is: neither a provisional answer nor a later fetch tells more about the same numbers.
      guard !old.isFinal, new.fetchedAt >= old.fetchedAt || new.isFinal else { return }
      record.isFinal = new.isFinal
      record.fetchedAt = max(old.fetchedAt, new.fetchedAt)
      record.leftOut = new.leftOut
    } else if new.messages.isEmpty, !old.messages.isEmpty {
      outcome = .refusedEmpty
    } else if new.fetchedAt < old.fetchedAt || (old.isFinal && !new.isFinal) {
      outcome = .outdated
    } else {
      record = new
      record.revision = old.revision + 1
      record.totalBefore = old.messages.total
      outcome = .revised(from: kept ?? old)
    }
  }
}

extension MessageArchive {
  /// Keeps an answer for a day, in one transaction. The revision is the archive's to count; the given one is not used.
  @discardableResult
  public func save(_ record: DayRecord, account: String) async throws(ArchiveFault) -> Saved {
    let now = now()
    return try await write { try Self.save(record, account, $0, at: now) }
  }

  private static func save(
    _ new: DayRecord, _ account: String, _ database: Database, at now: Timestamp
  ) throws -> Saved {
    let old = try record(database, account, new.messages.day, .max)
    let saved = Saved(new, over: old, at: now)
    switch saved.outcome {
    case .added:
      try insert(saved.record, account, "day", database)
    case .confirmed:
      if saved.record != old { try replace(by: saved.record, account, database) }
    case .revised(let earlier):
      try insert(earlier, account, "day_revision", database)
      try replace(by: saved.record, account, database)
    case .refusedEmpty, .outdated:
      break
    }
    return saved
  }

  private static func replace(by record: DayRecord, _ account: String, _ database: Database) throws {
    try database.execute(
      sql: "DELETE FROM day WHERE account = ? AND date = ?", arguments: [account, record.messages.day.description])
    try insert(record, account, "day", database)
  }

  private static func insert(_ record: DayRecord, _ account: String, _ table: String, _ database: Database) throws {
    try database.executeCached(
      """
      INSERT INTO \(table)
      (account, date, revision, final, fetched_at, total, rows, other_dates, duplicates, unreadable)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        account, record.messages.day.description, record.revision, record.isFinal, record.fetchedAt.seconds,
        record.messages.total, RowsText.encode(record.messages.rows), record.leftOut.otherDates,
        record.leftOut.duplicates, record.leftOut.unreadable,
      ])
  }
}
