import GRDB

/// The tables of the archive and how they came to be. A migration that has been released is never edited.
enum ArchiveSchema {
  /// `wxtp` in SQLite's header field for the program that owns a file.
  static let applicationID = 0x7778_7470

  /// SQLite's `user_version` once all migrations have run. A start then has one number to look at.
  static let version = 5

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("v1", migrate: createHistory)
    migrator.registerMigration("v2", migrate: createCallLedger)
    migrator.registerMigration("v3", migrate: createSharing)
    migrator.registerMigration("v4", migrate: createAlerts)
    migrator.registerMigration("v5", migrate: noteTimes)
    return migrator
  }

  private static func createHistory(_ database: Database) throws {
    try database.execute(sql: "PRAGMA application_id = \(applicationID)")
    // The day's tables keep their rowid: a day's text is over a kilobyte, and in a WITHOUT ROWID tree that would spill
    // into overflow pages and make counting the days read all of them.
    for (table, key) in [("day", "account, date"), ("day_revision", "account, date, revision")] {
      try database.execute(
        sql: """
          CREATE TABLE \(table) (
            account TEXT NOT NULL,
            date TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
            revision INTEGER NOT NULL CHECK (revision >= 1),
            final INTEGER NOT NULL CHECK (final IN (0, 1)),
            fetched_at INTEGER NOT NULL,
            total INTEGER NOT NULL,
            rows TEXT NOT NULL,
            other_dates INTEGER NOT NULL,
            duplicates INTEGER NOT NULL,
            unreadable INTEGER NOT NULL,
            PRIMARY KEY (\(key)))
          """)
    }
    try database.execute(
      sql: """
        CREATE TABLE speed_span (
          account TEXT NOT NULL,
          level INTEGER NOT NULL,
          realspeed INTEGER NOT NULL,
          first_seen INTEGER NOT NULL,
          last_seen INTEGER NOT NULL CHECK (last_seen >= first_seen),
          samples INTEGER NOT NULL,
          PRIMARY KEY (account, first_seen)) WITHOUT ROWID;
        CREATE VIEW hourly_message AS
          SELECT day.account AS account, day.date AS date,
            json_extract(row.value, '$[0]') AS hour,
            json_extract(row.value, '$[1]') AS msg_type,
            json_extract(row.value, '$[2]') AS msg_user,
            json_extract(row.value, '$[3]') AS msg_count,
            CASE day.final WHEN 1 THEN 'final' ELSE 'provisional' END AS state
          FROM day, json_each(day.rows) AS row
        """)
  }

  private static func createCallLedger(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE call (
          account TEXT NOT NULL,
          endpoint TEXT NOT NULL,
          date TEXT NOT NULL,
          count INTEGER NOT NULL,
          PRIMARY KEY (account, endpoint, date)) WITHOUT ROWID
        """)
  }

  /// What the processes of one machine share: tokens, and what Weixin says of the quotas.
  private static func createSharing(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE token (
          account TEXT NOT NULL,
          source TEXT NOT NULL,
          value TEXT NOT NULL,
          fresh_until INTEGER NOT NULL,
          boot TEXT NOT NULL,
          PRIMARY KEY (account, source)) WITHOUT ROWID;
        CREATE TABLE quota (
          account TEXT NOT NULL,
          endpoint TEXT NOT NULL,
          day_limit INTEGER NOT NULL,
          used INTEGER NOT NULL,
          remaining INTEGER NOT NULL,
          asked_at INTEGER NOT NULL,
          own_calls INTEGER NOT NULL,
          PRIMARY KEY (account, endpoint)) WITHOUT ROWID;
        PRAGMA user_version = 3
        """)
  }

  /// Alerts, open and over. Of one rule and subject of an account one is open at most, whoever raises it.
  private static func createAlerts(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE alert (
          id TEXT NOT NULL PRIMARY KEY,
          account TEXT NOT NULL,
          title TEXT NOT NULL,
          rule TEXT NOT NULL,
          subject TEXT NOT NULL,
          cause TEXT NOT NULL,
          raised_at INTEGER NOT NULL,
          notified_at INTEGER,
          acknowledged_at INTEGER,
          cleared_at INTEGER) WITHOUT ROWID;
        CREATE UNIQUE INDEX alert_open ON alert (account, rule, subject) WHERE cleared_at IS NULL;
        CREATE INDEX alert_raised ON alert (raised_at);
        CREATE TABLE failure (
          account TEXT PRIMARY KEY,
          error TEXT NOT NULL,
          at INTEGER NOT NULL,
          attempts INTEGER NOT NULL,
          retry_at INTEGER) WITHOUT ROWID;
        PRAGMA user_version = 4
        """)
  }

  /// When calls were made: of those that hand out tokens, and of others as far as Weixin's quotas may not contain them yet.
  private static func noteTimes(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE token_call (
          account TEXT NOT NULL,
          source TEXT NOT NULL,
          called_at INTEGER NOT NULL,
          boot_seconds INTEGER NOT NULL,
          boot TEXT NOT NULL,
          PRIMARY KEY (account, source)) WITHOUT ROWID;
        ALTER TABLE call ADD COLUMN settled INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE call ADD COLUMN mark INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE call ADD COLUMN marked_at INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE call ADD COLUMN last_at INTEGER NOT NULL DEFAULT 0;
        PRAGMA user_version = 5
        """)
  }
}
