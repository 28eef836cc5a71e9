import Synchronization
import Testing
import WeixinModel

@testable import MessageArchive
@testable import Monitor

/// What was handed on.
final class Deliveries: Sendable {
  private let taken = Mutex<[String]>([])

  var words: [String] { taken.withLock(\.self) }

  func take(_ alert: Alert) {
    taken.withLock { $0.append((alert.isOpen ? "+" : "-") + "\(alert.account.name) \(alert.rule.rawValue)") }
  }
}

@Suite("The desk of alerts")
struct AlertDeskTests {
  private let time = FakeTime(start: Scene.monday.start(ofHour: 12))
  private let archive: MessageArchive
  private let deliveries = Deliveries()

  init() throws { archive = try MessageArchive.inMemory() }

  private func desk(
    _ rules: AlertRules = AlertRules(), _ deliveries: Deliveries? = nil, accounts: [String] = ["acme"]
  ) -> AlertDesk {
    let taker = deliveries ?? self.deliveries
    return AlertDesk(
      rules: rules, accounts: accounts.map { Account(name: $0) }, archive: archive, clock: time.clock
    ) { taker.take($0) }
  }

  /// A status two minutes later, with a level.
  private func poll(_ level: Int, _ name: String = "acme", passing seconds: Int = 120) -> AccountStatus {
    time.move(to: time.elapsed + .seconds(seconds))
    var status = AccountStatus(account: Account(name: name))
    let speed = MassSendSpeed(level: level, realspeed: MassSendSpeed.nominal(ofLevel: level) ?? 0)
    status.speed = SpeedSpan(speed: speed, from: time.wall, to: time.wall)
    return status
  }

  private func first(_ desk: AlertDesk) async -> [Alert] {
    for await alerts in await desk.alerts() { return alerts }
    return []
  }

  @Test func `an alert is shown, kept, handed on, and so is its end`() async throws {
    let desk = desk()
    for level in [3, 4, 4] { await desk.consider(poll(level)) }
    let shown = await first(desk)
    #expect(shown.map(\.rule) == [.slowerThan])
    #expect(shown.first?.notifiedAt == time.wall)
    #expect(try archive.openAlerts() == shown)
    #expect(deliveries.words == ["+acme slower_than"])
    for level in [3, 3] { await desk.consider(poll(level)) }
    #expect(await first(desk).map(\.isOpen) == [false])
    #expect(try archive.openAlerts().isEmpty)
    #expect(deliveries.words == ["+acme slower_than", "-acme slower_than"])
  }

  @Test func `a new process shows what is open, tells it no second time, and clears it`() async throws {
    let before = desk()
    for level in [3, 4, 4] { await before.consider(poll(level)) }
    let later = Deliveries()
    let after = desk(AlertRules(), later)
    #expect(await first(after).map(\.rule) == [.slowerThan])
    for level in [4, 4] { await after.consider(poll(level)) }
    #expect(later.words.isEmpty)
    for level in [3, 3] { await after.consider(poll(level)) }
    #expect(later.words == ["-acme slower_than"])
  }

  @Test func `new rules take effect at once and tell no past change`() async throws {
    let desk = desk()
    for level in [2, 4, 4] { await desk.consider(poll(level)) }
    var rules = AlertRules()
    rules.slowerThan = nil
    rules.levelChanged = false
    await desk.use(rules)
    #expect(try archive.openAlerts().isEmpty)
    for level in [1, 1] { await desk.consider(poll(level)) }
    rules.levelChanged = true
    await desk.use(rules)
    for level in [1, 1] { await desk.consider(poll(level)) }
    #expect(deliveries.words == ["+acme slower_than", "-acme slower_than"])
    for level in [2, 2] { await desk.consider(poll(level)) }
    #expect(deliveries.words.last == "+acme level_changed")
    // A failure that has lasted is told as soon as the rule asks for no longer one.
    var status = poll(2)
    status.speedFailure = Failure(error: .timedOut(seconds: 20), at: time.wall)
    await desk.consider(status)
    time.move(to: time.elapsed + .seconds(300))
    rules.failingMinutes = 5
    await desk.use(rules)
    #expect(deliveries.words.last == "+acme failing_minutes")
  }

  @Test func `other rules leave what another process has raised`() async throws {
    let (monitor, dashboard) = (desk(), desk(AlertRules(), Deliveries()))
    await dashboard.setFollowing(["acme": true])
    for level in [3, 4, 4] { await monitor.consider(poll(level)) }
    await dashboard.reload()
    await dashboard.use(.none)
    #expect(await first(dashboard).map(\.rule) == [.slowerThan])
    #expect(try archive.openAlerts().count == 1)
  }

  @Test func `an acknowledgement travels to another process, and stays when the alert is over`() async throws {
    let (monitor, dashboard) = (desk(), desk(AlertRules(), Deliveries()))
    await dashboard.setFollowing(["acme": true])
    for level in [3, 4, 4] { await monitor.consider(poll(level)) }
    await dashboard.reload()
    let seen = try #require(await first(dashboard).first)
    #expect(seen.isPending)
    time.move(to: time.elapsed + .seconds(60))
    let acknowledgedAt = time.wall
    await dashboard.acknowledge(seen.id)
    #expect(await first(dashboard).first?.acknowledgedAt == acknowledgedAt)
    await monitor.reload()
    #expect(await first(monitor).first?.acknowledgedAt == acknowledgedAt)
    for level in [3, 3] { await monitor.consider(poll(level)) }
    await dashboard.reload()
    let over = try #require(await first(dashboard).first)
    #expect(!over.isOpen)
    #expect(over.acknowledgedAt == acknowledgedAt)
  }

  @Test func `a follower raises nothing and hands nothing on, until it leads`() async throws {
    let desk = desk()
    let account = Account(name: "acme")
    await desk.setFollowing([account.name: true])
    for level in [3, 4, 4, 4] { await desk.consider(poll(level)) }
    #expect(await first(desk).isEmpty)
    #expect(deliveries.words.isEmpty)
    await desk.setFollowing([account.name: false])
    for level in [4, 4] { await desk.consider(poll(level)) }
    #expect(deliveries.words == ["+acme slower_than"])
  }

  @Test func `two processes that lead at once tell it once`() async throws {
    let (one, other) = (desk(), desk())
    for level in [3, 4, 4, 4] {
      let status = poll(level)
      await one.consider(status)
      await other.consider(status)
    }
    #expect(deliveries.words == ["+acme slower_than"])
    #expect(await first(other) == (try archive.openAlerts()))
  }

  @Test func `only alerts of known accounts are shown`() async throws {
    let fleet = desk(accounts: ["acme", "zenith"])
    for name in ["acme", "zenith"] {
      for level in [3, 4, 4] { await fleet.consider(poll(level, name)) }
    }
    #expect(await first(fleet).map(\.account.name) == ["zenith", "acme"])
    #expect(await first(desk(accounts: ["acme"])).map(\.account.name) == ["acme"])
  }

  @Test func `long failures and late days are told though no status comes`() async throws {
    let desk = desk()
    var status = AccountStatus(account: Account(name: "acme"))
    status.speedFailure = Failure(error: .timedOut(seconds: 20), at: time.wall)
    await desk.consider(status)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await desk.run() }
      try await until { time.sleepers == 1 }
      time.move(to: .seconds(899))
      #expect(deliveries.words.isEmpty)
      time.move(to: .seconds(900))
      try await until { !deliveries.words.isEmpty }
      #expect(deliveries.words == ["+acme failing_minutes"])
      group.cancelAll()
    }
  }

  @Test func `a desk that sleeps wakes for what a new status makes due`() async throws {
    let desk = desk()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await desk.run() }
      try await until { desk.wakeUp.isAwaited }
      var status = AccountStatus(account: Account(name: "acme"))
      status.speedFailure = Failure(error: .timedOut(seconds: 20), at: time.wall)
      await desk.consider(status)
      try await until { time.sleepers == 1 }
      time.move(to: .seconds(900))
      try await until { !deliveries.words.isEmpty }
      group.cancelAll()
    }
  }

  // MARK: Quiet hours

  private var quietRules: AlertRules {
    var rules = AlertRules()
    rules.quiet = QuietHours(from: 12 * 60, to: 13 * 60)
    return rules
  }

  @Test func `quiet hours delay what is handed on, not what is shown`() async throws {
    let desk = desk(quietRules)
    for level in [3, 4, 4] { await desk.consider(poll(level)) }
    #expect(await first(desk).map(\.notifiedAt) == [nil])
    #expect(deliveries.words.isEmpty)
    time.move(to: .seconds(3_600))
    await desk.look()
    #expect(deliveries.words == ["+acme slower_than"])
    #expect(await first(desk).first?.notifiedAt == time.wall)
    await desk.look()
    #expect(deliveries.words.count == 1)
  }

  @Test func `what begins and ends in quiet hours, or was seen in them, is told to nobody`() async throws {
    let desk = desk(quietRules, accounts: ["acme", "zenith"])
    for level in [3, 4, 4, 3, 3] { await desk.consider(poll(level)) }
    for level in [3, 4, 4] { await desk.consider(poll(level, "zenith")) }
    let alerts = await first(desk)
    await desk.acknowledge(try #require(alerts.first?.id))
    time.move(to: .seconds(3_600))
    await desk.look()
    #expect(deliveries.words.isEmpty)
  }

  @Test func `the end of an alert that was told waits for the end of quiet hours`() async throws {
    var rules = AlertRules()
    rules.quiet = QuietHours(from: 12 * 60 + 30, to: 13 * 60)
    let desk = desk(rules)
    for level in [3, 4, 4] { await desk.consider(poll(level)) }
    time.move(to: .seconds(1_800))
    for level in [3, 3] { await desk.consider(poll(level)) }
    #expect(deliveries.words == ["+acme slower_than"])
    time.move(to: .seconds(3_600))
    await desk.look()
    #expect(deliveries.words == ["+acme slower_than", "-acme slower_than"])
  }

  @Test(arguments: [
    (22, false), (23, true), (0, true), (6, true), (7, false), (12, false),
  ])
  func `quiet hours may go over midnight`(hour: Int, isQuiet: Bool) throws {
    let quiet = try #require(QuietHours(from: 23 * 60, to: 7 * 60))
    let moment = Scene.monday.start(ofHour: hour)
    #expect(quiet.contains(moment) == isQuiet)
    if isQuiet {
      #expect(!quiet.contains(quiet.end(after: moment)))
      #expect(quiet.contains(quiet.end(after: moment) + -1))
    }
  }

  // MARK: Archives that fail

  @Test func `an archive that cannot be written keeps nobody from being told, and gets it later`() async throws {
    let desk = desk()
    await desk.consider(poll(3))
    try await archive.execute("ALTER TABLE alert RENAME TO elsewhere")
    for level in [4, 4] { await desk.consider(poll(level)) }
    #expect(deliveries.words == ["+acme slower_than"])
    #expect(await first(desk).count == 1)
    try await archive.execute("ALTER TABLE elsewhere RENAME TO alert")
    for level in [3, 3] { await desk.consider(poll(level)) }
    #expect(try archive.newestAlerts(9).map(\.isOpen) == [false])
  }

  private func until(_ isSo: () -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(300)
    while !isSo() {
      if ContinuousClock.now > deadline {
        Issue.record("it did not come")
        throw CancellationError()
      }
      await Task.yield()
    }
  }
}
