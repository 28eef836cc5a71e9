import GRDB
import Glibc
import Testing
import WeixinModel

@testable import MessageArchive

@Suite("Days in the archive")
struct DayTests {
  private let scratch: Scratch
  private let archive: MessageArchive

  init() throws {
    scratch = try Scratch()
    archive = try scratch.open()
  }

  @Test(arguments: 0..<5)
  func `what is saved is read again, whatever the numbers`(seed: UInt64) async throws {
    var generator = Seeded(state: seed)
    var expected: [DayRecord] = []
    for offset in 0..<40 {
      let saved = randomRecord(someDay + offset, &generator)
      expected.append(saved)
      #expect(try await archive.save(saved, account: "acme") == Saved(outcome: .added, record: saved))
    }
    let days = someDay...(someDay + 39)
    #expect(try archive.records("acme", days: days) == expected)
    #expect(try archive.records("other", days: days).isEmpty)
    #expect(try archive.record("acme", day: someDay + 7) == expected[7])
    #expect(try archive.dayCount("acme") == 40)
    #expect(try archive.newestDay("acme") == someDay + 39)
    #expect(try archive.oldestDay("acme") == someDay)
    #expect(try archive.keptDays("acme", days: days).count == 40)
    #expect(try archive.accounts() == ["acme"])
    var seen: [DayRecord] = []
    try archive.forEachRecord("acme", days: (someDay + 3)...(someDay + 5)) { seen.append($0) }
    #expect(seen == Array(expected[3...5]))
    let ranges = [(someDay + 30)...(someDay + 31), someDay...someDay]
    var changed = expected[30]
    changed.fetchedAt = changed.fetchedAt + 1
    let known = try archive.excerpt("acme", .init(known: [someDay + 30: changed]) { _ in ranges })
    #expect(known.records.first == expected[30])
    var newest: BeijingDay?
    var kept: [BeijingDay: Bool] = [:]
    let wanted = MessageArchive.Wanted(kept: (someDay + 38)...(someDay + 50)) { excerpt in
      (newest, kept) = (excerpt.newestDay, excerpt.kept)
      return ranges
    }
    let excerpt = try archive.excerpt("acme", wanted)
    #expect(excerpt.records == [expected[30], expected[31], expected[0]])
    #expect(kept == [someDay + 38: expected[38].isFinal, someDay + 39: expected[39].isFinal] && excerpt.kept == kept)
    #expect(newest == someDay + 39 && excerpt.newestDay == newest && excerpt.dayCount == 40)
  }

  @Test func `what another process keeps is seen, also by a reader that began while nobody wrote`() async throws {
    let path = scratch.path
    try await archive.save(record(rows: [row(9, 100)]), account: "acme")
    try archive.close()
    let log = path + "-wal"
    #expect(access(log, F_OK) != 0, "nobody writes")
    let reader = try MessageArchive.open(at: path).archive
    let days = { () throws(ArchiveFault) in
      try reader.excerpt("acme", .init { _ in [someDay...(someDay + 9)] }).records.map(\.messages.total)
    }
    #expect(try days() == [100])
    let writer = try MessageArchive.open(at: path).archive
    try await writer.save(record(someDay + 1, [row(9, 7)]), account: "acme")
    #expect(try days() == [100, 7], "while it writes")
    try await writer.save(record(someDay + 2, [row(9, 8)]), account: "acme")
    try writer.close()
    #expect(try days() == [100, 7, 8], "after it has gone")
    try reader.close()
  }

  @Test func `other numbers are a new revision, and the old ones stay`() async throws {
    let first = record(rows: [row(9, 100)])
    let second = record(rows: [row(9, 101)], final: true, at: 4 * 3_600)
    try await archive.save(first, account: "acme")
    let saved = try await archive.save(second, account: "acme")
    #expect(saved.outcome == .revised(from: first))
    #expect(saved.record.revision == 2)
    #expect(try archive.record("acme", day: someDay) == saved.record)
    #expect(try archive.supersededRecords("acme", day: someDay) == [first])
    #expect(try archive.dayCount("acme") == 1)
  }

  @Test func `the same numbers confirm a day without a new revision`() async throws {
    try await archive.save(record(rows: [row(9, 100)]), account: "acme")
    var later = record(rows: [row(9, 100)], final: true, at: 14_400)
    later.leftOut.unreadable = 3
    let saved = try await archive.save(later, account: "acme")
    #expect(saved == Saved(outcome: .confirmed, record: later))
    #expect(try archive.supersededRecords("acme", day: someDay).isEmpty)
    let early = try await archive.save(record(rows: [row(9, 100)], at: 20_000), account: "acme")
    #expect(early == Saved(outcome: .confirmed, record: later), "a provisional answer changes nothing of a final day")
  }

  @Test func `an empty answer never replaces messages`() async throws {
    let full = record(rows: [row(9, 100)])
    try await archive.save(full, account: "acme")
    let saved = try await archive.save(record(rows: [], final: true, at: 90_000), account: "acme")
    #expect(saved == Saved(outcome: .refusedEmpty, record: full))
    #expect(try archive.record("acme", day: someDay) == full)
  }

  @Test func `an empty day may be filled later`() async throws {
    try await archive.save(record(rows: []), account: "acme")
    let saved = try await archive.save(record(rows: [row(0, 1)], final: true, at: 90_000), account: "acme")
    #expect(saved.record.revision == 2)
    #expect(saved.record.isFinal)
  }

  @Test func `a late or provisional answer with other numbers does not replace a newer or final one`() async throws {
    let kept = record(rows: [row(9, 100)], final: true, at: 14_400)
    try await archive.save(kept, account: "acme")
    for other in [record(rows: [row(9, 1)], final: true, at: 100), record(rows: [row(9, 1)], at: 20_000)] {
      #expect(try await archive.save(other, account: "acme") == Saved(outcome: .outdated, record: kept))
    }
  }

  @Test func `the view gives each row to SQL`() async throws {
    try await archive.save(
      record(rows: [row(0, 5), row(18, 7), row(18, 9, type: MessageType(49))], final: true), account: "acme")
    try await archive.save(record(someDay + 1, [row(3, 2)]), account: "acme")
    try await archive.save(record(someDay + 2, []), account: "acme")
    let lines = try await archive.database.read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT account||' '||date||' '||hour||' '||msg_type||' '||msg_user||' '||msg_count||' '||state
          FROM hourly_message ORDER BY date, hour, msg_type
          """)
    }
    #expect(
      lines == [
        "acme 2026-08-20 0 1 2 5 final", "acme 2026-08-20 18 1 3 7 final", "acme 2026-08-20 18 49 4 9 final",
        "acme 2026-08-21 3 1 1 2 provisional",
      ])
  }

  @Test func `a text of rows that was broken by hand is a fault, not wrong numbers`() async throws {
    try await archive.save(record(rows: [row(9, 100)]), account: "acme")
    for text in ["", "[", "[[1,1,1]]", "[[24,1,1,1]]", "[[1,1,1,1]]x", "[[1,1,1,99999999999999999999]]", "[[1,1,,1]]"] {
      #expect(RowsText.decode(text) == nil, "\(text)")
      try await archive.database.write { database in
        try database.execute(sql: "UPDATE day SET rows = ?", arguments: [text])
      }
      #expect(throws: ArchiveFault.self) { try archive.record("acme", day: someDay) }
    }
    #expect(RowsText.decode("[[1, 2, 3, 4], [5,6,7,8]]")?.count == 2)
    #expect(RowsText.decode("[]") == [])
  }
}

/// `record(rows:)` reads better for the day that most tests use.
private func record(rows: [HourlyRow], final: Bool = false, at seconds: Int = 0) -> DayRecord {
  record(someDay, rows, final: final, at: seconds)
}
