import Glibc
import Testing
import WeixinModel

@testable import Monitor

/// A watch on an account, and the minutes that pass.
struct AlertScene {
  static let start = Scene.monday.start(ofHour: 12)

  var watch: AlertWatch
  var now: Timestamp
  var status = AccountStatus(account: Account(name: "acme"))

  init(_ rules: AlertRules = AlertRules(), at now: Timestamp = start) {
    watch = AlertWatch(account: status.account, rules: rules)
    self.now = now
    status.newestDay = now.beijingDay - 1
  }

  /// Two minutes later a poll sees a speed.
  mutating func poll(_ level: Int, _ realspeed: Int? = nil) -> [AlertWatch.Change] {
    now = now + 120
    let speed = MassSendSpeed(level: level, realspeed: realspeed ?? MassSendSpeed.nominal(ofLevel: level) ?? 0)
    status.speed = SpeedSpan(speed: speed, from: now, to: now)
    status.speedFailure = nil
    status.nextPoll = now + 120
    return watch.consider(status, at: now)
  }

  mutating func fail(
    _ error: APIError = .timedOut(seconds: 20), after seconds: Int = 120, attempts: Int = 1, since: Timestamp? = nil
  ) -> [AlertWatch.Change] {
    now = now + seconds
    status.speedFailure = Failure(error: error, at: now, attempts: attempts, since: since)
    return watch.consider(status, at: now)
  }

  mutating func pass(_ seconds: Int) -> [AlertWatch.Change] {
    now = now + seconds
    return watch.look(at: now)
  }

  mutating func see() -> [AlertWatch.Change] { watch.consider(status, at: now) }
}

extension [AlertWatch.Change] {
  /// `+rule` for what was raised, `-rule` for what is over, `~rule` for what changed.
  var words: [String] {
    map { change in
      switch change {
      case .raised(let alert): "+" + alert.rule.rawValue
      case .updated(let alert): "~" + alert.rule.rawValue
      case .cleared(let alert): "-" + alert.rule.rawValue
      }
    }
  }
}

@Suite("Alerts are raised and cleared")
struct AlertWatchTests {
  private func rules(_ change: (inout AlertRules) -> Void) -> AlertRules {
    var rules = AlertRules.none
    change(&rules)
    return rules
  }

  @Test func `a slower level and its end are told at the second poll`() {
    var scene = AlertScene()
    #expect(scene.poll(3).isEmpty)
    #expect(scene.poll(4).isEmpty)
    #expect(scene.poll(4).words == ["+slower_than"])
    #expect(scene.watch.open.first?.cause == .slower(speed: MassSendSpeed(level: 4, realspeed: 10), limit: 3))
    #expect(scene.poll(4).isEmpty)
    #expect(scene.poll(3).isEmpty)
    #expect(scene.poll(4).isEmpty)
    #expect(scene.poll(3).isEmpty)
    #expect(scene.poll(3).words == ["-slower_than"])
    #expect(scene.watch.open.isEmpty)
  }

  @Test func `a level that jumps to and fro raises few alerts or none`() {
    var scene = AlertScene()
    for _ in 0..<50 { #expect((scene.poll(4) + scene.poll(3)).isEmpty) }
    var raised = 0
    let begin = scene.now
    while scene.now - begin < 3_600 {
      for level in [4, 4, 3, 3] { raised += scene.poll(level).words.filter { $0 == "+slower_than" }.count }
    }
    #expect(raised <= 3)
    #expect(raised >= 1)
  }

  @Test func `the same poll seen again counts once`() {
    var scene = AlertScene()
    _ = scene.poll(3)
    #expect(scene.poll(4).isEmpty)
    scene.status.callsToday = 5
    scene.status.isPaused = true
    #expect(scene.see().isEmpty)
  }

  @Test func `where polls are rare, one is enough`() {
    var scene = AlertScene()
    _ = scene.poll(3)
    scene.now = scene.now + 3_600
    let speed = MassSendSpeed(level: 4, realspeed: 10)
    scene.status.speed = SpeedSpan(speed: speed, from: scene.now, to: scene.now)
    scene.status.nextPoll = scene.now + 3_600
    #expect(scene.see().words == ["+slower_than"])
  }

  @Test func `a change of the level is told with both speeds until taken back`() {
    var scene = AlertScene()
    _ = scene.poll(2)
    _ = scene.poll(3)
    #expect(scene.poll(3).words == ["+level_changed"])
    let (before, after) = (MassSendSpeed(level: 2, realspeed: 45), MassSendSpeed(level: 3, realspeed: 30))
    #expect(scene.watch.open.first?.cause == .levelChanged(from: before, to: after))
    #expect(scene.watch.open.first?.severity == .warning)
    _ = scene.poll(2)
    #expect(scene.poll(2).words == ["-level_changed"])
    _ = scene.poll(2)
    #expect(scene.watch.open.isEmpty)
  }

  @Test func `a change that is also too slow is told once, as too slow`() {
    var scene = AlertScene()
    _ = scene.poll(3)
    _ = scene.poll(4)
    #expect(scene.poll(4).words == ["+slower_than"])
    _ = scene.poll(3)
    #expect(scene.poll(3).words == ["-slower_than"])
    #expect(scene.poll(3).isEmpty)
  }

  @Test func `a new level is the known one after a day`() {
    var scene = AlertScene()
    _ = scene.poll(2)
    _ = scene.poll(1)
    #expect(scene.poll(1).words == ["+level_changed"])
    #expect(scene.watch.open.first?.severity == .info)
    #expect(scene.watch.due == scene.now + 86_400)
    #expect(scene.pass(86_399).isEmpty)
    #expect(scene.pass(1).words == ["-level_changed"])
  }

  @Test func `a change while wxtop was not running is told; one that was told before is not`() {
    var scene = AlertScene()
    let old = scene.now + -3 * 86_400
    scene.status.speed = SpeedSpan(speed: MassSendSpeed(level: 1, realspeed: 60), from: old, to: old)
    #expect(scene.see().isEmpty)
    _ = scene.poll(2)
    let raised = scene.poll(2)
    #expect(raised.words == ["+level_changed"])
    var again = AlertScene()
    again.watch.adopt(open: scene.watch.open, recent: [])
    again.now = scene.now
    #expect((again.poll(2) + again.poll(2) + again.poll(2)).isEmpty)
  }

  @Test func `a real speed below the level's is told, one above it is not`() {
    var scene = AlertScene(rules { $0.belowNominal = true })
    #expect((scene.poll(3, 40) + scene.poll(3, 40)).isEmpty)
    #expect((scene.poll(3, 15) + scene.poll(3, 15)).words == ["+below_nominal"])
    #expect((scene.poll(3, 30) + scene.poll(3, 30)).words == ["-below_nominal"])
    #expect((scene.poll(9, 1) + scene.poll(9, 1)).isEmpty)
  }

  @Test func `failures are told after 15 minutes, and over after two good polls`() {
    var scene = AlertScene()
    _ = scene.poll(3)
    #expect(scene.fail().isEmpty)
    let since = scene.now
    #expect(scene.watch.due == since + 900)
    #expect(scene.pass(899).isEmpty)
    #expect(scene.pass(1).words == ["+failing_minutes"])
    #expect(scene.watch.open.first?.cause == .failing(error: .timedOut(seconds: 20), since: since))
    #expect(scene.watch.open.first?.severity == .warning)
    #expect(scene.poll(3).isEmpty)
    #expect(scene.fail().isEmpty)
    #expect(scene.poll(3).isEmpty)
    #expect(scene.poll(3).words == ["-failing_minutes"])
  }

  private static func fault(_ code: Int) -> APIError {
    .weixin(WeixinFault(endpoint: .token, code: code, message: "", address: "203.0.113.7"))
  }

  @Test(arguments: [
    fault(40_164), fault(40_125), fault(89_503), fault(50_002), fault(48_001), .noToken(cause: "no such file"),
    .tls(host: "h", cause: "expired"), .misconfigured(cause: "x"), .noLibrary(name: "x", cause: "y"),
  ])
  func `what waits for a person is told at its second refusal`(error: APIError) {
    var scene = AlertScene()
    _ = scene.poll(3)
    #expect(scene.fail(error).isEmpty)
    #expect(scene.fail(error, after: 30, attempts: 2).words == ["+failing_minutes"])
    #expect(scene.watch.open.map(\.severity) == [.critical] && scene.watch.open.allSatisfy(\.needsPerson))
    #expect(scene.fail(error, attempts: 3).isEmpty)
  }

  @Test func `what mends itself has its minutes however often it was tried`() {
    var scene = AlertScene()
    _ = scene.poll(3)
    #expect((scene.fail() + scene.fail(attempts: 2) + scene.fail(attempts: 9)).isEmpty)
  }

  @Test func `a failure that began before a restart is told by its own beginning`() {
    var scene = AlertScene()
    let since = scene.now + -800
    #expect(scene.fail(since: since).words == ["+failing_minutes"])
    #expect(scene.watch.open.first?.cause == .failing(error: .timedOut(seconds: 20), since: since))
  }

  @Test func `one good poll among bad ones is no end of the failures`() {
    var scene = AlertScene()
    _ = scene.poll(3)
    var words: [String] = []
    for _ in 0..<4 {
      words += scene.fail().words + scene.fail().words
      words += scene.poll(3).words
    }
    #expect(words == ["+failing_minutes"])
  }

  @Test func `an error that needs a person makes the open alert critical, and raises no second one`() {
    var scene = AlertScene()
    _ = scene.fail()
    #expect(scene.fail(after: 900).words == ["+failing_minutes"])
    let fault = WeixinFault(endpoint: .token, code: 40_164, message: "", address: "203.0.113.7")
    #expect(scene.fail(.weixin(fault)).words == ["~failing_minutes"])
    #expect(scene.watch.open.map(\.severity) == [.critical])
    #expect(scene.fail(.weixin(fault)).isEmpty)
  }

  @Test(arguments: [
    APIError.emptyDay, .offline, .notInCloud(.speed), .overBudget(.hourly),
  ])
  func `late days, offline and what the cloud lacks are no failures`(_ error: APIError) {
    var scene = AlertScene()
    #expect((scene.fail(error) + scene.fail(error, after: 3_600)).isEmpty)
    #expect(scene.pass(86_400).isEmpty)
  }

  @Test func `while polling is paused, old failures raise nothing`() {
    var scene = AlertScene()
    _ = scene.fail()
    scene.status.isPaused = true
    _ = scene.see()
    #expect(scene.pass(7_200).isEmpty)
  }

  // MARK: Days

  private func brief(_ total: Int, _ day: BeijingDay, isFinal: Bool = true, hour: Int? = nil) -> DayBrief {
    func record(_ day: BeijingDay, _ total: Int, _ hour: Int? = nil) -> DayRecord {
      var rows = (0..<24).map { HourlyRow(hour: $0, type: .text, users: 1, count: total / 24) }
      if let hour { rows[hour].count *= 20 }
      return DayRecord(messages: HourlyMessages(day: day, rows: rows), isFinal: isFinal, fetchedAt: day.start)
    }
    return DayBrief(record(day, total, hour), after: (1...8).map { record(day - 7 * $0, 24_000 + $0 * 48) })
  }

  @Test func `an unusual day is told once, also after the process began anew`() {
    var scene = AlertScene()
    scene.status.brief = brief(72_000, scene.now.beijingDay - 1)
    let raised = scene.see()
    #expect(raised.words == ["+unusual_day"])
    #expect(scene.see().isEmpty)
    var again = AlertScene()
    again.watch.adopt(open: scene.watch.open, recent: [])
    again.status.brief = scene.status.brief
    #expect(again.see().isEmpty)
    var over = scene.watch.open[0]
    over.clearedAt = scene.now + 60
    again = AlertScene()
    again.watch.adopt(open: [], recent: [over])
    again.status.brief = scene.status.brief
    #expect(again.see().isEmpty)
  }

  @Test(arguments: [(16_500, true), (18_000, false), (24_000, false), (35_000, false), (37_000, true)])
  func `a day that is so many percent off is told, by limits instead of the band`(total: Int, isTold: Bool) {
    var scene = AlertScene(rules { ($0.unusualDay, $0.dayLimits) = (true, DayLimits(below: 30, above: 50)) })
    scene.status.brief = brief(total, scene.now.beijingDay - 1)
    #expect(scene.see().words == (isTold ? ["+unusual_day"] : []))
  }

  @Test func `an account has limits of its own, and a limit that is left out tells nothing`() {
    for (name, isTold) in [("acme", true), ("other", false)] {
      var scene = AlertScene(
        rules {
          ($0.unusualDay, $0.dayLimits) = (true, DayLimits(below: nil, above: 400))
          $0.accountDayLimits = [name: DayLimits(below: 10, above: nil)].compactMapValues(\.self)
        })
      scene.status.brief = brief(19_200, scene.now.beijingDay - 1)
      #expect(scene.see().words == (isTold ? ["+unusual_day"] : []))
    }
  }

  @Test func `a day low in the morning is told only if its re-check agrees`() {
    var scene = AlertScene()
    let day = scene.now.beijingDay - 1
    scene.status.brief = brief(2_400, day, isFinal: false)
    #expect(scene.see().isEmpty)
    scene.status.brief = brief(2_400, day)
    #expect(scene.see().words == ["+unusual_day"])
    #expect(scene.watch.open.first?.severity == .warning)
    scene.status.brief = brief(24_100, day)
    #expect(scene.see().words == ["-unusual_day"])
    scene.status.brief = brief(2_400, day)
    #expect(scene.see().isEmpty)
  }

  @Test func `days older than two days are no news, and an alert on one is over`() {
    var scene = AlertScene()
    let today = scene.now.beijingDay
    scene.status.brief = brief(72_000, today - 3)
    #expect(scene.see().isEmpty)
    scene.status.brief = brief(72_000, today - 2)
    #expect(scene.see().words == ["+unusual_day"])
    #expect(scene.pass((today + 1).start - scene.now - 1).isEmpty)
    #expect(scene.pass(1).words == ["-unusual_day"])
    #expect(scene.see().isEmpty)
  }

  @Test func `an unusual hour is told only when asked for`() {
    var scene = AlertScene()
    scene.status.brief = brief(24_100, scene.now.beijingDay - 1, hour: 20)
    #expect(!scene.see().words.contains("+unusual_hour"))
    scene = AlertScene(rules { $0.unusualHour = true })
    scene.status.brief = brief(24_100, scene.now.beijingDay - 1, hour: 20)
    #expect(scene.see().words == ["+unusual_hour"])
    guard case .unusualHour(_, let hour, let count, _, let hours)? = scene.watch.open.first?.cause else {
      Issue.record("no such alert")
      return
    }
    #expect((hour, count, hours) == (20, 20_080, 1))
  }

  // MARK: Publication

  private func late(_ scene: inout AlertScene, _ error: APIError = .emptyDay) {
    let day = scene.now.beijingDay - 1
    scene.status.newestDay = day - 1
    scene.status.days[day] = DayStatus(failure: Failure(error: error, at: scene.now))
  }

  @Test func `a day missing at ten is told, and over once it comes`() {
    var scene = AlertScene(at: Scene.monday.start(ofHour: 9))
    late(&scene)
    #expect(scene.see().isEmpty)
    #expect(scene.watch.due == Scene.monday.start(ofHour: 10))
    #expect(scene.pass(3_599).isEmpty)
    #expect(scene.pass(1).words == ["+unpublished_by"])
    #expect(scene.watch.open.first?.cause == .unpublished(day: Scene.monday - 1, by: 600))
    scene.status.newestDay = Scene.monday - 1
    #expect(scene.see().words == ["-unpublished_by"])
  }

  @Test func `days not asked for and a silent account's empty days are not late`() {
    var scene = AlertScene()
    late(&scene, .offline)
    #expect(scene.see().isEmpty)
    late(&scene)
    scene.status.brief = DayBrief(
      DayRecord(
        messages: HourlyMessages(day: scene.now.beijingDay - 2, rows: []), isFinal: true, fetchedAt: scene.now))
    #expect(scene.see().isEmpty)
    #expect(scene.pass(3_600).isEmpty)
  }

  // MARK: Quotas

  @Test func `a quota is told at 80 %, over below 75 %, and anew each day`() {
    var scene = AlertScene()
    func used(_ used: Int) -> [String] {
      scene.status.quotas[.hourly] = CallQuota(limit: 500, used: used, remaining: 500 - used)
      return scene.see().words
    }
    #expect(used(399).isEmpty)
    #expect(used(400) == ["+quota_percent"])
    #expect(used(380).isEmpty)
    #expect(used(374) == ["-quota_percent"])
    #expect(used(450) == ["+quota_percent"])
    #expect(scene.pass((scene.now.beijingDay + 1).start - scene.now).words == ["-quota_percent"])
    #expect(scene.see().isEmpty)
    #expect(used(410) == ["+quota_percent"])
    scene.status.quotas[.speed] = CallQuota(limit: 0, used: 9, remaining: 0)
    #expect(scene.see().isEmpty)
  }

  @Test func `what a rule raised that is off now is over`() {
    var scene = AlertScene()
    _ = scene.poll(4)
    _ = scene.poll(4)
    #expect(scene.watch.open.count == 1)
    var other = AlertScene(.none)
    other.watch.adopt(open: scene.watch.open, recent: [])
    #expect(other.see().words == ["-slower_than"])
  }

  @Test func `with no rule on, a bad day raises nothing`() {
    var scene = AlertScene(.none)
    late(&scene)
    scene.status.brief = brief(72_000, scene.now.beijingDay - 2)
    scene.status.quotas[.speed] = CallQuota(limit: 10, used: 10, remaining: 0)
    #expect((scene.poll(3) + scene.poll(4, 1) + scene.poll(4, 1) + scene.fail() + scene.fail(after: 9_000)).isEmpty)
    #expect(scene.watch.due == nil)
  }

  /// By the processor's time of this thread, which other programs do not lengthen.
  @Test func `a status that says nothing new is looked at in microseconds`() {
    var scene = AlertScene()
    scene.status.brief = brief(24_100, scene.now.beijingDay - 1)
    _ = scene.poll(3)
    let begin = processorTime
    for _ in 0..<10_000 { _ = scene.see() }
    #expect(processorTime - begin < .seconds(2))
  }

  private var processorTime: Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
