import MessageArchive
import Synchronization
import Testing
import WeixinAPI
import WeixinModel

@testable import Monitor

@Suite struct BackfillTests {
  let monday = Scene.monday

  private struct Bench: Sendable {
    let time: FakeTime
    let api: ScriptedAPI
    let archive: MessageArchive
    let ledger: CallLedger
    let backfill: Backfill

    init(atOnce: Int = 1, perSecond: Double = 1_000) throws {
      let time = FakeTime(start: Scene.monday.start(ofHour: 13))
      self.time = time
      api = ScriptedAPI(time: time)
      archive = try MessageArchive.inMemory()
      ledger = CallLedger(account: "acme", archive: archive, now: time.clock.now)
      api.count(in: ledger)
      var clock = time.clock
      // Nobody waits in a test: sleeping is moving the clock.
      clock.sleep = { time.move(to: time.elapsed + $0) }
      backfill = Backfill(
        fetcher: DayFetcher(api: api, archive: archive, account: "acme", now: clock.now), ledger: ledger, clock: clock,
        atOnce: atOnce, perSecond: perSecond, chance: { 0 })
    }

    var asked: [BeijingDay] { api.dayCalls.compactMap(\.day) }
  }

  @Test func `the newest day comes first, and only missing published days are fetched`() async throws {
    let bench = try Bench()
    try await bench.archive.save(
      DayRecord(messages: reply(monday - 3).messages, isFinal: true, fetchedAt: monday.start), account: "acme")
    let (end, progress) = try await bench.backfill.run((monday - 5)...(monday + 3))
    #expect(end == .finished)
    #expect(bench.asked == [-1, -2, -4, -5].map { monday + $0 })
    #expect((progress.total, progress.fetched, progress.left, progress.calls) == (4, 4, 0, 4))
    #expect(try bench.archive.dayCount("acme") == 5)
    _ = try await bench.backfill.run((monday - 5)...monday)
    #expect(bench.asked.count == 4, "what is kept is not asked for again")
  }

  @Test func `from a day outward, past and future in turns`() async throws {
    let bench = try Bench()
    _ = try await bench.backfill.run((monday - 6)...(monday - 1), .outward(from: monday - 3))
    #expect(bench.asked == [-3, -2, -4, -1, -5, -6].map { monday + $0 })
  }

  @Test func `a provisional day is asked for again once its re-check is due`() async throws {
    let bench = try Bench()
    try await bench.archive.save(
      DayRecord(messages: reply(monday - 1).messages, isFinal: false, fetchedAt: monday.start(ofHour: 9)),
      account: "acme")
    _ = try await bench.backfill.run((monday - 1)...(monday - 1))
    #expect(bench.asked == [monday - 1])
  }

  @Test func `never more than wxtop's half of what is left`() async throws {
    let bench = try Bench(atOnce: 4)
    await bench.ledger.note(CallQuota(limit: 100, used: 60, remaining: 40), of: .hourly)
    let (end, progress) = try await bench.backfill.run((monday - 365)...monday)
    #expect(end == .overBudget)
    #expect((17...23).contains(progress.fetched), "20, and what was on its way")
    #expect(try bench.archive.dayCount("acme") == progress.fetched)
  }

  @Test func `the pace is kept`() async throws {
    let bench = try Bench(perSecond: 4)
    _ = try await bench.backfill.run((monday - 20)...(monday - 1))
    let starts = bench.api.dayCalls.map(\.at)
    #expect(zip(starts, starts.dropFirst()).allSatisfy { $1 - $0 >= .milliseconds(249) })
  }

  @Test func `what passes is waited for: twice as long each time, and the day is had`() async throws {
    let bench = try Bench()
    let failures = Failures(3)
    bench.api.script { script in
      script.day = { day, _ in
        if failures.next() { throw fault(-1) }
        return reply(day)
      }
    }
    let (end, progress) = try await bench.backfill.run((monday - 2)...(monday - 1))
    #expect(end == .finished)
    #expect((progress.fetched, progress.calls) == (2, 5))
    #expect(bench.time.elapsed >= .seconds(7), "1 + 2 + 4 seconds")
  }

  @Test(arguments: [(-1, 7), (45_011, 7), (45_009, 1), (48_001, 1), (40_164, 1)])
  func `what lasts ends it: no storm of calls`(code: Int, calls: Int) async throws {
    let bench = try Bench()
    bench.api.script { $0.day = { _, _ in throw fault(code) } }
    let (end, progress) = try await bench.backfill.run((monday - 300)...monday)
    #expect(end == .failed(fault(code)))
    #expect(progress.calls == calls)
  }

  @Test func `a bad day is passed over, but five in a row end it`() async throws {
    let bench = try Bench()
    let bad = monday - 2
    bench.api.script { script in
      script.day = { day, _ in
        if day == bad { throw APIError.truncated }
        return reply(day)
      }
    }
    let (end, progress) = try await bench.backfill.run((monday - 4)...(monday - 1))
    #expect(end == .finished)
    #expect((progress.missed, progress.firstError) == ([bad], .truncated))
    bench.api.script { $0.day = { _, _ in throw APIError.truncated } }
    let (lasting, _) = try await bench.backfill.run((monday - 300)...(monday - 5))
    #expect(lasting == .failed(.truncated))
    #expect(bench.asked.count == 4 + 5)
  }

  @Test func `cancelled it keeps what came`() async throws {
    let bench = try Bench()
    let seen = Failures(0)
    let task = Task {
      try await bench.backfill.run((monday - 300)...monday) { progress in
        if progress.fetched == 10, !seen.next() { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    let kept = try bench.archive.dayCount("acme")
    #expect((10...11).contains(kept))
  }

  @Test func `the dashboard's backfill shows how far it is, and fetches from the shown day outward`() async throws {
    let scene = try Scene(at: monday.start(ofHour: 13), settings: MonitorSettings(prefetches: false))
    let shown = BeijingDay.firstKept + 40
    try await scene.keep((.firstKept + 60)...(monday - 1))
    await scene.monitor.show(shown)
    try await scene.run { scene in
      await scene.monitor.setBackfilling(true)
      let end = ContinuousClock.now + .seconds(300)
      while await scene.monitor.status().backfill?.end == nil, ContinuousClock.now < end {
        if let next = scene.time.nextDeadline { scene.time.move(to: next) }
        await Task.yield()
      }
      let status = await scene.monitor.status()
      #expect(status.backfill?.end == .finished)
      #expect(status.archivedDays == Scene.monday - .firstKept)
      let nearFirst = scene.api.dayCalls.prefix(8).compactMap(\.day)
      #expect(nearFirst.allSatisfy { abs($0 - shown) <= 5 })
    }
  }
}

/// So many failures, then none.
private final class Failures: Sendable {
  private let left: Mutex<Int>
  init(_ count: Int) { left = Mutex(count) }
  func next() -> Bool {
    left.withLock { left in
      left -= 1
      return left >= 0
    }
  }
}
