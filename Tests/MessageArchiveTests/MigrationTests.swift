import GRDB
import Testing
import WeixinModel

@testable import MessageArchive

@Suite("Files of earlier versions")
struct MigrationTests {
  /// A file as version 1 wrote it, frozen: what the migrations of today make of it is what users will see.
  private static let versionOne = """
    PRAGMA journal_mode = WAL;
    PRAGMA application_id = \(0x7778_7470);
    CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
    INSERT INTO grdb_migrations VALUES ('v1');
    CREATE TABLE day (
      account TEXT NOT NULL, date TEXT NOT NULL, revision INTEGER NOT NULL, final INTEGER NOT NULL,
      fetched_at INTEGER NOT NULL, total INTEGER NOT NULL, rows TEXT NOT NULL, other_dates INTEGER NOT NULL,
      duplicates INTEGER NOT NULL, unreadable INTEGER NOT NULL, PRIMARY KEY (account, date));
    CREATE TABLE day_revision (
      account TEXT NOT NULL, date TEXT NOT NULL, revision INTEGER NOT NULL, final INTEGER NOT NULL,
      fetched_at INTEGER NOT NULL, total INTEGER NOT NULL, rows TEXT NOT NULL, other_dates INTEGER NOT NULL,
      duplicates INTEGER NOT NULL, unreadable INTEGER NOT NULL, PRIMARY KEY (account, date, revision));
    CREATE TABLE speed_span (
      account TEXT NOT NULL, level INTEGER NOT NULL, realspeed INTEGER NOT NULL, first_seen INTEGER NOT NULL,
      last_seen INTEGER NOT NULL, samples INTEGER NOT NULL, PRIMARY KEY (account, first_seen)) WITHOUT ROWID;
    CREATE VIEW hourly_message AS
      SELECT day.account AS account, day.date AS date, json_extract(row.value, '$[0]') AS hour,
        json_extract(row.value, '$[1]') AS msg_type, json_extract(row.value, '$[2]') AS msg_user,
        json_extract(row.value, '$[3]') AS msg_count,
        CASE day.final WHEN 1 THEN 'final' ELSE 'provisional' END AS state
      FROM day, json_each(day.rows) AS row;
    INSERT INTO day VALUES ('acme', '2026-08-20', 2, 1, 1787200000, 12, '[[9,1,3,5],[18,2,4,7]]', 1, 0, 0);
    INSERT INTO day_revision VALUES ('acme', '2026-08-20', 1, 0, 1787190000, 5, '[[9,1,3,5]]', 0, 0, 0);
    INSERT INTO speed_span VALUES ('acme', 3, 15, 1787190000, 1787200000, 84);
    """

  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func `an archive of version 1 opens with nothing lost and takes new days and calls`() async throws {
    try scratch.sql(Self.versionOne)
    let opened = try MessageArchive.open(at: scratch.path)
    #expect(opened.fault == nil)
    let archive = opened.archive
    let kept = try #require(try archive.record("acme", day: someDay))
    #expect(kept.messages.rows.map(\.count) == [5, 7])
    #expect(kept.revision == 2)
    #expect(kept.isFinal)
    #expect(kept.leftOut.otherDates == 1)
    #expect(try archive.supersededRecords("acme", day: someDay).map(\.messages.total) == [5])
    #expect(try archive.latestSpeed("acme")?.to == Timestamp(seconds: 1_787_200_000))
    try await archive.save(record(someDay + 1, [row(1, 1)]), account: "acme")
    #expect(try await archive.countCall("acme", endpoint: .hourly, on: someDay) == 1)
    #expect(try scratch.mode(of: scratch.path) == 0o600)
    try archive.close()
    #expect(try MessageArchive.open(at: scratch.path).archive.dayCount("acme") == 2)
  }

  @Test func `an archive of an older version knows no time of a call, and takes new ones`() async throws {
    try scratch.sql(Self.versionOne)
    let archive = try scratch.open()
    #expect(try archive.tokenCall("acme", source: "classic") == nil)
    try await archive.noteTokenCall("acme", source: "classic", bootSeconds: 7, boot: "b")
    #expect(try archive.tokenCall("acme", source: "classic")?.bootSeconds == 7)
    #expect(try await archive.countCall("acme", endpoint: .speed, on: someDay) == 1)
    #expect(try archive.settledCalls("acme", endpoint: .speed, on: someDay) == 0)
  }

  /// What version 3 had besides, frozen likewise.
  private static let versionThree =
    versionOne + """
      INSERT INTO grdb_migrations VALUES ('v2'), ('v3');
      CREATE TABLE call (
        account TEXT NOT NULL, endpoint TEXT NOT NULL, date TEXT NOT NULL, count INTEGER NOT NULL,
        PRIMARY KEY (account, endpoint, date)) WITHOUT ROWID;
      CREATE TABLE token (
        account TEXT NOT NULL, source TEXT NOT NULL, value TEXT NOT NULL, fresh_until INTEGER NOT NULL,
        boot TEXT NOT NULL, PRIMARY KEY (account, source)) WITHOUT ROWID;
      CREATE TABLE quota (
        account TEXT NOT NULL, endpoint TEXT NOT NULL, day_limit INTEGER NOT NULL, used INTEGER NOT NULL,
        remaining INTEGER NOT NULL, asked_at INTEGER NOT NULL, own_calls INTEGER NOT NULL,
        PRIMARY KEY (account, endpoint)) WITHOUT ROWID;
      PRAGMA user_version = 3;
      INSERT INTO call VALUES ('acme', 'hourly', '2026-08-20', 7);
      INSERT INTO token VALUES ('acme', 'stable', 'a-token', 99, 'a-boot');
      INSERT INTO quota VALUES ('acme', 'speed', 5000, 10, 4990, 1787200000, 3);
      """

  @Test func `an archive of version 3 keeps days, calls, tokens and quotas, and takes alerts`() async throws {
    try scratch.sql(Self.versionThree)
    let opened = try MessageArchive.open(at: scratch.path)
    #expect(opened.fault == nil)
    let archive = opened.archive
    #expect(try archive.record("acme", day: someDay)?.messages.total == 12)
    #expect(try archive.calls("acme", on: someDay) == [.hourly: 7])
    #expect(try archive.token("acme", source: "stable")?.value == "a-token")
    #expect(try archive.quotas("acme")[.speed]?.quota.used == 10)
    #expect(try archive.openAlerts().isEmpty)
    #expect(try await archive.raiseAlerts([.sample()]).isEmpty)
    try archive.close()
    #expect(try MessageArchive.condition(at: scratch.path) == .current)
    #expect(try MessageArchive.open(at: scratch.path).archive.openAlerts() == [.sample()])
  }

  @Test func `today's first migration makes what version 1 had`() throws {
    func shape(_ database: Database) throws -> [String] {
      try ["day", "day_revision", "speed_span", "hourly_message"].flatMap { table in
        try Row.fetchAll(database, sql: "PRAGMA table_info(\(table))").map { row -> String in
          let name: String = row["name"]
          let type: String = row["type"]
          return "\(table) \(name) \(type)"
        }
      }
    }
    let frozen = try DatabaseQueue()
    try frozen.inDatabase { try $0.execute(sql: Self.versionOne) }
    let fresh = try DatabaseQueue()
    try ArchiveSchema.migrator.migrate(fresh, upTo: "v1")
    #expect(try frozen.inDatabase(shape) == fresh.inDatabase(shape))
  }
}
