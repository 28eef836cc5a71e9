import MessageArchive
import Testing
import WeixinAPI
import WeixinModel

@testable import Monitor

@Suite struct CallBudgetTests {
  let noon = Scene.monday.start(ofHour: 12)

  private func budget(_ calls: Int, _ reading: QuotaReading? = nil) -> CallBudget {
    CallBudget(day: Scene.monday, calls: [.speed: calls], readings: reading.map { [.speed: $0] } ?? [:])
  }

  private func reading(_ remaining: Int, ownCalls: Int = 0, limit: Int = 1_000) -> QuotaReading {
    QuotaReading(
      quota: CallQuota(limit: limit, used: limit - remaining, remaining: remaining), at: noon, ownCalls: ownCalls)
  }

  @Test func `half of what is left is wxtop's; without a word from Weixin, half of a thousand`() {
    #expect(budget(0).allowance(.speed) == 500)
    #expect(budget(499).allowance(.speed) == 1)
    #expect(budget(700).allowance(.speed) == 0)
    #expect(budget(40, reading(800, ownCalls: 30)).allowance(.speed) == 375)
    #expect(budget(40, reading(0)).allowance(.speed) == 0)
    #expect(budget(40, reading(0, limit: 0)).allowance(.speed) == 460, "no limit is no zero")
    #expect(budget(40, reading(800, ownCalls: 30)).remaining(.speed) == 790)
  }

  @Test func `however often the quota is asked for, half of the day is the most`() async throws {
    let time = FakeTime(start: noon)
    let archive = try MessageArchive.inMemory(now: time.clock.now)
    let ledger = CallLedger(account: "acme", archive: archive, now: time.clock.now)
    var used = 0
    for round in 0..<6 {
      await ledger.note(CallQuota(limit: 1_000, used: used, remaining: 1_000 - used), of: .hourly)
      while ledger.budget.allowance(.hourly) > 0 {
        await ledger.count(.hourly)
        used += 1
      }
      // Once Weixin has surely counted them, and once it may not have.
      time.move(to: .seconds((round + 1) * (round % 2 == 0 ? 3_600 : 5)))
    }
    #expect(used == 500)
    #expect(ledger.budget.remaining(.hourly) == 500)
  }

  @Test func `a quota that was read by a clock a year ahead is asked for again`() {
    var ahead = reading(800)
    ahead.at = noon + 365 * 86_400
    #expect(budget(0, ahead).asksAgain(.speed, at: noon) == nil)
    #expect(budget(0, reading(800)).asksAgain(.speed, at: noon) == noon + 3_600)
  }

  @Test func `the interval is a wish, the budget wins`() {
    #expect(budget(0, reading(100_000)).interval(wished: 120, at: noon) == 120)
    #expect(budget(0, reading(200)).interval(wished: 120, at: noon) == 432, "12 hours for 100 calls")
    #expect(budget(0, reading(1)).interval(wished: 120, at: noon) == nil)
  }

  @Test func `of another day's reading the limit counts, and nothing else`() {
    let today = CallBudget(day: Scene.monday + 1, calls: [.speed: 100], readings: [.speed: reading(10, limit: 3_000)])
    #expect(today.allowance(.speed) == 1_400)
  }

  @Test func `two ledgers on one archive count together`() async throws {
    let archive = try MessageArchive.inMemory()
    let ledgers = (0..<2).map { _ in CallLedger(account: "acme", archive: archive, now: { noon }) }
    for ledger in ledgers { for _ in 0..<3 { await ledger.count(.speed) } }
    ledgers[0].refresh()
    #expect(ledgers.map { $0.budget.calls[.speed] } == [6, 6])
    await ledgers[1].note(CallQuota(limit: 100, used: 20, remaining: 80), of: .speed)
    ledgers[0].refresh()
    #expect(ledgers[0].budget.allowance(.speed) == 34, "Weixin may not have counted the six of this minute yet")
  }
}

/// The monitor on a clock that stands still, with a quota.
@Suite struct QuotaTests {
  let monday = Scene.monday

  private func scene(_ remaining: Int, chance: Double = 0.5) async throws -> Scene {
    let scene = try Scene(at: monday.start, settings: MonitorSettings(jitter: 0), chance: { chance })
    try await scene.keep((monday - 60)...(monday - 2))
    scene.api.script { script in
      script.quota = { _ in CallQuota(limit: remaining, used: 0, remaining: remaining) }
    }
    return scene
  }

  @Test func `with nothing left only a person may ask, until midnight`() async throws {
    let scene = try await scene(1)
    try await scene.archive.saveQuota(
      QuotaReading(quota: CallQuota(limit: 900, used: 899, remaining: 1), at: monday.start, ownCalls: 0), "acme",
      endpoint: .hourly)
    try await scene.run { scene in
      let day = monday - 300
      await scene.monitor.show(day)
      try await scene.settle()
      #expect(scene.api.dayCalls.isEmpty)
      #expect(await scene.monitor.status()[day].failure?.error == .overBudget(.hourly))
      await scene.monitor.refresh()
      try await scene.settle()
      #expect(scene.api.dayCalls.map(\.day) == [day])
      scene.api.script { $0.quota = { _ in CallQuota(limit: 9_000, used: 0, remaining: 9_000) } }
      let polls = scene.api.speedCalls.count
      try await scene.advance(to: (monday + 1).start(ofHour: 9))
      #expect(scene.api.speedCalls.count > polls)
      #expect(scene.api.dayCalls.contains { $0.day == monday })
    }
  }
}

/// A month as a value: no task, no sleep, every call counted.
@Suite struct MonthTests {
  let monday = Scene.monday

  @Test func `calls since Weixin was asked count in the quota shown`() {
    let noon = BeijingDay(ordinal: 20_685).start(ofHour: 12)
    var budget = CallBudget(
      day: noon.beijingDay, calls: [.hourly: 30],
      readings: [
        .hourly: QuotaReading(quota: CallQuota(limit: 100, used: 40, remaining: 60), at: noon, ownCalls: 20)
      ])
    #expect(budget.quotas[.hourly] == CallQuota(limit: 100, used: 50, remaining: 50))
    budget.readings[.hourly]?.at = noon + -86_400
    #expect(budget.quotas[.hourly] == CallQuota(limit: 100, used: 30, remaining: 70))
  }

  /// Polls of each day, and questions for quotas, when Weixin gives so much a day; nil when it does not say.
  private func month(limit: Int?) -> (polls: [BeijingDay: Int], questions: Int) {
    var watch = AccountWatch(
      settings: MonitorSettings(jitter: 0, prefetches: false), now: monday.start, chance: { 0.5 })
    var now = monday.start
    var polls: [BeijingDay: Int] = [:]
    var questions = 0
    while now < (monday + 30).start {
      if watch.budget.day != now.beijingDay {
        watch.budget = CallBudget(day: now.beijingDay, readings: watch.budget.readings)
      }
      let moment = Moment(wall: now, monotonic: .seconds(now - monday.start))
      // As the monitor does: every answer makes it look again.
      while case let calls = watch.begin(at: moment), !calls.isEmpty {
        for call in calls {
          switch call {
          case .speed:
            polls[now.beijingDay, default: 0] += 1
            watch.arrived(watch.span(with: MassSendSpeed(level: 0, realspeed: 80), at: now), at: now)
          case .day(let day):
            watch.arrived(DayRecord(messages: reply(day).messages, isFinal: true, fetchedAt: now), at: now)
          case .quota(let endpoint):
            questions += 1
            guard let limit else {
              watch.failed(call, fault(48_001, .quota), at: now)
              continue
            }
            let used = watch.budget.calls[endpoint, default: 0]
            watch.ended(call)
            var budget = watch.budget
            budget.readings[endpoint] = QuotaReading(
              quota: CallQuota(limit: limit, used: used, remaining: limit - used), at: now, ownCalls: used)
            watch.learned(budget, at: now)
          }
        }
      }
      let rest = watch.rest(at: Moment(wall: now, monotonic: .seconds(now - monday.start)))
      now = now + max(1, Int(rest?.components.seconds ?? 3_600))
    }
    return (polls, questions)
  }

  @Test func `where nothing is known of the quota, five hundred polls a day and no more`() {
    let (polls, questions) = month(limit: nil)
    #expect(polls.count == 30)
    #expect(polls.values.allSatisfy { (490...500).contains($0) }, "\(polls.values.sorted())")
    #expect(questions == 2 * 30 * 24)
  }

  @Test func `a quota that is wide enough is polled as it was wished: exactly every two minutes`() {
    let (polls, questions) = month(limit: 100_000)
    #expect(polls.values.reduce(0, +) == 30 * 720)
    #expect(questions == 2 * 30 * 24)
  }

  @Test(arguments: [2, 10, 100, 700])
  func `of a narrow quota half of what is left is never touched`(limit: Int) {
    let (polls, _) = month(limit: limit)
    #expect(polls.allSatisfy { $0.value < limit }, "\(polls.filter { $0.value >= limit })")
    #expect(polls.count == 30)
  }
}
