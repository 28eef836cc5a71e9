import Synchronization
import Testing
import WeixinModel

@testable import MessageArchive

/// What a clock that was wrong has left in an archive.
@Suite struct ClockTests {
  private static let noon = someDay.start(ofHour: 12)
  private static let year = 365 * 86_400

  private let archive: MessageArchive
  private let now: Clock

  /// A wall clock that can be set.
  private final class Clock: Sendable {
    private let moment = Mutex(ClockTests.noon)
    var value: Timestamp { moment.withLock(\.self) }
    func set(_ value: Timestamp) { moment.withLock { $0 = value } }
  }

  init() throws {
    let clock = Clock()
    now = clock
    archive = try MessageArchive.inMemory(now: { clock.value })
  }

  private func sample(_ level: Int, at moment: Timestamp) async throws {
    now.set(moment)
    try await archive.saveSpeed(
      MassSendSpeed(level: level, realspeed: 80), at: moment, account: "acme", maxGap: 300)
  }

  @Test(arguments: [120, 3_600, 11 * year])
  func `a speed of the future is not the newest one`(ahead: Int) async throws {
    try await sample(3, at: Self.noon + ahead)
    try await sample(0, at: Self.noon)
    #expect(try archive.latestSpeed("acme")?.speed.level == 0)
    #expect(try archive.speedSpans("acme", from: Self.noon, to: Self.noon + 20 * Self.year).map(\.speed.level) == [0])
    #expect(try archive.excerpt("acme", .init { _ in [] }).latestSpeed?.speed.level == 0)
  }

  @Test func `when the time of a false span comes, what is seen then counts`() async throws {
    for minute in 60...120 { try await sample(3, at: Self.noon + minute * 60) }
    try await sample(0, at: Self.noon + 4_000)
    #expect(
      try archive.latestSpeed("acme")
        == SpeedSpan(
          speed: MassSendSpeed(level: 0, realspeed: 80), from: Self.noon + 4_000, to: Self.noon + 4_000))
  }

  @Test func `a clock that falls back to 1970 takes nothing away`() async throws {
    for minute in 0..<30 { try await sample(3, at: Self.noon + minute * 60) }
    try await sample(5, at: Timestamp(seconds: 86_400))
    now.set(Self.noon + 3_600)
    let spans = try archive.speedSpans("acme", from: Self.noon, to: Self.noon + 3_600)
    #expect(spans.map { $0.to - $0.from } == [29 * 60])
    #expect(try archive.latestSpeed("acme")?.speed.level == 3)
  }

  @Test func `a quota that was read in the future is none`() async throws {
    let reading = QuotaReading(
      quota: CallQuota(limit: 9, used: 1, remaining: 8), at: Self.noon + Self.year, ownCalls: 0)
    try await archive.saveQuota(reading, "acme", endpoint: .speed)
    #expect(try archive.quotas("acme").isEmpty)
    now.set(Self.noon + Self.year)
    #expect(try archive.quotas("acme") == [.speed: reading])
  }

  @Test func `a day that was fetched in the future is not final and can be revised`() async throws {
    let day = someDay - 2
    now.set(Self.noon + 11 * Self.year)
    try await archive.save(
      DayRecord(messages: HourlyMessages(day: day, rows: [row(9, 5)]), isFinal: true, fetchedAt: now.value),
      account: "acme")
    #expect(try archive.record("acme", day: day)?.isFinal == true)
    now.set(Self.noon)
    #expect(try archive.record("acme", day: day)?.isFinal == false)
    #expect(try archive.keptDays("acme", days: day...day) == [day: false])
    let saved = try await archive.save(
      DayRecord(messages: HourlyMessages(day: day, rows: [row(9, 8)]), isFinal: true, fetchedAt: Self.noon),
      account: "acme")
    #expect(saved.record.revision == 2 && saved.record.fetchedAt == Self.noon)
    #expect(try archive.record("acme", day: day)?.messages.total == 8)
    #expect(try archive.supersededRecords("acme", day: day).map(\.messages.total) == [5])
  }

  @Test func `the same numbers take a day out of the future`() async throws {
    let day = someDay - 2
    let messages = HourlyMessages(day: day, rows: [row(9, 5)])
    now.set(Self.noon + Self.year)
    try await archive.save(DayRecord(messages: messages, isFinal: true, fetchedAt: now.value), account: "acme")
    now.set(Self.noon)
    try await archive.save(DayRecord(messages: messages, isFinal: true, fetchedAt: Self.noon), account: "acme")
    let kept = try #require(try archive.record("acme", day: day))
    #expect(kept.fetchedAt == Self.noon && kept.isFinal && kept.revision == 1)
  }

  @Test func `an alert of the future neither shows nor keeps the same from being raised`() async throws {
    let future = Alert.sample("acme", at: Self.noon + Self.year)
    now.set(Self.noon + Self.year)
    #expect(try await archive.raiseAlerts([future]).isEmpty)
    now.set(Self.noon)
    #expect(try archive.openAlerts().isEmpty && archive.newestAlerts(9).isEmpty)
    let today = Alert.sample("acme", at: Self.noon)
    #expect(try await archive.raiseAlerts([today]).isEmpty)
    #expect(try archive.openAlerts() == [today])
  }

  @Test func `alerts raised by a clock that is years ahead make no other old`() async throws {
    let kept = Alert.sample("acme", at: Self.noon)
    _ = try await archive.raiseAlerts([kept])
    now.set(Self.noon + 11 * Self.year)
    for number in 0..<5 { _ = try await archive.raiseAlerts([.sample("a\(number)", at: now.value + number)]) }
    now.set(Self.noon)
    #expect(try archive.newestAlerts(9) == [kept])
  }

  @Test func `calls of the last minutes are not settled, older ones are`() async throws {
    func settled(_ seconds: Int) throws -> Int {
      now.set(Self.noon + seconds)
      return try archive.settledCalls("acme", endpoint: .hourly, on: someDay)
    }
    for _ in 0..<5 { try await archive.countCall("acme", endpoint: .hourly, on: someDay) }
    #expect(try settled(0) == 0)
    #expect(try settled(299) == 0)
    #expect(try settled(300) == 5)
    try await archive.countCall("acme", endpoint: .hourly, on: someDay)
    #expect(try settled(310) == 5)
    for second in stride(from: 310, through: 2_000, by: 10) {
      now.set(Self.noon + second)
      try await archive.countCall("acme", endpoint: .hourly, on: someDay)
      let (settled, all) = (try settled(second), try archive.calls("acme", on: someDay)[.hourly] ?? 0)
      #expect(settled <= all - 30 || all < 36, "none of the last five minutes")
      #expect(settled >= all - 62, "and hardly more than ten minutes behind")
    }
  }
}
