import MessageArchive
import Testing
import WeixinModel

@Suite("Speeds and calls in the archive")
struct SpeedTests {
  let archive: MessageArchive

  init() throws { archive = try MessageArchive.inMemory() }

  private func save(_ level: Int, _ second: Int) async throws -> SpeedSpan {
    try await archive.saveSpeed(
      MassSendSpeed(level: level, realspeed: 15), at: Timestamp(seconds: second), account: "acme", maxGap: 300)
  }

  private func span(_ level: Int, _ from: Int, _ to: Int) -> SpeedSpan {
    SpeedSpan(
      speed: MassSendSpeed(level: level, realspeed: 15), from: Timestamp(seconds: from), to: Timestamp(seconds: to))
  }

  private func all() throws -> [SpeedSpan] {
    try archive.speedSpans("acme", from: Timestamp(seconds: 0), to: Timestamp(seconds: 1_000_000))
  }

  @Test func `equal samples prolong a span; another speed or a gap begins a new one`() async throws {
    #expect(try archive.latestSpeed("acme") == nil)
    #expect(try await save(3, 1_000) == span(3, 1_000, 1_000))
    #expect(try await save(3, 1_300) == span(3, 1_000, 1_300))
    #expect(try await save(3, 1_601) == span(3, 1_601, 1_601), "nobody watched in between")
    #expect(try await save(4, 1_650) == span(4, 1_650, 1_650))
    #expect(try await save(3, 1_700) == span(3, 1_700, 1_700))
    #expect(try all() == [span(3, 1_000, 1_300), span(3, 1_601, 1_601), span(4, 1_650, 1_650), span(3, 1_700, 1_700)])
    #expect(try archive.latestSpeed("acme") == span(3, 1_700, 1_700))
    #expect(
      try archive.speedSpans("acme", from: Timestamp(seconds: 1_200), to: Timestamp(seconds: 1_620))
        == [span(3, 1_000, 1_300), span(3, 1_601, 1_601)])
  }

  @Test func `a clock that was set back makes no overlap`() async throws {
    _ = try await save(3, 1_000)
    _ = try await save(3, 1_200)
    #expect(try await save(4, 1_100) == span(3, 1_000, 1_200))
    #expect(try await save(2, 900) == span(2, 900, 900))
    #expect(try all() == [span(2, 900, 900), span(3, 1_000, 1_200)])
  }

  @Test func `calls are counted by account, endpoint and day`() async throws {
    for expected in 1...3 {
      #expect(try await archive.countCall("acme", endpoint: .speed, on: someDay) == expected)
    }
    try await archive.countCall("acme", endpoint: .hourly, on: someDay)
    try await archive.countCall("acme", endpoint: .speed, on: someDay + 1)
    #expect(try archive.calls("acme", on: someDay) == [.speed: 3, .hourly: 1])
    #expect(try archive.calls("other", on: someDay).isEmpty)
  }
}
