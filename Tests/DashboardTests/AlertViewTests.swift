import TerminalScreen
import Testing
import WeixinModel

@testable import Dashboard

extension Samples {
  static func alert(
    _ cause: Alert.Cause, _ account: Account = status.account, minutesAgo: Int = 5, seen: Bool = false,
    lasted: Int? = nil
  ) -> Alert {
    var alert = Alert(account: account, cause: cause, raisedAt: noon + -minutesAgo * 60)
    alert.notifiedAt = alert.raisedAt
    if seen { alert.acknowledgedAt = alert.raisedAt + 60 }
    alert.clearedAt = lasted.map { alert.raisedAt + $0 * 60 }
    return alert
  }

  static let slow = Alert.Cause.slower(speed: MassSendSpeed(level: 4, realspeed: 10), limit: 3)
  static let refused = Alert.Cause.failing(
    error: .weixin(
      WeixinFault(
        endpoint: .token, code: 40_164, message: "invalid ip 203.0.113.7", rid: "5fa26c60", address: "203.0.113.7")),
    since: noon + -1_800)
  static let shop = Account(name: "shop", title: "商城")

  /// One of each standing, of two accounts.
  static let alerts = {
    let usual = Usual([15_000, 15_200, 15_900, 16_100, 16_300, 16_500, 17_000, 17_100])
    var alerts = [
      alert(slow, minutesAgo: 5), alert(refused, shop, minutesAgo: 15),
      alert(.quota(endpoint: .hourly, quota: CallQuota(limit: 500, used: 421, remaining: 79), limit: 80), seen: true),
      alert(.unpublished(day: day - 1, by: 600), minutesAgo: 26 * 60, lasted: 42),
      alert(
        .belowNominal(speed: MassSendSpeed(level: 3, realspeed: 15)), shop, minutesAgo: 30 * 60, seen: true, lasted: 9),
      alert(
        .levelChanged(from: MassSendSpeed(level: 2, realspeed: 45), to: MassSendSpeed(level: 3, realspeed: 30)),
        minutesAgo: 50 * 60, lasted: 600),
    ]
    if let usual {
      alerts.append(alert(.unusualDay(day: day, count: 23_390, usual: usual), minutesAgo: 230))
      alerts.append(
        alert(.unusualHour(day: day, hour: 20, count: 2_030, usual: usual, hours: 3), shop, minutesAgo: 231))
    }
    return alerts
  }()

  /// A state that has just heard of some alerts.
  static func heard(_ alerts: [Alert], _ state: State = state()) -> State {
    var state = state
    _ = update(&state, .alerts(alerts), at: noon)
    return state
  }
}

@Suite struct AlertViewTests {
  @Test(arguments: [(80, 24), (60, 20), (40, 10), (120, 30)], Language.allCases)
  func `the alert line looks as reviewed`(size: (Int, Int), language: Language) throws {
    let state = Samples.heard(
      [Samples.alert(Samples.slow), Samples.alert(.unpublished(day: Samples.day, by: 600))],
      Samples.state(size.0, size.1, language: language))
    try Golden.expect(view(state), "alert-\(size.0)x\(size.1)-\(language.rawValue)")
  }

  @Test(arguments: [(80, 24), (60, 20), (40, 10)], Language.allCases)
  func `the list of alerts looks as reviewed`(size: (Int, Int), language: Language) throws {
    var state = Samples.heard(Samples.alerts, Samples.state(size.0, size.1, language: language))
    _ = state.press("!")
    try Golden.expect(view(state), "alerts-\(size.0)x\(size.1)-\(language.rawValue)")
  }

  @Test(arguments: ["mono", "ascii"])
  func `alerts look as reviewed on poor terminals`(kind: String) throws {
    let mode = kind == "mono" ? DrawingMode(colors: 0) : DrawingMode(glyphs: .ascii, colors: 0)
    var state = Samples.heard(Samples.alerts, Samples.state(mode: mode))
    try Golden.expect(view(state), "alert-80x24-\(kind)")
    _ = state.press("!")
    try Golden.expect(view(state), "alerts-80x24-\(kind)")
  }

  @Test func `the log holds alerts and the failures of their command`() throws {
    var state = Samples.heard(Samples.alerts)
    let sentence = "alert command notify took longer than 10 s and was killed"
    _ = update(&state, .notice(.init(.said(en: sentence, zh: sentence), isWarning: true)), at: Samples.noon)
    #expect(state.rows.last?.contains(sentence) == true)
    _ = state.press("@")
    try Golden.expect(view(state), "alerts-log-80x24-en")
    #expect(state.text.contains(sentence))
  }

  @Test(arguments: ViewName.allCases)
  func `every view shows alerts and still counts those seen`(name: ViewName) {
    var state = Samples.heard([Samples.alert(Samples.slow)])
    state.view = name
    #expect(state.rows.first?.contains("!1") == true)
    #expect(state.rows.last?.contains("mass send at L4 100k/min") == true)
    #expect(state.rows.last?.contains("K seen") == true)
    _ = state.press("K")
    #expect(!state.text.contains("L4 100k/min  Whoever"))
    _ = state.press("m")
    _ = update(&state, .tick, at: Samples.noon)
    // What is open and seen is still counted.
    #expect(state.rows.first?.contains("!1") == true)
  }

  @Test func `the worst alert comes first`() {
    let state = Samples.heard([
      Samples.alert(.unpublished(day: Samples.day, by: 600), minutesAgo: 1),
      Samples.alert(Samples.slow, minutesAgo: 2), Samples.alert(Samples.refused, minutesAgo: 9),
    ])
    #expect(state.pendingAlerts.map(\.severity) == [.critical, .warning, .info])
    #expect(state.rows.last?.contains("40164") == true)
    #expect(state.rows.last?.contains("+2") == true)
  }

  @Test func `acknowledging shows at once and is passed on`() {
    let alert = Samples.alert(Samples.slow)
    var state = Samples.heard([alert])
    #expect(state.press("K") == [.acknowledge([alert.id])])
    #expect(state.alerts.first?.acknowledgedAt == state.now)
    #expect(state.rows.last?.contains("Acknowledged: mass send at L4") == true)
    #expect(state.press("K").isEmpty)
    #expect(state.rows.last?.contains("No alert waits") == true)
  }

  @Test func `the list acknowledges one alert or all, and copies them`() {
    var state = Samples.heard(Samples.alerts)
    let pending = state.pendingAlerts.map(\.id)
    #expect(pending.count == 4)
    #expect(state.press("!", .down, .enter) == [.acknowledge([pending[1]])])
    guard case .acknowledge(let rest)? = state.press("a").first else {
      Issue.record("nothing was acknowledged")
      return
    }
    #expect(Set(rest) == Set(pending).subtracting([pending[1]]))
    #expect(state.press(.enter).isEmpty)
    guard case .copy(let text, _)? = state.press("y").first else {
      Issue.record("nothing was copied")
      return
    }
    #expect(text.split(separator: "\n").count == Samples.alerts.count)
    #expect(state.layer == .none)
  }

  @Test func `the list keeps its place on small screens and as alerts go`() {
    let many = (0..<40).map { Samples.alert(Samples.slow, Account(name: "a\($0)"), minutesAgo: $0) }
    var state = Samples.heard(many, Samples.state(40, 8))
    _ = state.press("!", .end)
    #expect(state.layer == .alerts(row: 39))
    #expect(state.text.contains("a39"))
    _ = state.press(.down, .pageUp, .home, .up)
    #expect(state.layer == .alerts(row: 0))
    _ = state.press(.end)
    _ = update(&state, .alerts([many[0]]), at: Samples.noon)
    #expect(state.layer == .alerts(row: 0))
    _ = update(&state, .alerts([]), at: Samples.noon)
    #expect(state.text.contains("No alert has been raised"))
    #expect(state.press(.enter).isEmpty)
    #expect(state.press(.escape).isEmpty)
    #expect(state.layer == .none)
  }

  @Test func `a new alert rings once, and only if wanted`() {
    var state = Samples.state()
    state.rings = true
    let (one, other) = (Samples.alert(Samples.slow), Samples.alert(Samples.refused))
    // What is open at the start is old news.
    #expect(update(&state, .alerts([one]), at: Samples.noon).isEmpty)
    #expect(update(&state, .alerts([other, one]), at: Samples.noon) == [.bell])
    #expect(update(&state, .alerts([other, one]), at: Samples.noon).isEmpty)
    var over = other
    over.clearedAt = Samples.noon
    #expect(update(&state, .alerts([one, over]), at: Samples.noon).isEmpty)
    var silent = Samples.state()
    #expect(update(&silent, .alerts([]), at: Samples.noon).isEmpty)
    #expect(update(&silent, .alerts([one]), at: Samples.noon).isEmpty)
  }

  @Test func `an alert of quiet hours rings when they are over`() {
    var state = Samples.state()
    state.rings = true
    var alert = Samples.alert(Samples.slow)
    alert.notifiedAt = nil
    _ = update(&state, .alerts([]), at: Samples.noon)
    #expect(update(&state, .alerts([alert]), at: Samples.noon).isEmpty)
    #expect(state.rows.last?.contains("mass send at L4") == true)
    alert.notifiedAt = Samples.noon
    #expect(update(&state, .alerts([alert]), at: Samples.noon) == [.bell])
    alert.acknowledgedAt = Samples.noon
    #expect(update(&state, .alerts([alert]), at: Samples.noon).isEmpty)
  }

  @Test func `every alert says what happened and who must act`() {
    for alert in Samples.alerts {
      for language in Language.allCases {
        let words = AlertWords(alert, Numerals(language))
        for text in [words.headline, words.sentence, words.who] {
          #expect(!text.isEmpty)
          #expect(text == text.cleaned(limit: 1_000))
        }
        #expect(DisplayWidth.of(words.headline) <= 60)
      }
    }
  }

  /// Each size in both languages, the glyphs by turns: what the views beneath do at every size is `ViewInvariantTests`' affair.
  @Test(arguments: Language.allCases)
  func `alerts fit every size`(language: Language) async {
    for (line, width) in [0, 10, 29, 30, 31, 40, 55, 60, 72, 80, 120, 200].enumerated() {
      for (turn, height) in [0, 5, 7, 8, 9, 10, 14, 24, 40].enumerated() {
        await Task.yield()
        let glyphs = [GlyphSet.Name.block, .ascii, .braille][(line + turn) % 3]
        var state = Samples.heard(
          Samples.alerts,
          Samples.state(width, height, mode: DrawingMode(glyphs: glyphs, colors: 8), language: language))
        for name in ViewName.allCases {
          state.view = name
          ViewInvariantTests.check(view(state), width, height)
        }
        _ = state.press("!", .down)
        ViewInvariantTests.check(view(state), width, height)
        if glyphs == .ascii { #expect(view(state).text.unicodeScalars.allSatisfy { $0.isASCII }) }
        _ = state.press("a", "@")
        ViewInvariantTests.check(view(state), width, height)
      }
    }
  }
}
