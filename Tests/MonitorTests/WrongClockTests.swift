import Testing
import WeixinModel

@testable import Monitor

/// What a monitor does when somebody sets the wall clock.
@Suite struct WrongClockTests {
  private let noon = Scene.monday.start(ofHour: 12)

  private func moment(_ wall: Timestamp, _ seconds: Int) -> Moment { Moment(wall: wall, monotonic: .seconds(seconds)) }

  @Test(arguments: [300, 86_400, 11 * 365 * 86_400])
  func `after a clock was set back, polls and tries go on as if it never had been ahead`(ahead: Int) {
    var watch = AccountWatch(
      settings: MonitorSettings(jitter: 0, prefetches: false, asksQuotas: false), now: noon + ahead, chance: { 0.5 })
    #expect(watch.begin(at: moment(noon + ahead, 0)).contains(.speed))
    watch.failed(.speed, .timedOut(seconds: 10), at: noon + ahead)
    let wait = (watch.pollAt ?? noon) - (noon + ahead)
    #expect(wait > 0)
    _ = watch.begin(at: moment(noon + 1, 1))
    #expect(watch.pollAt == noon + wait)
    #expect(watch.begin(at: moment(noon + wait, wait)).contains(.speed))
    watch.arrived(SpeedSpan(speed: MassSendSpeed(level: 0, realspeed: 80), from: noon, to: noon), at: noon + wait)
    #expect(watch.speed?.to == noon)
  }

  @Test func `a speed that was seen by a clock ahead gives way to the one of the archive`() {
    var watch = AccountWatch(settings: MonitorSettings(), now: noon, chance: { 0.5 })
    let ahead = noon + 86_400
    watch.speed = SpeedSpan(speed: MassSendSpeed(level: 3, realspeed: 30), from: ahead, to: ahead)
    let seen = SpeedSpan(speed: MassSendSpeed(level: 0, realspeed: 80), from: noon + -60, to: noon)
    watch.take(seen, at: noon)
    #expect(watch.speed == seen)
  }

  @Test func `an account that the quota forbids to poll says so`() {
    var watch = AccountWatch(settings: MonitorSettings(), now: noon, chance: { 0.5 })
    #expect(!watch.status(of: Account(name: "acme"), at: noon).isSpeedOverBudget)
    watch.budget.calls[.speed] = CallBudget.assumedLimit
    let spent = watch.status(of: Account(name: "acme"), at: noon)
    #expect(spent.isSpeedOverBudget && spent.speedFailure?.error == .overBudget(.speed))
    // A speed of now is there, whoever may not ask for another.
    watch.speed = SpeedSpan(speed: MassSendSpeed(level: 0, realspeed: 80), from: noon, to: noon)
    #expect(watch.status(of: Account(name: "acme"), at: noon).speedFailure == nil)
    #expect(watch.status(of: Account(name: "acme"), at: noon + 600).speedFailure?.error == .overBudget(.speed))
  }
}
