import FoundationEssentials
import GRDB
public import WeixinModel

extension MessageArchive {
  /// So many alerts are kept at most, and none older than the last ``alertDays`` on which any was raised.
  public static let alertLimit = 10_000
  /// The alerts of so many days on which any was raised are kept.
  public static let alertDays = 400

  /// Keeps new alerts.
  /// - Returns: Those that were not taken, because another process has raised the same before.
  public func raiseAlerts(_ alerts: [Alert]) async throws(ArchiveFault) -> Set<Alert.ID> {
    if alerts.isEmpty { return [] }
    let horizon = horizon
    return try await write { database in
      var refused: Set<Alert.ID> = []
      for alert in alerts {
        try Self.giveWay(to: alert, database, horizon)
        if try !Self.insert(alert, database) { refused.insert(alert.id) }
      }
      try Self.prune(database)
      return refused
    }
  }

  /// Keeps what has changed about alerts. What another process has noted of them stays noted.
  public func updateAlerts(_ alerts: [Alert]) async throws(ArchiveFault) {
    try await write { database in
      for alert in alerts {
        try database.execute(
          sql: """
            UPDATE alert SET cause = ?, notified_at = coalesce(notified_at, ?),
              acknowledged_at = coalesce(acknowledged_at, ?), cleared_at = coalesce(cleared_at, ?) WHERE id = ?
            """,
          arguments: [
            try Self.text(of: alert.cause), alert.notifiedAt?.seconds, alert.acknowledgedAt?.seconds,
            alert.clearedAt?.seconds, alert.id,
          ])
        if database.changesCount == 0 { _ = try Self.insert(alert, database) }
      }
    }
  }

  /// Notes that a person has seen an alert.
  public func acknowledgeAlert(_ id: Alert.ID, at now: Timestamp) async throws(ArchiveFault) {
    try await write { database in
      try database.execute(
        sql: "UPDATE alert SET acknowledged_at = coalesce(acknowledged_at, ?) WHERE id = ?",
        arguments: [now.seconds, id])
    }
  }

  /// The alerts that are not over, oldest first.
  public func openAlerts() throws(ArchiveFault) -> [Alert] {
    let horizon = horizon
    return try read { try Self.alerts($0, "cleared_at IS NULL AND raised_at <= ? ORDER BY raised_at, id", [horizon]) }
  }

  /// The alerts that were raised last, newest first.
  public func newestAlerts(_ limit: Int) throws(ArchiveFault) -> [Alert] {
    let horizon = horizon
    return try read {
      try Self.alerts($0, "raised_at <= ? ORDER BY raised_at DESC, id DESC LIMIT ?", [horizon, limit])
    }
  }

  /// The alerts that were raised from a moment on and before another one, oldest first.
  public func alerts(from start: Timestamp, before end: Timestamp) throws(ArchiveFault) -> [Alert] {
    let end = min(end.seconds, horizon + 1)
    return try read {
      try Self.alerts($0, "raised_at >= ? AND raised_at < ? ORDER BY raised_at, id", [start.seconds, end])
    }
  }

  /// A mark of what ``openAlerts()`` and ``alerts(from:before:)`` would say from a moment on: as long as it stays the same,
  /// so do they. It costs less than reading them.
  public func alertsMark(from start: Timestamp) throws(ArchiveFault) -> [Int] {
    try read { database in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT count(*), count(notified_at), count(acknowledged_at), count(cleared_at),
            coalesce(sum(length(cause)), 0), coalesce(max(raised_at), 0)
          FROM alert WHERE raised_at >= ? OR cleared_at IS NULL
          """, arguments: [start.seconds])
      return try row.map { row in try (0..<6).map { try row.value($0) as Int } } ?? []
    }
  }

  private static func insert(_ alert: Alert, _ database: Database) throws -> Bool {
    try database.execute(
      sql: """
        INSERT OR IGNORE INTO alert
          (id, account, title, rule, subject, cause, raised_at, notified_at, acknowledged_at, cleared_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        alert.id, alert.account.name, alert.account.title, alert.rule.rawValue, alert.subject,
        try text(of: alert.cause), alert.raisedAt.seconds, alert.notifiedAt?.seconds, alert.acknowledgedAt?.seconds,
        alert.clearedAt?.seconds,
      ])
    return database.changesCount > 0
  }

  /// An open alert that a clock ahead of this one has left would keep the same from being raised for years.
  private static func giveWay(to alert: Alert, _ database: Database, _ horizon: Int) throws {
    try database.execute(
      sql: """
        DELETE FROM alert WHERE raised_at > ? AND (id = ? OR
          (account = ? AND rule = ? AND subject = ? AND cleared_at IS NULL))
        """, arguments: [horizon, alert.id, alert.account.name, alert.rule.rawValue, alert.subject])
  }

  /// Counts days on which something was raised, not those of a clock: by one that is years ahead all that is kept would be old.
  private static func prune(_ database: Database) throws {
    try database.execute(
      sql: """
        DELETE FROM alert WHERE raised_at / 86400 <
          (SELECT DISTINCT raised_at / 86400 AS day FROM alert ORDER BY day DESC LIMIT 1 OFFSET ?);
        DELETE FROM alert WHERE raised_at < (SELECT raised_at FROM alert ORDER BY raised_at DESC LIMIT 1 OFFSET ?)
        """,
      arguments: [alertDays - 1, alertLimit - 1])
  }

  /// Alerts that a newer wxtop has raised for something that this one does not know are left out.
  private static func alerts(
    _ database: Database, _ condition: String, _ arguments: StatementArguments = StatementArguments()
  ) throws -> [Alert] {
    let rows = try database.rowsCached(
      """
      SELECT account, title, cause, raised_at, notified_at, acknowledged_at, cleared_at FROM alert WHERE \(condition)
      """, arguments)
    var alerts: [Alert] = []
    while let row = try rows.next() {
      guard let cause: Alert.Cause = try row.kept(2) else { continue }
      var alert = Alert(
        account: Account(name: try row.value(0), title: try row.value(1)), cause: cause, raisedAt: try row.moment(3))
      alert.notifiedAt = try row.momentIfAny(4)
      alert.acknowledgedAt = try row.momentIfAny(5)
      alert.clearedAt = try row.momentIfAny(6)
      alerts.append(alert)
    }
    return alerts
  }

  private static func text(of cause: Alert.Cause) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(cause), as: UTF8.self)
  }
}
