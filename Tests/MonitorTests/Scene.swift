import MessageArchive
import Testing
import WeixinAPI
import WeixinModel

@testable import Monitor

/// A monitor on a clock that stands still, with a scripted Weixin and an archive in memory.
final class Scene: Sendable {
  /// Monday.
  static let monday = BeijingDay(ordinal: 20_682)

  let time: FakeTime
  let api: ScriptedAPI
  let archive: MessageArchive
  let monitor: AccountMonitor
  let ledger: CallLedger

  init(
    at start: Timestamp = Scene.monday.start, settings: MonitorSettings = MonitorSettings(),
    archive: MessageArchive? = nil, isOpen: Bool = true, turns: FetchTurns? = nil,
    chance: @escaping @Sendable () -> Double = { 0.5 }
  ) throws {
    time = FakeTime(start: start)
    api = ScriptedAPI(time: time)
    self.archive = try archive ?? MessageArchive.inMemory(now: time.clock.now)
    ledger = CallLedger(account: "acme", archive: self.archive, now: time.clock.now)
    api.count(in: ledger)
    monitor = AccountMonitor(
      account: Account(name: "acme"), archiveKey: "acme", api: api, archive: self.archive, clock: time.clock,
      ledger: ledger, settings: settings, isOpen: isOpen, turns: turns, random: chance)
  }

  /// Keeps final days in the archive.
  func keep(_ days: ClosedRange<BeijingDay>) async throws {
    for day in days {
      try await archive.save(
        DayRecord(messages: reply(day).messages, isFinal: true, fetchedAt: Publication.settles(day)), account: "acme")
    }
  }

  /// Runs the monitor during the body.
  func run(_ body: @Sendable @escaping (Scene) async throws -> Void) async throws {
    let monitor = monitor
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await monitor.run() }
      try await settle()
      try await body(self)
      group.cancelAll()
    }
  }

  /// Waits until the monitor has done all that can be done at this moment.
  func settle() async throws {
    let deadline = ContinuousClock.now + .seconds(300)
    while ContinuousClock.now < deadline {
      if await isSettled() { return }
      await Task.yield()
    }
    Issue.record("the monitor did not come to rest")
    throw CancellationError()
  }

  private func isSettled() async -> Bool {
    let (resting, inFlight, rest) = await monitor.repose
    guard let resting, monitor.wakeUp.isAwaited, inFlight == api.blocked else { return false }
    guard time.sleepers == inFlight + (resting == .untilDue ? 1 : 0) else { return false }
    // What was seen of waiter and sleepers counts only if the monitor did not move on between the looks.
    let after = await monitor.repose
    return after == (resting, inFlight, rest)
  }

  /// Lets time pass, stopping wherever somebody wakes.
  func advance(_ duration: Duration) async throws {
    let target = time.elapsed + duration
    try await settle()
    while let next = time.nextDeadline, next <= target {
      time.move(to: next)
      try await settle()
    }
    time.move(to: target)
  }

  func advance(to moment: Timestamp) async throws {
    try await advance(.seconds(moment - time.wall))
  }
}

extension AccountMonitor {
  /// Both in one look, so that nothing happens between them.
  fileprivate var repose: (Resting?, Int, Int) { (resting, watch.inFlight.count, rests) }
}

extension Duration {
  static func hours(_ hours: Int) -> Duration { .seconds(hours * 3_600) }
  static func days(_ days: Int) -> Duration { .hours(days * 24) }
}

extension CallBudget {
  /// A day on which Weixin lets wxtop call as often as it likes.
  static func ample(on day: BeijingDay) -> CallBudget {
    let reading = QuotaReading(
      quota: CallQuota(limit: 1_000_000, used: 0, remaining: 1_000_000), at: day.start, ownCalls: 0)
    return CallBudget(day: day, readings: [.speed: reading, .hourly: reading])
  }
}
