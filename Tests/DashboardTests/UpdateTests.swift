import Dashboard
import TerminalScreen
import Testing
import WeixinModel

@Suite struct UpdateTests {
  @Test func `pasted text fills the date prompt but never acts as keys`() {
    var state = Samples.state()
    let before = state
    #expect(update(&state, .paste("q\nQ"), at: state.now).isEmpty)
    #expect(state.day == before.day && state.notice?.phrase == .pasteIgnored)
    _ = update(&state, .key("g"), at: state.now)
    _ = update(&state, .paste(" 2024-11-11\nq"), at: state.now)
    #expect(state.prompt?.text == " 2024-11-11" && state.prompt?.refusal == nil)
    _ = update(&state, .key(.enter), at: state.now)
    #expect(state.day == BeijingDay("2024-11-11"))
  }

  @Test func `the clock of the screen follows the system's, also backwards`() {
    var state = Samples.state()
    let now = state.now
    _ = update(&state, .tick, at: now + 86_400)
    #expect(state.now == now + 86_400)
    _ = update(&state, .tick, at: now)
    #expect(state.now == now)
  }

  @Test(arguments: [(200, 40), (80, 24)])
  func `the status line explains quota, interval and a wrong clock`(width: Int, height: Int) {
    var state = Samples.state(width, height)
    state.status.quotas = [.speed: CallQuota(limit: 1_000, used: 300, remaining: 700)]
    state.status.stretchedInterval = 432
    state.status.clockSkew = -90
    let line = state.rows[height - 2]
    #expect(line.contains("this clock is 90 s behind Weixin's") || line.contains("this clock is 2 min behind"))
    if width == 200 {
      #expect(line.contains("quota: speed 300/1,000"))
      #expect(line.contains("polled every 7 min: quota"))
    }
  }

  @Test(arguments: [
    (120, 32, "backfill 3,990 days left, 2.0/s, 33 min to go", "backfill today's part of the quota is spent"),
    (80, 24, "backfill 3,990 days left", "backfill today's part of the quota is spent"),
    (60, 20, "backfill 3,990", "backfill quota"), (40, 10, "backfill 3,990", "backfill quota"),
  ])
  func `a backfill says how far it is, and for a minute how it ended`(
    width: Int, height: Int, words: String, ending: String
  ) {
    var progress = BackfillProgress(total: 4_000)
    progress.fetched = 10
    progress.elapsed = .seconds(5)
    var state = Samples.state(width, height)
    state.status.backfill = BackfillStatus(progress: progress)
    #expect(state.rows.contains { $0.contains(words) }, "\(state.rows)")
    state.status.backfill = BackfillStatus(progress: progress, end: .overBudget, endedAt: state.now + -59)
    #expect(state.rows.contains { $0.contains(ending) }, "\(state.rows)")
    #expect(!state.rows.contains { $0.contains(words) })
    state.status.backfill = BackfillStatus(progress: progress, end: .overBudget, endedAt: state.now + -60)
    #expect(!state.rows.contains { $0.contains("backfill") })
  }

  @Test func `a new day appears where a fresh start would put it`() {
    var status = Samples.status
    status.newestDay = Samples.day - 1
    var state = Samples.state(status: status)
    let before = state.rows
    status.newestDay = Samples.day
    _ = update(&state, .status(status), at: state.now)
    let whole = Samples.state(status: status)
    #expect(state.day == Samples.day && before != whole.rows)
    #expect(state.rows[21] == whole.rows[21])
  }

  @Test func `a backfill can be started and stopped, but not offline`() {
    var state = Samples.state()
    #expect(update(&state, .key("B"), at: state.now) == [.setBackfilling(true)])
    state.status.backfill = BackfillStatus(progress: BackfillProgress(total: 4_000))
    #expect(update(&state, .key("B"), at: state.now) == [.setBackfilling(false)])
    state.isOffline = true
    #expect(update(&state, .key("B"), at: state.now).isEmpty)
  }

  @Test(
    arguments: [
      (Key.left, -1), ("h", -1), (.up, -7), ("k", -7), (.pageUp, -31), ("{", -31), ("(", -365),
    ] as [(Key, Int)])
  func `keys move back in time`(key: Key, days: Int) {
    var state = Samples.state()
    let effects = state.press(key)
    #expect(state.day == Samples.day + days)
    #expect(effects == [.show(Samples.day + days, and: [])])
  }

  @Test(
    arguments: [(Key.right, 1), ("l", 1), (.down, 7), ("j", 7), (.pageDown, 31), ("}", 31), (")", 366)] as [(Key, Int)])
  func `keys move forward over leap days and long months`(key: Key, days: Int) {
    // 2019-03-20: a leap day and months of 31 days lie ahead.
    let start = BeijingDay(ordinal: 17_975)
    var state = Samples.state(day: start)
    _ = state.press(key)
    #expect(state.day == start + days)
  }

  @Test func `moving beyond either end stays there and says so`() {
    var state = Samples.state()
    #expect(state.press(.right) == [])
    #expect(state.day == Samples.day)
    #expect(state.notice == .init(.newestDay("2026-08-20")))
    #expect(state.press("g", "g") == [.show(.firstKept, and: [])])
    #expect(state.press(.left) == [])
    #expect(state.notice == .init(.firstDay))
  }

  @Test func `a jump past either end lands on it and says so`() {
    var state = Samples.state(day: Samples.day - 3)
    #expect(state.press(.down) == [.show(Samples.day, and: [])])
    #expect(state.press("g") == [])
    for scalar in "2030-01-01".unicodeScalars { _ = state.press(.character(scalar)) }
    #expect(state.press(.enter) == [])
    #expect(state.notice == .init(.clampedToNewest("2026-08-20"), isWarning: true))
    for scalar in "g2014-11-30".unicodeScalars { _ = state.press(.character(scalar)) }
    #expect(state.press(.enter) == [.show(.firstKept, and: [])])
    #expect(state.notice == .init(.clampedToFirst, isWarning: true))
  }

  @Test func `a refused date stays in the prompt to be corrected`() {
    var state = Samples.state()
    for scalar in "g2023-02-30".unicodeScalars { _ = state.press(.character(scalar)) }
    _ = state.press(.enter)
    #expect(state.prompt?.refusal == .noSuchDate("2023-02-30"))
    _ = state.press(.backspace)
    #expect(state.prompt?.text == "2023-02-3" && state.prompt?.refusal == nil)
    _ = state.press(.escape)
    #expect(state.layer == .none)
    #expect(state.day == Samples.day)
  }

  @Test func `letters go to the prompt instead of acting as keys`() {
    var state = Samples.state()
    #expect(state.press("g", "l", "q", "Q") == [])
    #expect(state.prompt?.text == "lqQ" && state.prompt?.refusal == nil)
  }

  @Test func `stepping through hours crosses midnight`() {
    var state = Samples.state(day: Samples.day - 2)
    _ = state.press("^")
    #expect(state.hour == 0)
    #expect(state.press(",") == [.show(Samples.day - 3, and: [])])
    #expect(state.hour == 23)
    #expect(state.press(".") == [.show(Samples.day - 2, and: [])])
    #expect(state.hour == 0)
    _ = state.press("$")
    #expect(state.hour == 23)
    _ = state.press("p")
    #expect(state.hour == 20)
  }

  @Test func `the hour stays while stepping through days`() {
    var state = Samples.state()
    _ = state.press("^", .left, .left)
    #expect(state.hour == 0)
  }

  @Test func `types can be shown, hidden and singled out`() {
    var state = Samples.state()
    _ = state.press("1")
    #expect(state.hidden == [.text])
    _ = state.press("1")
    #expect(state.hidden == [])
    _ = state.press("o")
    #expect(state.hidden == Set(Series.allCases).subtracting([.text]))
    _ = state.press("o")
    #expect(state.hidden == Set(Series.allCases).subtracting([.image]))
    _ = state.press("0")
    #expect(state.hidden == [])
  }

  @Test func `the axis stays from day to day unless numbers fall far`() {
    var status = Samples.status
    status.days[Samples.day - 1] = DayStatus(record: Samples.record(Samples.day - 1, percent: 70))
    status.days[Samples.day - 2] = DayStatus(record: Samples.record(Samples.day - 2, percent: 20))
    var state = Samples.state(status: status)
    let first = state.axisMaximum
    #expect(first > 2_000)
    _ = state.press(.left)
    #expect(state.axisMaximum == first)
    _ = state.press(.left)
    #expect(state.axisMaximum < first / 2)
    _ = state.press(.right, .right)
    #expect(state.axisMaximum == first)
  }

  @Test func `keys refresh, pause, redraw, suspend and quit`() {
    var state = Samples.state()
    #expect(state.press("r") == [.refresh])
    #expect(state.press(" ") == [.setPaused(true)])
    #expect(state.press(.control("l")) == [.redraw])
    #expect(state.press(.control("z")) == [.suspend])
    #expect(state.press("Q") == [.quit])
    #expect(state.press(.control("c")) == [.quit])
  }

  @Test func `q closes the top layer, then quits`() {
    var state = Samples.state()
    #expect(state.press("?") == [])
    #expect(state.press("q") == [])
    #expect(state.layer == .none)
    #expect(state.press("q") == [.quit])
    #expect(state.press(.escape) == [])
  }

  @Test func `control-C quits from every layer`() {
    for opener in ["?", "g"] as [Key] {
      var state = Samples.state()
      #expect(state.press(opener, .control("c")) == [.quit])
    }
  }

  @Test func `an unknown key only shows a hint`() {
    var state = Samples.state()
    #expect(state.press("w") == [])
    #expect(state.notice == .init(.unknownKey("w")))
    #expect(state.rows.last == " w does nothing here. ? shows the keys")
    _ = state.press(",")
    #expect(state.notice == nil)
  }

  @Test func `the newest day is followed until the user chooses another`() {
    var following = Samples.state(now: Samples.noon + 86_400)
    var chosen = Samples.state(day: Samples.day - 4, now: Samples.noon + 86_400)
    var status = Samples.status
    status.newestDay = Samples.day + 1
    status.days[Samples.day + 1] = DayStatus(record: Samples.record(Samples.day + 1))
    #expect(
      update(&following, .status(status), at: Samples.noon + 86_400).map(\.withoutNeighbours) == [
        .show(Samples.day + 1, and: [])
      ])
    #expect(update(&chosen, .status(status), at: Samples.noon + 86_400) == [])
    #expect(chosen.day == Samples.day - 4)
  }

  @Test func `the screen's clock follows the system's, backwards too`() {
    var state = Samples.state()
    _ = update(&state, .tick, at: Samples.noon + -50_000)
    #expect(state.now == Samples.noon + -50_000)
  }

  @Test func `the help names every key once`() {
    let state = { () -> State in
      var state = Samples.state(100, 60)
      _ = state.press("?")
      return state
    }()
    for binding in KeyBindings.standard.bindings {
      #expect(state.text.contains(binding.explanation(.en)), "\(binding.labelText)")
      for key in binding.keys.joined() { #expect(KeyBindings.standard.action(for: key) != nil) }
    }
    let keys = KeyBindings.standard.bindings.flatMap { $0.keys.joined() }
    #expect(Set(keys).count == keys.count, "no key stands in two bindings")
  }
}

extension State {
  /// The open prompt.
  var prompt: Prompt? { if case .prompt(let prompt) = layer { prompt } else { nil } }
}
