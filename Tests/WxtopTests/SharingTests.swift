import Glibc
import Testing
import WeixinModel
import WeixinSimulator

@testable import MessageArchive

/// Several wxtops on one archive.
@Suite(.processes)
struct SharingTests {
  private static func answering(after milliseconds: Int) -> Simulator.Options {
    var options = Simulator.Options()
    options.delay = milliseconds
    return options
  }

  @Test func `ten wxtops at once make one token call, and count together`() async throws {
    try await withSimulator { simulator, place in
      let runs = try await withThrowingTaskGroup(of: Wxtop.Run.self) { group in
        for _ in 0..<10 {
          group.addTask {
            try await Wxtop.run(Wxtop.path, ["speed"], in: place, environment: place.environment(simulator))
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(runs.allSatisfy { $0.status == 0 && $0.error.isEmpty })
      #expect(await simulator.calls == [.token: 1, .speed: 10])
      let archive = try MessageArchive.open(at: place.file("data/wxtop/archive.sqlite")).archive
      let calls = try archive.calls(Simulator.Account().appID, on: Timestamp(seconds: time(nil)).beijingDay)
      #expect(calls == [.token: 1, .speed: 10])
    }
  }

  @Test func `when the token is taken away, all wxtops together fetch one other`() async throws {
    try await withSimulator { simulator, place in
      let environment = place.environment(simulator)
      _ = try await Wxtop.run(Wxtop.path, ["speed"], in: place, environment: environment)
      await simulator.revokeTokens()
      let statuses = try await withThrowingTaskGroup(of: Int32.self) { group in
        for _ in 0..<5 {
          group.addTask { try await Wxtop.run(Wxtop.path, ["speed"], in: place, environment: environment).status }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses == [0, 0, 0, 0, 0])
      #expect(await simulator.calls[.token] == 2)
    }
  }

  @Test func `a second backfill leaves the field to the first`() async throws {
    try await withSimulator(Self.answering(after: 40)) { simulator, place in
      let environment = place.environment(simulator)
      let first = try Child.start(
        Wxtop.path, ["backfill", "--from", "2024-01-01", "--rate", "1000"], environment: environment)
      _ = try await until("the first call") { await simulator.calls[.hourly].map { $0 > 3 } }
      let second = try await Wxtop.run(
        Wxtop.path, ["backfill", "--from", "2024-01-01"], in: place, environment: environment)
      #expect(second.status == 75)
      #expect(second.error.contains("Another wxtop is backfilling"))
      first.signal(SIGINT)
      #expect(try await first.ended() == 130)
      // Its lock is gone with it.
      let third = try await Wxtop.run(
        Wxtop.path, ["backfill", "--from", "2026-01-01", "--to", "2026-01-02"], in: place, environment: environment)
      #expect(third.status == 0)
    }
  }

  @Test func `fifty killed backfills lose no day and double none`() async throws {
    try await withSimulator(Self.answering(after: 1)) { simulator, place in
      let environment = place.environment(simulator)
      let arguments = ["backfill", "--from", "2014-12-01", "--rate", "1000", "--at-once", "4"]
      var random = SystemRandomNumberGenerator()
      var kept = 0
      let path = place.file("data/wxtop/archive.sqlite")
      let account = Simulator.Account().appID
      for _ in 0..<50 {
        let child = try Child.start(Wxtop.path, arguments, environment: environment)
        // Some while they start, most in the middle of their calls: four are under way at a time, so that more have been answered.
        if Bool.random(using: &random), Bool.random(using: &random) {
          usleep(UInt32.random(in: 1_000...60_000, using: &random))
        } else {
          let calls = await simulator.calls[.hourly, default: 0] + Int.random(in: 5...8, using: &random)
          _ = try await until("calls") { await simulator.calls[.hourly, default: 0] >= calls ? true : nil }
          usleep(UInt32.random(in: 0...3_000, using: &random))
        }
        child.signal(SIGKILL)
        _ = try await child.ended()
        guard access(path, F_OK) == 0 else { continue }
        let archive = try MessageArchive.open(at: path)
        #expect(archive.fault == nil)
        let count = (try? archive.archive.dayCount(account)) ?? 0
        #expect(count >= kept, "a day is gone")
        kept = count
        try archive.archive.close()
      }
      #expect(kept > 25)
      let archive = try MessageArchive.open(at: path).archive
      var days = 0
      try archive.forEachRecord(account, days: .firstKept...BeijingDay(ordinal: 30_000)) { record in
        days += 1
        #expect(record.revision == 1)
        let rows = SimulatedHistory(seed: Simulator.defaultSeed).rows(on: record.messages.day)
        #expect(record.messages.rows == HourlyMessages(day: record.messages.day, rows: rows).rows)
      }
      #expect(days == kept)
      // No call more than days kept and those that were under way when the kills came.
      #expect(await simulator.calls[.hourly, default: 0] <= kept + 4 * 50)
    }
  }
}
