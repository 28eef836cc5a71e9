import MessageArchive
import Testing
import WeixinModel

/// Rows that no wxtop wrote, as tools that copy, merge or mend leave them.
@Suite struct StrangeRowTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// An archive with something in each table, after some SQL.
  private func archive(after sql: String) async throws -> MessageArchive {
    let archive = try scratch.open()
    try await archive.save(record(someDay, [row(1, 5)]), account: "acme")
    try await archive.saveSpeed(MassSendSpeed(level: 3, realspeed: 15), at: someDay.start, account: "acme", maxGap: 60)
    try await archive.countCall("acme", endpoint: .speed, on: someDay)
    let quota = QuotaReading(quota: CallQuota(limit: 9, used: 1, remaining: 8), at: someDay.start, ownCalls: 1)
    try await archive.saveQuota(quota, "acme", endpoint: .speed)
    try await archive.saveFailure(Failure(error: .empty, at: someDay.start), "acme")
    try await archive.noteTokenCall("acme", source: "stable", bootSeconds: 1, boot: "b")
    try await archive.saveToken(KeptToken(value: "T0ken", freshUntil: 1, boot: "b"), "acme", source: "stable")
    _ = try await archive.raiseAlerts([.sample()])
    try archive.close()
    try scratch.sql(sql)
    return try scratch.open()
  }

  @Test(arguments: ["'x'", "x'FF00'", "1e300"])
  func `a value of another kind is a fault, which does not say what stands there`(value: String) async throws {
    let archive = try await archive(
      after: """
        UPDATE day SET fetched_at = \(value); UPDATE speed_span SET level = \(value); UPDATE call SET count = \(value);
        UPDATE quota SET used = \(value); UPDATE failure SET attempts = \(value); UPDATE token SET fresh_until = \(value);
        UPDATE token_call SET called_at = \(value); UPDATE alert SET notified_at = \(value)
        """)
    // A text may be read as zero where SQLite's own conversion is at work; what counts is that the process lives.
    _ = try? archive.records("acme", days: someDay...someDay)
    _ = try? archive.latestSpeed("acme")
    _ = try? archive.calls("acme", on: someDay)
    _ = try? archive.quotas("acme")
    _ = try? archive.openAlerts()
    #expect(throws: ArchiveFault.self) { try archive.failure("acme") }
    #expect(throws: ArchiveFault.self) { try archive.tokenCall("acme", source: "stable") }
    let fault = #expect(throws: ArchiveFault.self) { try archive.token("acme", source: "stable") }
    #expect(fault.map { !"\($0)".contains("T0ken") } ?? false)
  }

  @Test func `numbers and moments beyond all bounds are the nearest ones`() async throws {
    let (most, least) = ("9223372036854775807", "(-9223372036854775807 - 1)")
    let archive = try await archive(
      after: """
        UPDATE quota SET used = \(most), remaining = \(least), asked_at = \(least);
        UPDATE speed_span SET first_seen = \(least), realspeed = \(least); UPDATE call SET count = \(most);
        UPDATE failure SET at = \(least), attempts = \(most); UPDATE day SET revision = \(most), duplicates = \(most)
        """)
    let bound = HourlyMessages.mostMessages
    #expect(try archive.calls("acme", on: someDay) == [.speed: bound])
    let quota = try #require(try archive.quotas("acme")[.speed])
    #expect(quota.quota == CallQuota(limit: 9, used: bound, remaining: -bound))
    #expect(quota.at.beijingDay.description == "0001-01-01")
    #expect(try archive.latestSpeed("acme")?.speed.realspeed == -bound)
    #expect(try archive.failure("acme")?.attempts == bound)
    let kept = try #require(try archive.record("acme", day: someDay))
    #expect(kept.revision == bound && kept.leftOut.count == bound)
  }

  @Test(arguments: [
    "[[0,1,1,9223372036854775807]]", "[[0,1,1,1000000000001]]", "[[0,1,-1,1]]", "[[0,1,1,-1]]",
  ])
  func `rows with numbers that no reply may have are no day`(rows: String) async throws {
    let archive = try await archive(after: "UPDATE day SET rows = '\(rows)'")
    #expect(throws: ArchiveFault.self) { try archive.record("acme", day: someDay) }
  }

  @Test(arguments: [
    #"{"slower":{"speed":{"level":9223372036854775807,"realspeed":1},"limit":3}}"#,
    #"{"failing":{"since":{"seconds":1},"error":{"unreachable":{"host":"\u001b[31m","cause":"x"}}}}"#,
    "{\"failing\":{\"since\":{\"seconds\":1},\"error\":{\"notJSON\":{\"start\":\"\u{9B}31m\u{202E}\"}}}}",
    #"{"failing":{"since":{"seconds":-9223372036854775808},"error":{"empty":{}}}}"#,
  ])
  func `an alert with what wxtop never keeps is left out`(cause: String) async throws {
    let archive = try await archive(after: "UPDATE alert SET cause = '\(cause)'")
    #expect(try archive.openAlerts().isEmpty)
  }
}
