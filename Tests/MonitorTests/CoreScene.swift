import MessageArchive
import Testing
import WeixinAPI
import WeixinModel
import WeixinSimulator

@testable import Monitor

/// The whole core on a clock that stands still: a monitor, a real client, real HTTP, a simulator and an archive.
final class CoreScene: Sendable {
  let time: FakeTime
  let simulator: RunningSimulator
  let archive: MessageArchive
  let monitor: AccountMonitor
  private let transport = CurlTransport()

  /// Runs a body beside a monitor that follows the simulator.
  static func run(
    _ faults: [Fault], at start: Timestamp = Scene.monday.start(ofHour: 20), keeping days: Int = 0,
    _ body: @Sendable @escaping (CoreScene) async throws -> Void
  ) async throws {
    let time = FakeTime(start: start)
    var options = Simulator.Options()
    options.now = { time.wall }
    options.faults = faults
    let scene = try CoreScene(
      time: time, simulator: try await Simulator.start(options),
      // Short only where it is waited for: on a busy machine a good answer may take its time.
      deadline: faults.contains { [.silent, .slow].contains($0.kind) } ? .milliseconds(150) : .seconds(600))
    let result: Result<Void, any Error>
    do {
      try await scene.keep(days)
      result = .success(try await scene.run(body))
    } catch {
      result = .failure(error)
    }
    await scene.transport.shutdown()
    await scene.simulator.stop()
    try result.get()
  }

  private init(time: FakeTime, simulator: RunningSimulator, deadline: Duration) throws {
    self.time = time
    self.simulator = simulator
    archive = try MessageArchive.inMemory(now: time.clock.now)
    let account = Simulator.Account()
    let ledger = CallLedger(account: "acme", archive: archive, now: time.clock.now)
    let server = try WeixinServer(
      address: simulator.baseURL, transport: transport, userAgent: "wxtop/test", deadline: deadline,
      onCall: { await ledger.count($0) })
    let tokens = AppToken(
      appID: account.appID, secret: Secret(account.secret), server: server,
      store: ArchivedTokens(archive: archive, account: account.appID, call: .stable))
    let client = WeixinClient(server: server, tokens: tokens)
    monitor = AccountMonitor(
      account: Account(name: "acme"), archiveKey: "acme", api: client, archive: archive, clock: time.clock,
      ledger: ledger, random: { 0.5 })
  }

  /// What the simulator says of a day.
  func messages(on day: BeijingDay) -> HourlyMessages {
    HourlyMessages(day: day, rows: SimulatedHistory().rows(on: day))
  }

  private func keep(_ days: Int) async throws {
    for offset in 0..<days {
      let day = Publication.newestOpen(at: time.wall) - offset
      try await archive.save(
        DayRecord(messages: messages(on: day), isFinal: true, fetchedAt: Publication.settles(day)), account: "acme")
    }
  }

  private func run(_ body: @Sendable @escaping (CoreScene) async throws -> Void) async throws {
    let monitor = monitor
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await monitor.run() }
      defer { group.cancelAll() }
      try await settle()
      try await body(self)
    }
  }

  /// Waits until no call is under way and the monitor sleeps.
  func settle() async throws {
    let deadline = ContinuousClock.now + .seconds(300)
    while ContinuousClock.now < deadline {
      if await isSettled() { return }
      try await Task.sleep(for: .milliseconds(1))
    }
    Issue.record("the monitor did not come to rest")
    throw CancellationError()
  }

  private func isSettled() async -> Bool {
    let (resting, inFlight, rests) = await monitor.repose
    guard let resting, inFlight == 0, monitor.wakeUp.isAwaited else { return false }
    guard time.sleepers == (resting == .untilDue ? 1 : 0) else { return false }
    return await monitor.repose == (resting, inFlight, rests)
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
}

extension AccountMonitor {
  /// All in one look, so that nothing happens between them.
  fileprivate var repose: (Resting?, Int, Int) { (resting, watch.inFlight.count, rests) }
}
