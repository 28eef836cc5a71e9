import Dashboard
import DashboardRuntime
import Synchronization
import TerminalScreen
import Testing
import WeixinModel

@MainActor
@Suite(.timeLimit(.minutes(5)))
struct DashboardRuntimeTests {
  nonisolated static let day = BeijingDay(ordinal: 20_685)
  nonisolated static let noon = (day + 1).start(ofHour: 12)

  let terminal = ScriptedTerminal()
  let log = RequestLog()
  let statuses = AsyncStream.makeStream(of: AccountStatus.self)

  private var feed: StatusFeed {
    let log = log
    return StatusFeed(
      statuses: statuses.stream, show: { day, _ in await log.add(.show(day)) },
      refresh: { await log.add(.refresh) }, refetch: { await log.add(.refetch($0)) },
      setPaused: { await log.add(.setPaused($0)) }, setBackfilling: { _ in },
      export: { text, _, suggestion in .written(path: suggestion) },
      keepSettings: { _ in .failed(.said(en: "full", zh: "full")) })
  }

  private func runtime(
    _ feed: StatusFeed? = nil, rings: Bool = false,
    sleep: @escaping @Sendable (Duration) async throws -> Void = Self.never
  ) -> DashboardRuntime {
    var status = AccountStatus(account: Account(name: "acme"))
    status.newestDay = Self.day
    var state = State(status: status, size: terminal.size, now: Self.noon)
    state.rings = rings
    return DashboardRuntime(
      terminal: terminal, feed: feed ?? self.feed, state: state, now: { Self.noon }, sleep: sleep)
  }

  @Sendable private static func never(_: Duration) async throws {
    while true { try await Task.sleep(for: .seconds(3_600)) }
  }

  @Test func `it draws at once and asks for its day`() async {
    async let end = runtime().run()
    await terminal.until { !terminal.frames.isEmpty }
    #expect(terminal.screen.contains("2026-08-20"))
    #expect(await log.first(1) == [.show(Self.day)])
    terminal.send(.key("q"))
    #expect(await end == .quit)
  }

  @Test func `an alert is shown, rings and can be acknowledged`() async {
    let (alerts, notices) = (AsyncStream.makeStream(of: [Alert].self), AsyncStream.makeStream(of: State.Notice.self))
    let log = log
    var feed = feed
    (feed.alerts, feed.notices) = (alerts.stream, notices.stream)
    feed.acknowledge = { await log.add(.acknowledge($0)) }
    async let end = runtime(feed, rings: true).run()
    alerts.continuation.yield([])
    notices.continuation.yield(.init(.said(en: "the command hangs", zh: "命令卡住"), isWarning: true))
    await terminal.until { terminal.screen.contains("the command hangs") }
    let cause = Alert.Cause.slower(speed: MassSendSpeed(level: 4, realspeed: 10), limit: 3)
    var alert = Alert(account: Account(name: "acme"), cause: cause, raisedAt: Self.noon)
    alert.notifiedAt = Self.noon
    alerts.continuation.yield([alert])
    await terminal.until { terminal.bells == 1 }
    terminal.send(.key("K"))
    #expect(await log.first(2) == [.show(Self.day), .acknowledge([alert.id])])
    terminal.send(.key("Q"))
    #expect(await end == .quit)
  }

  @Test func `keys move the screen, and requests keep their order`() async {
    async let end = runtime().run()
    terminal.send(.key(.left), .key(.left), .key("r"), .key(" "))
    #expect(
      await log.first(5) == [
        .show(Self.day), .show(Self.day - 1), .show(Self.day - 2), .refresh, .setPaused(true),
      ])
    await terminal.until { terminal.screen.contains("2026-08-18") }
    terminal.send(.key("Q"))
    #expect(await end == .quit)
  }

  @Test func `a burst of keys costs one frame`() async {
    async let end = runtime().run()
    await terminal.until { !terminal.frames.isEmpty }
    let drawn = terminal.frames.count
    for _ in 0..<200 { terminal.send(.key(.left)) }
    await terminal.until { terminal.screen.contains((Self.day - 200).description) }
    #expect(terminal.frames.count == drawn + 1)
    terminal.send(.key("q"))
    #expect(await end == .quit)
  }

  @Test func `a new status is shown, an equal one draws nothing`() async {
    async let end = runtime().run()
    await terminal.until { !terminal.frames.isEmpty }
    var status = AccountStatus(account: Account(name: "acme"))
    status.newestDay = Self.day
    status.speed = SpeedSpan(speed: MassSendSpeed(level: 2, realspeed: 45), from: Self.noon, to: Self.noon)
    statuses.continuation.yield(status)
    await terminal.until { terminal.screen.contains("L2 450k/min") }
    let drawn = terminal.frames.count
    statuses.continuation.yield(status)
    terminal.send(.key(.control("l")))
    await terminal.until { terminal.invalidations == 1 && terminal.frames.count > drawn }
    #expect(terminal.frames.count == drawn + 1)
    terminal.send(.key("q"))
    #expect(await end == .quit)
  }

  @Test func `it follows resizing, suspending and resuming`() async {
    async let end = runtime().run()
    terminal.send(.resize(Size(width: 60, height: 20)))
    await terminal.until { terminal.frames.last?.size == Size(width: 60, height: 20) }
    terminal.send(.key(.control("z")))
    await terminal.until { terminal.suspensions == 1 }
    terminal.send(.resumed)
    await terminal.until { terminal.invalidations == 1 }
    terminal.send(.key("q"))
    #expect(await end == .quit)
  }

  @Test func `displayed ages grow as time passes`() async {
    let ticks = AsyncStream.makeStream(of: Void.self)
    let seconds = Seconds()
    var status = AccountStatus(account: Account(name: "acme"))
    status.speed = SpeedSpan(speed: MassSendSpeed(level: 2, realspeed: 45), from: Self.noon, to: Self.noon)
    let feed = StatusFeed(
      statuses: statuses.stream, show: { _, _ in }, refresh: {}, refetch: { _ in },
      setPaused: { _ in }, setBackfilling: { _ in }, export: { _, _, _ in .failed(.said(en: "", zh: "")) },
      keepSettings: { _ in .failed(.said(en: "", zh: "")) })
    let runtime = DashboardRuntime(
      terminal: terminal, feed: feed, state: State(status: status, size: terminal.size, now: Self.noon),
      now: { Self.noon + seconds.value.load(ordering: .relaxed) },
      sleep: { _ in
        for await _ in ticks.stream { return }
        throw CancellationError()
      })
    async let end = runtime.run()
    await terminal.until { terminal.screen.contains("speed 0 s ago") }
    seconds.value.store(20, ordering: .relaxed)
    ticks.continuation.yield()
    await terminal.until { terminal.screen.contains("speed 20 s ago") }
    terminal.send(.key("q"))
    #expect(await end == .quit)
  }

  @Test func `the loop ends when the terminal closes`() async {
    async let end = runtime().run()
    terminal.send(.closed)
    #expect(await end == .terminalClosed)
  }

  @Test func `the loop ends when the terminal falls silent for good`() async {
    async let end = runtime().run()
    await terminal.until { !terminal.frames.isEmpty }
    terminal.hangUp()
    #expect(await end == .terminalClosed)
  }

  @Test func `a signal ends the loop even while the monitor hangs`() async {
    let feed = StatusFeed(
      statuses: statuses.stream, show: { _, _ in try? await Self.never(.zero) }, refresh: {}, refetch: { _ in },
      setPaused: { _ in }, setBackfilling: { _ in }, export: { _, _, _ in .failed(.said(en: "", zh: "")) },
      keepSettings: { _ in .failed(.said(en: "", zh: "")) })
    let state = State(status: AccountStatus(account: Account(name: "a")), size: terminal.size, now: Self.noon)
    let runtime = DashboardRuntime(terminal: terminal, feed: feed, state: state, now: { Self.noon }, sleep: Self.never)
    async let end = runtime.run()
    await terminal.until { !terminal.frames.isEmpty }
    terminal.send(.key(.left))
    await terminal.until { terminal.screen.contains("2026-08-19") }
    runtime.stop(signal: 15)
    #expect(await end == .stopped(signal: 15))
  }

  @Test func `a signal that comes before the loop has begun ends it`() async {
    let (statuses, status) = AsyncStream.makeStream(of: AccountStatus.self)
    defer { status.finish() }
    let feed = StatusFeed(
      statuses: statuses, show: { _, _ in }, refresh: {}, refetch: { _ in }, setPaused: { _ in },
      setBackfilling: { _ in }, export: { _, _, _ in .failed(.said(en: "", zh: "")) },
      keepSettings: { _ in .failed(.said(en: "", zh: "")) })
    let state = State(status: AccountStatus(account: Account(name: "a")), size: terminal.size, now: Self.noon)
    let runtime = DashboardRuntime(terminal: terminal, feed: feed, state: state, now: { Self.noon }, sleep: Self.never)
    runtime.stop(signal: 15)
    for _ in 0..<10 { await Task.yield() }
    #expect(await runtime.run() == .stopped(signal: 15))
  }
}

/// A number that test and program share.
private final class Seconds: Sendable {
  let value = Atomic(0)
}
