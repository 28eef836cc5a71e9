import Dashboard
import Foundation
import GRDB
import TerminalScreen
import Testing
import WeixinModel

@testable import MessageArchive
@testable import WeixinSimulator
@testable import wxtop

/// An archive whose file or rows somebody has damaged: it answers or says why not, and all that is made of an answer can be shown.
@Suite struct ArchiveFuzzTests {
  private static let day = BeijingDay(ordinal: 20_685)
  private static let now = (day + 1).start(ofHour: 13)

  /// A good archive with something in each table, in a folder that is gone with it.
  private final class Good {
    let folder = NSTemporaryDirectory() + "wxtop-fuzz-" + UUID().uuidString
    var path: String { folder + "/good.sqlite" }
    let bytes: [UInt8]

    init() async throws {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let archive = try MessageArchive.open(at: folder + "/good.sqlite", now: { now }).archive
      for back in 0..<20 {
        let rows = (0..<24).map { HourlyRow(hour: $0, type: MessageType($0 % 7), users: 3, count: $0 * 7 + back) }
        let record = DayRecord(
          messages: HourlyMessages(day: day - back, rows: rows), isFinal: back > 0,
          fetchedAt: Publication.opens(day - back))
        try await archive.save(record, account: "acme")
        if back == 2 {
          var other = record
          other.messages = HourlyMessages(day: day - back, rows: Array(rows.prefix(9)))
          other.fetchedAt = record.fetchedAt + 60
          try await archive.save(other, account: "acme")
        }
      }
      for (index, level) in [3, 4, 3].enumerated() {
        let moment = day.start(ofHour: 8 + index)
        for poll in 0..<2 {
          try await archive.saveSpeed(
            MassSendSpeed(level: level, realspeed: 15), at: moment + 60 * poll, account: "acme", maxGap: 600)
        }
      }
      try await archive.countCall("acme", endpoint: .speed, on: day + 1)
      let quota = QuotaReading(quota: CallQuota(limit: 1_000, used: 20, remaining: 980), at: now + -60, ownCalls: 3)
      try await archive.saveQuota(quota, "acme", endpoint: .hourly)
      try await archive.saveFailure(Failure(error: .empty, at: now + -50, attempts: 2, retryAt: now + 5), "acme")
      try await archive.noteTokenCall("acme", source: "stable", bootSeconds: 5, boot: "b")
      try await archive.saveToken(KeptToken(value: "t", freshUntil: 7_200, boot: "b"), "acme", source: "stable")
      let speed = MassSendSpeed(level: 3, realspeed: 15)
      let usual = try #require(Usual([10, 20, 30, 40]))
      let causes: [Alert.Cause] = [
        .levelChanged(from: speed, to: speed), .slower(speed: speed, limit: 3), .belowNominal(speed: speed),
        .unusualDay(day: day, count: 5, usual: usual),
        .unusualHour(day: day, hour: 3, count: 5, usual: usual, hours: 2), .unpublished(day: day, by: 600),
        .failing(error: .http(status: 502), since: now + -900),
        .quota(endpoint: .speed, quota: CallQuota(limit: 10, used: 9, remaining: 1), limit: 90),
      ]
      _ = try await archive.raiseAlerts(
        causes.map { Alert(account: Account(name: "acme", title: "艾克美"), cause: $0, raisedAt: now + -100) })
      // All in one file.
      try Self.gather(folder + "/good.sqlite")
      try archive.close()
      bytes = Array(try Data(contentsOf: URL(filePath: folder + "/good.sqlite")))
    }

    private static func gather(_ path: String) throws {
      let queue = try DatabaseQueue(path: path)
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
      try queue.close()
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Where a damaged one stands, alone.
    func place(_ bytes: [UInt8]) throws -> String {
      let folder = folder + "/damaged"
      try? FileManager.default.removeItem(atPath: folder)
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data(bytes).write(to: URL(filePath: folder + "/archive.sqlite"))
      return folder + "/archive.sqlite"
    }
  }

  /// Reads, and takes a fault for an answer.
  private static func ask<Value>(_ read: () throws -> Value) throws -> Value? {
    do {
      return try read()
    } catch let fault as ArchiveFault {
      for language in Language.allCases { try requireShowable(fault.sentence(path: "/a", language), "the fault") }
      try requireShowable(LogWords.words(fault), "the log's words")
      return nil
    }
  }

  /// Opens, asks all that can be asked, and makes of the answers what wxtop makes of them.
  private static func use(_ path: String) throws {
    guard let opened = try ask({ try MessageArchive.openOrInMemory(at: path, now: { now }) }) else { return }
    let archive = opened.archive
    defer { try? archive.close() }
    if let fault = opened.fault { _ = try ask { throw fault } }
    var status = AccountStatus(account: Account(name: "acme"))
    let all = BeijingDay.firstKept...(day + 10)
    status.newestDay = try ask { try archive.newestDay("acme") } ?? nil
    _ = try ask { try archive.oldestDay("acme") }
    status.archivedDays = try ask { try archive.dayCount("acme") } ?? 0
    status.recent = try ask { try archive.keptDays("acme", days: all) } ?? [:]
    _ = try ask { try archive.accounts() }
    var records: [DayRecord] = []
    _ = try ask { try archive.forEachRecord("acme", days: all) { records.append($0) } }
    _ = try ask { try archive.forEachRecord("acme", fetchedSince: now + -86_400) { records.append($0) } }
    for back in 0..<8 {
      if let kept = try ask({ try archive.record("acme", day: day - back) }), let kept { records.append(kept) }
      records += try ask { try archive.supersededRecords("acme", day: day - back) } ?? []
    }
    let most = HourlyMessages.mostMessages
    for record in records {
      let isInRange = record.messages.rows.allSatisfy { (0...most).contains($0.count) && (0...most).contains($0.users) }
      try require(isInRange, "rows \(record.messages.rows)")
      status.history.insert(record)
      status.days[record.messages.day] = DayStatus(record: record)
      _ = Saved(record, over: records.first, at: now)
    }
    status.history.isWhole = true
    status.brief = records.last.map { DayBrief($0, after: records) }
    status.speed = try ask { try archive.latestSpeed("acme") } ?? nil
    status.speedSpans = try ask { try archive.speedSpans("acme", from: day.start, to: now) } ?? []
    _ = try ask { try archive.excerpt("acme", .init(speeds: day.start...now, kept: all) { _ in [all] }) }
    status.callsToday = try ask { try archive.calls("acme", on: day + 1) }?.values.max() ?? 0
    _ = try ask { try archive.settledCalls("acme", endpoint: .speed, on: day + 1) }
    status.quotas = (try ask { try archive.quotas("acme") } ?? [:]).mapValues(\.quota)
    status.speedFailure = try ask { try archive.failure("acme") } ?? nil
    _ = (
      try ask { try archive.tokenCall("acme", source: "stable") },
      try ask { try archive.token("acme", source: "stable") }
    )
    var alerts = try ask { try archive.openAlerts() } ?? []
    alerts += try ask { try archive.newestAlerts(100) } ?? []
    _ = (
      try ask { try archive.alerts(from: day.start, before: now) }, try ask { try archive.alertsMark(from: day.start) }
    )
    try show(status, alerts)
  }

  private static func show(_ status: AccountStatus, _ alerts: [Alert]) throws {
    for language in Language.allCases {
      for alert in alerts {
        let words = AlertWords(alert, Numerals(language))
        try requireShowable(words.headline + words.sentence + words.who, "an alert")
        let json = AlertJSON.text(alert, language)
        try require(
          (try? JSONDecoder().decode(Anything.self, from: Data(json.utf8))) != nil, "an alert's JSON: \(json)")
      }
    }
    let page = MetricsPage([.init(name: "acme", status: status, alerts: alerts)], at: now)
    try requireShowable(ExpositionFormat(accept: "").text(of: page.families), lines: true, "the metrics")
    var look = Look()
    look.wishedLanguage = status.archivedDays % 2 == 0 ? .en : .zh
    for name in ViewName.allCases {
      var state = State(status: status, size: Size(width: 90, height: 26), now: now, view: name, look: look)
      _ = update(&state, .alerts(alerts), at: now)
      if name == .accounts { _ = update(&state, .fleet([status]), at: now) }
      if name == .day || name == .speed || name == .accounts {
        try DashboardFuzzTests.check(state)
      } else {
        try requireShowable(view(state).text, lines: true, "the frame")
      }
      for key in ["@", "!", "n", "N", "u", "c", "S"] as [Key] { _ = update(&state, .key(key), at: now) }
      try requireShowable(view(state).text, lines: true, "the frame")
    }
  }

  @Test func `an archive with flipped, cut or copied bytes answers or says why not`() async throws {
    let good = try await Good()
    try await Fuzz("archives' bytes", corpus: [], bounded: 12, divisor: 50).run { _, generator in
      var bytes = good.bytes
      for _ in 0..<generator.number(in: 1...40) {
        let place = generator.number(in: 0...(bytes.count - 1))
        bytes[place] = UInt8(generator.number(in: 0...255))
      }
      switch generator.number(in: 0...5) {
      case 0: bytes.removeLast(generator.number(in: 0...bytes.count))
      case 1:
        let length = min(4_096, bytes.count)
        let (from, to) = (
          generator.number(in: 0...(bytes.count - length)), generator.number(in: 0...(bytes.count - length))
        )
        bytes.replaceSubrange(to..<(to + length), with: Array(bytes[from..<(from + length)]))
      case 2: bytes[generator.number(in: 0...99)] ^= 0x80
      default: break
      }
      try Self.use(good.place(bytes))
    }
  }

  private static let columns: [String: [String]] = [
    "day": [
      "date", "revision", "final", "fetched_at", "total", "rows", "other_dates", "duplicates", "unreadable", "account",
    ],
    "day_revision": ["date", "revision", "final", "fetched_at", "total", "rows", "other_dates"],
    "speed_span": ["level", "realspeed", "first_seen", "last_seen", "samples"],
    "call": ["endpoint", "count", "settled", "mark", "marked_at", "last_at", "date"],
    "token": ["value", "fresh_until", "boot"],
    "quota": ["endpoint", "day_limit", "used", "remaining", "asked_at", "own_calls"],
    "alert": ["id", "account", "title", "rule", "cause", "raised_at", "notified_at", "acknowledged_at", "cleared_at"],
    "failure": ["error", "at", "attempts", "retry_at"],
    "token_call": ["called_at", "boot_seconds", "boot"],
  ]

  private static let values: [DatabaseValue] =
    [
      .null, 0.databaseValue, (-1).databaseValue, 7.databaseValue, Int.max.databaseValue, Int.min.databaseValue,
      1_000_000_000_000_000.databaseValue, (now.seconds + 30).databaseValue, (now.seconds + 400_000_000).databaseValue,
      1.5.databaseValue, 1e300.databaseValue, (-1e300).databaseValue, Double.infinity.databaseValue,
      Data([0xFF, 0x00, 0x1B]).databaseValue, Data().databaseValue,
    ]
    + [
      "", "x", "9e99", "2026-08-20", "9999-12-31", "0000-00-00", "\(day)", "\u{1B}[31m\u{9B}x\u{202E}", "a\u{0}b",
      "[[0,1,9223372036854775807,9223372036854775807],[1,1,1,9223372036854775807]]", "[[0,1,-5,-9223372036854775807]]",
      "[[0,1,1000000000000,1000000000000],[0,2,1,1000000000000],[1,9999999999999,0,1000000000000],[23,1,0,1000000000001]]",
      "[[0,1,1000000000000,1000000000000],[0,2,1,1000000000000],[1,-9223372036854775807,0,1000000000000]]",
      "[[23,-9223372036854775807,1,1]]", "[]", "[[0,1,1,1]", "[[99,1,1,1]]", "speed", "{}",
      #"{"slower":{"speed":{"level":9223372036854775807,"realspeed":-9223372036854775808},"limit":-9223372036854775808}}"#,
      #"{"unusualDay":{"day":"0001-01-01","count":-9223372036854775808,"#
        + #""usual":{"median":9223372036854775807,"low":-9223372036854775808,"high":9223372036854775807,"samples":0}}}"#,
      #"{"unusualHour":{"day":"2026-08-20","hour":-9223372036854775808,"count":9223372036854775807,"hours":-9,"#
        + #""usual":{"median":1,"low":-9223372036854775808,"high":-1,"samples":0}}}"#,
      #"{"unusualHour":{"day":"2026-08-20","hour":99,"count":1,"hours":9223372036854775807,"#
        + #""usual":{"median":0,"low":0,"high":0,"samples":0}}}"#,
      #"{"unpublished":{"day":"9999-12-31","by":-9223372036854775808}}"#,
      #"{"failing":{"since":{"seconds":-9223372036854775808},"error":{"notJSON":{"start":"\u001b[31m\u202ex"}}}}"#,
      #"{"failing":{"since":{"seconds":9223372036854775807},"error":{"http":{"status":-9223372036854775808}}}}"#,
      #"{"failing":{"since":{"seconds":1},"error":{"tokenWithheld":{"secondsLeft":-9223372036854775808}}}}"#,
      #"{"failing":{"since":{"seconds":1},"error":{"unreachable":{"host":"\u009b1m","cause":"\u2028"}}}}"#,
      #"{"quota":{"endpoint":"speed","limit":9223372036854775807,"#
        + #""quota":{"limit":1,"used":9223372036854775807,"remaining":-9223372036854775808}}}"#,
      #"{"error":{"timedOut":{"seconds":-9223372036854775808}},"since":-9223372036854775808}"#,
      #"{"error":{"tls":{"host":"\u0000\u001b","cause":"\u0007"}},"since":9223372036854775807}"#,
      #"{"weixin":{"_0":{"endpoint":"speed","code":-9223372036854775808,"message":"\u001b[2J","rid":"\u0007","address":"\r"}}}"#,
    ].map(\.databaseValue)

  @Test func `an archive with rows that no wxtop wrote answers or says why not`() async throws {
    let good = try await Good()
    let tables = Self.columns.keys.sorted()
    try await Fuzz("archives' rows", corpus: [], bounded: 12, divisor: 10).run { _, generator in
      let path = try good.place(good.bytes)
      let queue = try DatabaseQueue(path: path)
      var done: [String] = []
      try queue.writeWithoutTransaction { database in
        // Without its constraints, as a tool may leave a table that copies rows.
        if generator.happens(0.7) {
          try database.execute(
            sql: """
              PRAGMA ignore_check_constraints = ON; PRAGMA writable_schema = ON;
              UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '') WHERE type = 'table' AND name <> 'grdb_migrations';
              PRAGMA writable_schema = RESET
              """)
        }
        for _ in 0..<generator.number(in: 1...4) {
          let table = tables[generator.number(in: 0...(tables.count - 1))]
          let column = Self.columns[table, default: []].randomElement(&generator)
          let value = Self.values.randomElement(&generator)
          let share = generator.number(in: 1...3)
          let sql = "UPDATE OR IGNORE \(table) SET \(column) = ? WHERE abs(random()) % \(share) = 0"
          done.append("\(sql) <- \(value)")
          try? database.execute(sql: sql, arguments: [value])
        }
      }
      try queue.close()
      // A trap would leave no word of it.
      if Fuzz.variable("WXTOP_FUZZ_SEED") != nil { print(done) }
      do {
        try Self.use(path)
      } catch {
        throw Fuzz.Wrong("\((error as? Fuzz.Wrong)?.why ?? "threw \(error)") after \(done)")
      }
    }
  }
}

extension Array {
  fileprivate func randomElement(_ generator: inout SplitMix) -> Element { self[generator.number(in: 0...(count - 1))] }
}
