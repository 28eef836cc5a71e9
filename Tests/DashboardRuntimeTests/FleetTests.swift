import Dashboard
import DashboardRuntime
import TerminalScreen
import Testing
import WeixinModel

/// Several accounts in the loop: what is asked of the world behind it, and what stands on the screen meanwhile.
@MainActor
@Suite(.timeLimit(.minutes(5)))
struct FleetTests {
  let terminal = ScriptedTerminal()
  let log = RequestLog()
  let statuses = AsyncStream.makeStream(of: AccountStatus.self)
  let fleet = AsyncStream.makeStream(of: [AccountStatus].self)

  private nonisolated static func account(_ name: String, _ level: Int) -> AccountStatus {
    var status = AccountStatus(account: Account(name: name))
    let noon = DashboardRuntimeTests.noon
    status.newestDay = DashboardRuntimeTests.day
    let speed = MassSendSpeed(level: level, realspeed: MassSendSpeed.nominal(ofLevel: level) ?? 0)
    status.speed = SpeedSpan(speed: speed, from: noon, to: noon)
    return status
  }

  private nonisolated static let three = [account("first", 1), account("second", 2), account("third", 4)]

  private func runtime(view: ViewName = .day) -> DashboardRuntime {
    let log = log
    let feed = StatusFeed(
      statuses: statuses.stream, show: { day, _ in await log.add(.show(day)) }, refresh: {}, refetch: { _ in },
      setPaused: { _ in }, setBackfilling: { _ in }, export: { _, _, _ in .failed(.said(en: "", zh: "")) },
      keepSettings: { _ in .failed(.said(en: "", zh: "")) }, fleet: fleet.stream,
      openAccount: { await log.add(.openAccount($0)) },
      retryAccount: { await log.add(.retryAccount($0)) }, watchFleet: { await log.add(.watchFleet) })
    let state = State(
      status: Self.three[0], size: terminal.size, now: DashboardRuntimeTests.noon, view: view)
    return DashboardRuntime(
      terminal: terminal, feed: feed, state: state, now: { DashboardRuntimeTests.noon },
      sleep: { _ in while true { try await Task.sleep(for: .seconds(3_600)) } })
  }

  @Test func `switching accounts shows the new name at once, without stale news`() async {
    async let end = runtime().run()
    fleet.continuation.yield(Self.three)
    terminal.send(.key("A"))
    await terminal.until { terminal.screen.contains("3 accounts") && terminal.screen.contains("third") }
    terminal.send(.key("j"), .key(.enter))
    let day = DashboardRuntimeTests.day
    await terminal.until { terminal.screen.hasPrefix(" wxtop second") && terminal.screen.contains("L2 450k/min") }
    #expect(await log.first(4) == [.show(day), .watchFleet, .openAccount("second"), .show(day)])
    // What the account before has still to say is not for this screen.
    statuses.continuation.yield(Self.account("first", 3))
    statuses.continuation.yield(Self.account("second", 4))
    await terminal.until { terminal.screen.contains("L4 100k/min") }
    #expect(terminal.frames.allSatisfy { !$0.text.contains("L3 300k/min") })
    #expect(terminal.screen.hasPrefix(" wxtop second"))
    terminal.send(.key("q"))
    #expect(await end == .quit)
  }

  @Test func `the list is watched from the start and can retry one account`() async {
    async let end = runtime(view: .accounts).run()
    #expect(await log.first(2) == [.show(DashboardRuntimeTests.day), .watchFleet])
    fleet.continuation.yield(Self.three)
    await terminal.until { terminal.screen.contains("third") }
    terminal.send(.key(.end), .key("r"))
    #expect(await log.first(3).last == .retryAccount("third"))
    terminal.send(.key("q"))
    #expect(await end == .quit)
  }

  @Test func `switching accounts is not lost in a burst of keys`() async {
    async let end = runtime().run()
    fleet.continuation.yield(Self.three)
    terminal.send(.key("A"))
    await terminal.until { terminal.screen.contains("third") }
    terminal.send(.key(.escape), .key("a"))
    for _ in 0..<400 { terminal.send(.key(.left)) }
    await terminal.until { terminal.screen.contains((DashboardRuntimeTests.day - 400).description) }
    terminal.send(.key("A"), .key("r"))
    while await !log.all.contains(where: { if case .retryAccount = $0 { true } else { false } }) { await Task.yield() }
    let all = await log.all
    #expect(all.contains(.openAccount("second")))
    #expect(all.last(where: { if case .show = $0 { true } else { false } }) == .show(DashboardRuntimeTests.day - 400))
    terminal.send(.key("q"))
    #expect(await end == .quit)
  }
}
