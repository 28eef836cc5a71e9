import Dashboard
import TerminalScreen
import WeixinModel

/// The five accounts of the mock-ups, one of them refused for its address, and fleets of any size.
extension Samples {
  static let lab = "acme-lab"

  static let fleet = [
    account("acme-cn", "艾克美", bars: "211100112444553344468853", total: 17_844, before: 15_930, level: 3),
    account("acme-shop", "商城", bars: "111100113434344333434864", total: 9_310, before: 9_700, level: 0),
    account("acme-hr", "", bars: "000000003565754556580000", total: 412, before: 408, level: 4, isFinal: false),
    brokenAccount, idleAccount,
  ]

  static func account(
    _ name: String, _ title: String, bars: String, total: Int, before: Int, level: Int, isFinal: Bool = true
  ) -> AccountStatus {
    var status = AccountStatus(account: Account(name: name, title: title))
    let record = record(day, total: total, bars: bars, isFinal: isFinal)
    let earlier = (1...8).map { Samples.record(day - 7 * $0, total: before + ($0 % 3 - 1) * before / 50, bars: bars) }
    status.days[day] = DayStatus(record: record)
    status.brief = DayBrief(record, after: earlier)
    status.newestDay = day
    let speed = MassSendSpeed(level: level, realspeed: MassSendSpeed.nominal(ofLevel: level) ?? 0)
    status.speed = SpeedSpan(speed: speed, from: noon + -9_000, to: noon + -42)
    status.nextPoll = noon + 78
    status.callsToday = 12
    status.quotas = [.speed: CallQuota(limit: 1_000, used: 22, remaining: 978)]
    return status
  }

  /// Never seen since its server's address is not on the whitelist.
  static var brokenAccount: AccountStatus {
    var status = AccountStatus(account: Account(name: lab))
    let fault = WeixinFault(
      endpoint: .token, code: 40_164, message: "invalid ip 203.0.113.7, not in whitelist", address: "203.0.113.7")
    let failure = Failure(error: .weixin(fault), at: noon + -840)
    status.days[day] = DayStatus(failure: failure)
    status.speedFailure = failure
    status.speed = SpeedSpan(
      speed: MassSendSpeed(level: 2, realspeed: 45), from: noon + -90_000, to: noon + -86_000)
    status.newestDay = day - 1
    status.brief = DayBrief(record(day - 1, total: 96, bars: "000000001111111111110000"))
    status.callsToday = 1
    return status
  }

  /// Nobody writes to it, and its speed is not polled.
  static var idleAccount: AccountStatus {
    var status = AccountStatus(account: Account(name: "acme-old"))
    let record = DayRecord(messages: HourlyMessages(day: day, rows: []), isFinal: true, fetchedAt: noon + -300)
    status.days[day] = DayStatus(record: record)
    status.brief = DayBrief(record)
    status.newestDay = day
    status.isPaused = true
    return status
  }

  /// A day whose hours are as high as the digits say.
  static func record(_ day: BeijingDay, total: Int, bars: String, isFinal: Bool = true) -> DayRecord {
    let heights = bars.compactMap(\.wholeNumberValue)
    let sum = max(1, heights.reduce(0, +))
    var counts = heights.map { total * $0 / sum }
    let peak = counts.firstIndex(of: counts.max() ?? 0) ?? 0
    counts[peak] += total - counts.reduce(0, +)
    let rows = counts.enumerated().filter { $0.element > 0 }.map {
      HourlyRow(hour: $0.offset, type: MessageType(1), users: 1, count: $0.element)
    }
    return DayRecord(
      messages: HourlyMessages(day: day, rows: rows), isFinal: isFinal, fetchedAt: (day + 1).start(ofHour: 12) + 240)
  }

  static func fleetState(
    _ width: Int = 80, _ height: Int = 24, mode: DrawingMode = DrawingMode(), language: Language = .en,
    fleet: [AccountStatus] = fleet
  ) -> State {
    var open = fleet.first ?? status
    open.history.isWhole = true
    var state = state(width, height, status: open, mode: mode, language: language)
    state.fleet = fleet
    state.view = .accounts
    state.hasLookedAtFleet = true
    return state
  }

  /// A fleet of any size, in every state that there is.
  static func largeFleet(_ count: Int) -> [AccountStatus] {
    (0..<count).map { index in
      var status = fleet[index % 5]
      status.account = Account(name: "account-\(index)", title: index % 3 == 0 ? "公众号 \(index)" : "")
      if index % 7 == 3 {
        status.days[day] = DayStatus(isFetching: true)
        status.brief = nil
      }
      if index % 11 == 5 {
        status.days = [:]
        status.brief = nil
        status.speed = nil
      }
      if index % 13 == 6 {
        status.speedFailure = Failure(error: .timedOut(seconds: 10), at: noon + -5, retryAt: noon + 3)
      }
      status.log = [LogEntry(.revised(day - 1, from: index, to: index + 1), at: noon + -index)]
      return status
    }
  }

  static var events: [(String, LogEntry)] {
    let (three, four) = (MassSendSpeed(level: 3, realspeed: 30), MassSendSpeed(level: 4, realspeed: 10))
    return [
      ("acme-cn", LogEntry(.call(.speed, nil, milliseconds: 41, nil), at: noon + -42)),
      ("acme-cn", LogEntry(.speedChanged(from: three, to: four), at: day.start(ofHour: 19) + 240)),
      ("acme-cn", LogEntry(.speedChanged(from: four, to: three), at: day.start(ofHour: 22) + 120)),
      ("acme-shop", LogEntry(.revised(day, from: 9_307, to: 9_310), at: noon + -60)),
    ]
  }

  static func withEvents(_ fleet: [AccountStatus] = fleet) -> [AccountStatus] {
    fleet.map { status in
      var status = status
      status.log = events.filter { $0.0 == status.account.name }.map(\.1).sorted { $0.at < $1.at }
      return status
    }
  }
}
