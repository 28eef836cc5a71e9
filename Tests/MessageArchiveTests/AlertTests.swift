import MessageArchive
import Testing
import WeixinModel

extension Alert {
  static func sample(
    _ account: String = "acme", _ cause: Cause = .slower(speed: MassSendSpeed(level: 4, realspeed: 10), limit: 3),
    at moment: Timestamp = someDay.start(ofHour: 9)
  ) -> Alert {
    Alert(account: Account(name: account, title: "艾克美"), cause: cause, raisedAt: moment)
  }
}

@Suite("Alerts in the archive")
struct AlertTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private static let unusual: [Alert.Cause] = {
    let earlier = (1...8).map { record(someDay - 7 * $0, [row(9, 100 + $0)]) }
    guard let usual = DayBrief(record(someDay, [row(9, 10)]), after: earlier).usual else { return [] }
    return [
      .unusualDay(day: someDay, count: 9_000, usual: usual),
      .unusualHour(day: someDay, hour: 20, count: 900, usual: usual, hours: 3),
    ]
  }()

  private static let causes: [Alert.Cause] = [
    .levelChanged(from: MassSendSpeed(level: 3, realspeed: 30), to: MassSendSpeed(level: 4, realspeed: 10)),
    .slower(speed: MassSendSpeed(level: 4, realspeed: 10), limit: 3),
    .belowNominal(speed: MassSendSpeed(level: 3, realspeed: 15)),
    .unpublished(day: someDay, by: 600),
    .failing(
      error: .weixin(
        WeixinFault(
          endpoint: .token, code: 40_164, message: "invalid ip 203.0.113.7 \"quoted\"", rid: "a-b-c",
          address: "203.0.113.7")), since: someDay.start),
    .failing(error: .timedOut(seconds: 20), since: someDay.start),
    .quota(endpoint: .hourly, quota: CallQuota(limit: 500, used: 420, remaining: 80), limit: 80),
  ]

  @Test(arguments: causes + unusual)
  func `every cause comes back as it was kept, also in another process`(_ cause: Alert.Cause) async throws {
    var alert = Alert.sample("acme", cause)
    alert.notifiedAt = alert.raisedAt + 1
    let archive = try scratch.open()
    #expect(try await archive.raiseAlerts([alert]).isEmpty)
    #expect(try scratch.open().openAlerts() == [alert])
    alert.acknowledgedAt = alert.raisedAt + 60
    alert.clearedAt = alert.raisedAt + 90
    try await archive.updateAlerts([alert])
    #expect(try archive.openAlerts().isEmpty)
    #expect(try archive.newestAlerts(5) == [alert])
  }

  @Test func `of one rule and account only one alert is open, whoever raises it`() async throws {
    let (one, other) = (try scratch.open(), try scratch.open())
    let first = Alert.sample()
    let second = Alert.sample(at: first.raisedAt + 1)
    let foreign = Alert.sample("zenith", at: first.raisedAt + 1)
    #expect(try await one.raiseAlerts([first]).isEmpty)
    #expect(try await other.raiseAlerts([second, foreign]) == [second.id])
    #expect(try one.openAlerts() == [first, foreign])
    var over = first
    over.clearedAt = first.raisedAt + 10
    try await one.updateAlerts([over])
    #expect(try await other.raiseAlerts([second]).isEmpty)
  }

  @Test func `an alert on a day is there once, also after it is over`() async throws {
    let archive = try scratch.open()
    var alert = Alert.sample("acme", .unpublished(day: someDay, by: 600))
    #expect(try await archive.raiseAlerts([alert]).isEmpty)
    alert.clearedAt = alert.raisedAt + 60
    try await archive.updateAlerts([alert])
    let again = Alert.sample("acme", .unpublished(day: someDay, by: 600), at: alert.raisedAt + 600)
    #expect(try await archive.raiseAlerts([again]) == [again.id])
    #expect(try archive.newestAlerts(9) == [alert])
  }

  @Test func `what one process acknowledged stays acknowledged when another one writes its older copy`() async throws {
    let (one, other) = (try scratch.open(), try scratch.open())
    let alert = Alert.sample()
    _ = try await one.raiseAlerts([alert])
    try await other.acknowledgeAlert(alert.id, at: alert.raisedAt + 30)
    var over = alert
    over.clearedAt = alert.raisedAt + 60
    try await one.updateAlerts([over])
    let kept = try #require(try other.newestAlerts(1).first)
    #expect(kept.acknowledgedAt == alert.raisedAt + 30)
    #expect(kept.clearedAt == alert.raisedAt + 60)
    try await other.acknowledgeAlert(alert.id, at: alert.raisedAt + 90)
    #expect(try one.newestAlerts(1).first?.acknowledgedAt == alert.raisedAt + 30)
  }

  @Test func `the mark changes with everything that another process may see`() async throws {
    let archive = try scratch.open()
    var alert = Alert.sample()
    var marks = [try archive.alertsMark(from: someDay.start)]
    func isNew() throws -> Bool {
      let mark = try archive.alertsMark(from: someDay.start)
      defer { marks.append(mark) }
      return !marks.contains(mark)
    }
    _ = try await archive.raiseAlerts([alert])
    #expect(try isNew())
    alert.notifiedAt = alert.raisedAt + 1
    try await archive.updateAlerts([alert])
    #expect(try isNew())
    try await archive.acknowledgeAlert(alert.id, at: alert.raisedAt + 2)
    #expect(try isNew())
    alert.clearedAt = alert.raisedAt + 3
    try await archive.updateAlerts([alert])
    #expect(try isNew())
    #expect(try !isNew())
    _ = try await archive.raiseAlerts([.sample("zenith", at: someDay.start + -86_400 * 9)])
    #expect(try isNew())
  }

  @Test func `what an older wxtop cannot read is left out, and the rest stays`() async throws {
    let archive = try scratch.open()
    _ = try await archive.raiseAlerts([.sample(), .sample("zenith")])
    try scratch.sql("UPDATE alert SET cause = '{\"moonPhase\":{}}' WHERE account = 'zenith'")
    #expect(try archive.openAlerts() == [.sample()])
  }

  @Test func `the archive keeps the newest 10,000 alerts of 400 days`() async throws {
    let archive = try scratch.open()
    let old = Alert.sample("old", at: someDay.start + -MessageArchive.alertDays * 86_400)
    _ = try await archive.raiseAlerts([old])
    let many = (0..<MessageArchive.alertLimit + 5).map { Alert.sample("a\($0)", at: someDay.start + $0) }
    _ = try await archive.raiseAlerts(many)
    let kept = try archive.newestAlerts(20_000)
    #expect(kept.count == MessageArchive.alertLimit)
    #expect(kept.first == many.last)
    #expect(kept.last == many[5])
    let range = try archive.alerts(from: many[7].raisedAt, before: many[9].raisedAt)
    #expect(range == [many[7], many[8]])
  }
}
