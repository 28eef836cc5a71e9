import Dashboard
import TerminalScreen
import Testing
import WeixinModel

@Suite struct ViewTests {
  static let sizes = [(80, 24), (60, 20), (200, 60), (40, 10), (104, 30), (30, 8)]

  @Test(arguments: sizes, Language.allCases)
  func `the day looks as reviewed in every size and language`(size: (Int, Int), language: Language) throws {
    let state = Samples.state(size.0, size.1, language: language)
    try Golden.expect(view(state), "day-\(size.0)x\(size.1)-\(language.rawValue)")
  }

  @Test(arguments: ["mono", "ascii", "16", "braille"])
  func `the day looks as reviewed on poor terminals`(kind: String) throws {
    let mode =
      switch kind {
      case "mono": DrawingMode(colors: 0)
      case "ascii": DrawingMode(glyphs: .ascii, colors: 0)
      case "braille": DrawingMode(glyphs: .braille)
      default: DrawingMode(colors: 16)
      }
    try Golden.expect(view(Samples.state(mode: mode)), "day-80x24-\(kind)")
  }

  @Test(arguments: Language.allCases)
  func `the help looks as reviewed`(language: Language) throws {
    var state = Samples.state(language: language)
    _ = state.press("?")
    try Golden.expect(view(state), "help-80x24-\(language.rawValue)")
  }

  @Test func `a refused address is explained in place of the chart`() throws {
    var status = Samples.status
    let fault = WeixinFault(
      endpoint: .token, code: 40_164, message: "invalid ip 203.0.113.7, not in whitelist",
      rid: "5fa26c60-1a0ebdd5-32fd1cd0", address: "203.0.113.7")
    status.days = [Samples.day: DayStatus(failure: Failure(error: .weixin(fault), at: Samples.noon))]
    status.speed = nil
    status.speedFailure = status.days[Samples.day]?.failure
    status.nextPoll = nil
    for language in Language.allCases {
      try Golden.expect(
        view(Samples.state(status: status, language: language)), "refused-80x24-\(language.rawValue)")
    }
  }

  @Test func `users are shown as a minimum and not stacked`() throws {
    var state = Samples.state()
    _ = state.press("m")
    try Golden.expect(view(state), "users-80x24-en")
    #expect(state.text.contains("≥"))
  }

  // The states of a day: each looks different from every other.

  @Test func `every state of a day looks different`() {
    let yesterday = Samples.day
    let early = (yesterday + 1).start(ofHour: 7)
    func screen(_ status: DayStatus, now: Timestamp = Samples.noon) -> String {
      var account = Samples.status
      account.days = [yesterday: status]
      return Samples.state(status: account, day: yesterday, now: now).rows[1...15].joined(separator: "\n")
    }
    let empty = HourlyMessages(day: yesterday, rows: [])
    let failure = Failure(error: .timedOut(seconds: 10), at: Samples.noon, retryAt: Samples.noon + 20)
    let notReady = Failure(error: .emptyDay, at: Samples.noon, retryAt: Samples.noon + 1_200)
    let screens = [
      "final": screen(DayStatus(record: Samples.record(yesterday))),
      "provisional": screen(DayStatus(record: Samples.record(yesterday, isFinal: false))),
      "zero": screen(DayStatus(record: DayRecord(messages: empty, isFinal: true, fetchedAt: Samples.noon))),
      "provisional zero": screen(
        DayStatus(record: DayRecord(messages: empty, isFinal: false, fetchedAt: Samples.noon))),
      "never fetched": screen(DayStatus()),
      "fetching": screen(DayStatus(isFetching: true)),
      "failed": screen(DayStatus(failure: failure)),
      "not ready": screen(DayStatus(failure: notReady)),
      "too early": screen(DayStatus(), now: early),
    ]
    #expect(Set(screens.values).count == screens.count)
    #expect(screens["zero"]?.contains("Not one message") == true)
    #expect(screens["failed"]?.contains("did not answer within 10 seconds") == true)
    #expect(screens["not ready"]?.contains("wxtop asks again in 20 min") == true)
  }

  @Test func `the strip shows the state of each day`() throws {
    var status = Samples.status
    status.days[Samples.day - 1] = DayStatus(failure: Failure(error: .empty, at: Samples.noon))
    status.days[Samples.day - 2] = DayStatus()
    status.days[Samples.day - 3] = DayStatus(
      record: DayRecord(
        messages: HourlyMessages(day: Samples.day - 3, rows: []), isFinal: true, fetchedAt: Samples.noon))
    let strip = try #require(Samples.state(status: status).rows.first { $0.hasPrefix(" Aug") })
    #expect(strip.contains("17╌ 18· 19✗ 20"))
    #expect(strip.contains("21◌ 22· 23·"))
  }

  @Test func `a speed that differs from its level says so`() {
    var status = Samples.status
    status.speed = SpeedSpan(speed: MassSendSpeed(level: 3, realspeed: 15), from: Samples.noon, to: Samples.noon)
    #expect(Samples.state(status: status).rows[0].hasSuffix("mass send L3 150k/min ≠300k"))
    status.speed = SpeedSpan(speed: MassSendSpeed(level: 0, realspeed: 80), from: Samples.noon, to: Samples.noon)
    #expect(Samples.state(status: status).rows[0].hasSuffix("mass send L0 800k/min"))
  }

  @Test func `an old speed is shown with its age`() {
    var status = Samples.status
    status.speedFailure = Failure(error: .timedOut(seconds: 10), at: Samples.noon, retryAt: Samples.noon + 20)
    status.speed?.to = Samples.noon + -840
    let state = Samples.state(status: status)
    #expect(state.rows[0].hasSuffix("14 min old"))
    #expect(state.text.contains("✗ no answer in 10 s  next try in 20 s"))
  }

  @Test func `a segment too small to draw is marked`() {
    var status = Samples.status
    var rows = Samples.messages(Samples.day).rows.filter { $0.hour != 20 || $0.type != .link }
    rows.append(HourlyRow(hour: 20, type: .link, users: 1, count: 1))
    status.days[Samples.day]?.record?.messages = HourlyMessages(day: Samples.day, rows: rows)
    var state = Samples.state(status: status)
    _ = state.press("^", "$", ",", ",", ",")
    #expect(state.text.contains("link 1+"))
  }

  @Test func `an unknown type is shown as other`() {
    var status = Samples.status
    let extra = [HourlyRow(hour: 9, type: MessageType(49), users: 3, count: 700)]
    status.days[Samples.day]?.record?.messages = Samples.messages(Samples.day, extra: extra)
    #expect(Samples.state(status: status).rows[2].contains("other"))
  }

  @Test func `a terminal too small is told both sizes`() {
    let state = Samples.state(29, 9)
    #expect(state.rows.joined(separator: " ").contains("wxtop needs 30×8 cells; this terminal has 29×9."))
  }
}
