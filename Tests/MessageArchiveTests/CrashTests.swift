import Foundation
import GRDB
import MessageArchive
import Testing
import WeixinModel

/// The children write where this names; each test runs its child alone.
private let crashFolder = NSTemporaryDirectory() + "wxtop-archive-crash"

@Suite("Kills and rivals", .serialized)
struct CrashTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func `a writer that is killed leaves every committed day whole`() async throws {
    try? FileManager.default.removeItem(atPath: crashFolder)
    defer { try? FileManager.default.removeItem(atPath: crashFolder) }
    await #expect(processExitsWith: .signal(SIGKILL)) {
      let archive = try MessageArchive.open(at: NSTemporaryDirectory() + "wxtop-archive-crash/archive.sqlite").archive
      // A second thread pulls the plug, so that it hits anywhere in a transaction.
      Thread.detachNewThread {
        Thread.sleep(forTimeInterval: 0.4)
        kill(getpid(), SIGKILL)
      }
      var number = 0
      while true {
        let day = BeijingDay(ordinal: 17_000 + number % 3_000)
        let rows = (0..<24).flatMap { hour in
          [1, 2, 3].map { HourlyRow(hour: hour, type: MessageType($0), users: number, count: number + hour + $0) }
        }
        try await archive.save(
          DayRecord(
            messages: HourlyMessages(day: day, rows: rows), isFinal: true, fetchedAt: Timestamp(seconds: number)),
          account: "acme")
        number += 1
      }
    }
    let opened = try MessageArchive.open(at: crashFolder + "/archive.sqlite")
    #expect(opened.fault == nil)
    let records = try opened.archive.records("acme", days: .firstKept...BeijingDay(ordinal: 30_000))
    #expect(records.count > 10)
    for record in records {
      let number = record.messages.rows[0].users
      #expect(record.messages.rows.count == 72)
      #expect(record.messages.rows.allSatisfy { $0.users == number && $0.count == number + $0.hour + $0.type.number })
      #expect(record.fetchedAt.seconds == number)
    }
    let newest = records.map(\.fetchedAt.seconds).max() ?? 0
    #expect(records.count == min(newest + 1, 3_000), "no committed day is missing")
    let verdict = try await DatabaseQueue(path: crashFolder + "/archive.sqlite").read {
      try String.fetchOne($0, sql: "PRAGMA integrity_check")
    }
    #expect(verdict == "ok")
  }

  @Test func `two pools on one file save the same days and speeds without loss or overlap`() async throws {
    let archives = [try scratch.open(), try scratch.open()]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (index, archive) in archives.enumerated() {
        group.addTask {
          for number in 0..<150 {
            let day = someDay + number % 50
            try await archive.save(
              record(day, [row(index, 100 + number)], at: number * 2 + index), account: "acme")
            try await archive.saveSpeed(
              MassSendSpeed(level: number / 40, realspeed: 80), at: day.start + number * 60 + index, account: "acme",
              maxGap: 300)
            try await archive.countCall("acme", endpoint: .hourly, on: someDay)
          }
        }
      }
      try await group.waitForAll()
    }
    let archive = archives[0]
    #expect(try archive.dayCount("acme") == 50)
    #expect(try archive.calls("acme", on: someDay) == [.hourly: 300])
    for offset in 0..<50 {
      let kept = try #require(try archive.record("acme", day: someDay + offset))
      let earlier = try archive.supersededRecords("acme", day: someDay + offset)
      #expect(earlier.map(\.revision) == Array(1..<kept.revision))
    }
    let spans = try archive.speedSpans("acme", from: Timestamp(seconds: 0), to: (someDay + 99).start)
    for (left, right) in zip(spans, spans.dropFirst()) { #expect(left.to < right.from) }
  }

  @Test func `two openers at once make one archive of a broken file, and move it aside once`() async throws {
    try FileManager.default.createDirectory(atPath: scratch.folder + "/data", withIntermediateDirectories: true)
    try Data("junk".utf8).write(to: URL(fileURLWithPath: scratch.path))
    let path = scratch.path
    let faults = try await withThrowingTaskGroup(of: ArchiveFault?.self) { group in
      for _ in 0..<4 { group.addTask { try MessageArchive.open(at: path).fault } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(faults.compactMap { $0 }.count == 1)
    #expect(
      try scratch.files().filter { $0.contains("unreadable") && !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }.count
        == 1)
  }
}
