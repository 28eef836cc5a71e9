import Dashboard
import Monitor
import TerminalScreen
import Testing
import WeixinModel

@testable import wxtop

/// Whether a frame of all accounts is whole: its status says so to whoever reads only the sums.
@Suite struct MissingAccountTests {
  private let now = BeijingDay(ordinal: 20_685).start(ofHour: 14)

  private func status(_ name: String, spent: Bool = false, speed: Bool = true, day: Bool = true) -> AccountStatus {
    var status = AccountStatus(account: Account(name: name))
    status.isSpeedOverBudget = spent
    if speed { status.speed = SpeedSpan(speed: MassSendSpeed(level: 0, realspeed: 80), from: now, to: now) }
    if day {
      let messages = HourlyMessages(day: Publication.newestOpen(at: now), rows: [])
      status.brief = DayBrief(DayRecord(messages: messages, isFinal: true, fetchedAt: now), after: [])
    }
    return status
  }

  @Test func `nothing is missing where each account has its speed and its newest day`() {
    #expect([status("a"), status("b", spent: true)].firstMissing(at: now, isOffline: false) == nil)
  }

  @Test func `an account that the quota keeps from being polled is missing`() {
    let statuses = [status("a"), status("b", spent: true, speed: false)]
    #expect(statuses.firstMissing(at: now, isOffline: false)?.error == .overBudget(.speed))
    #expect(statuses.firstMissing(at: now, isOffline: true) == nil, "nobody asked Weixin")
  }

  @Test func `one account's frame is missing what it lacks`() {
    func state(_ status: AccountStatus) -> State {
      State(status: status, size: Size(width: 80, height: 24), now: now, day: Publication.newestOpen(at: now))
    }
    var whole = status("a")
    let messages = HourlyMessages(day: Publication.newestOpen(at: now), rows: [])
    whole.days[messages.day] = DayStatus(record: DayRecord(messages: messages, isFinal: true, fetchedAt: now))
    #expect(state(whole).missing == nil)
    var spent = whole
    (spent.speed, spent.speedFailure) = (nil, Failure(error: .overBudget(.speed), at: now))
    #expect(state(spent).missing == .overBudget(.speed))
    var slow = whole
    slow.speed = nil
    #expect(state(slow).missing == .timedOut(seconds: 25))
    var inCloud = slow
    inCloud.speedFailure = Failure(error: .notInCloud(.speed), at: now)
    #expect(state(inCloud).missing == nil, "Weixin has no such call")
    var empty = whole
    empty.days = [:]
    #expect(state(empty).missing == .timedOut(seconds: 25))
  }

  @Test func `an account that did not answer in time is missing`() {
    for statuses in [[status("a"), status("b", speed: false)], [status("a", day: false)]] {
      #expect(statuses.firstMissing(at: now, isOffline: false)?.error == .timedOut(seconds: 30))
    }
  }

  @Test func `an account that failed is missing for its own reason`() {
    var failed = status("b", speed: false)
    failed.speedFailure = Failure(error: .tls(host: "h", cause: "c"), at: now)
    #expect([status("a"), failed].firstMissing(at: now, isOffline: false)?.error == .tls(host: "h", cause: "c"))
  }
}
