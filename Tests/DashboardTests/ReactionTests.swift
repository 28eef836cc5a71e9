import TerminalScreen
import Testing
import WeixinModel

@testable import Dashboard

/// What a person tries next, and what must not happen then.
@Suite struct ReactionTests {
  private let status = Samples.longStatus

  @Test func `saving settings writes only what was changed`() {
    var look = Look(language: .zh, theme: nil, colors: 0, terminalColors: 1 << 24)
    look.isUnicode = false
    var state = State(status: status, size: Size(width: 80, height: 24), now: Samples.noon, look: look)
    #expect(state.press(.function(2), "w").isEmpty)
    #expect(state.notice?.phrase.text(.en).contains("Nothing has changed") == true)
    #expect(state.press(.right, "w") == [.keepSettings([Setting("theme", "dark")])])
    // What could not be kept is still to be kept.
    _ = update(&state, .settingsKept(path: nil, reason: .said(en: "disk full", zh: "磁盘已满")), at: state.now)
    #expect(state.press("w") == [.keepSettings([Setting("theme", "dark")])])
    _ = update(&state, .settingsKept(path: "config.yaml", reason: nil), at: state.now)
    #expect(state.press("w").isEmpty)
    #expect(state.press(.left, "w").last == .keepSettings([Setting("theme", nil)]))
  }

  @Test func `ASCII shows English, and Chinese comes back with Unicode`() {
    var state = Samples.state(language: .zh)
    _ = state.press("~", "~")
    #expect(state.mode.glyphs.name == .ascii)
    #expect(state.text.contains("messages") && !state.text.contains("??"))
    _ = state.press("~")
    #expect(state.text.contains("消息"))
    _ = state.press("~", "~", ":", "l", "a", "n", "g", " ", "z", "h", .enter)
    #expect(state.rows.last?.contains("ASCII") == true)
  }

  @Test func `a key without a meaning closes nothing`() {
    for open in ["@", "!", "c", .function(2)] as [Key] {
      var state = Samples.heard(Samples.alerts)
      _ = state.press(open)
      let layer = state.layer
      #expect(layer != .none)
      _ = state.press("X", "=", "v")
      #expect(state.layer == layer, "\(open.name)")
      _ = state.press(open)
      #expect(state.layer == .none, "\(open.name) closes what it opened")
      _ = state.press(open, "q")
      #expect(state.layer == .none, "\(open.name)")
      #expect(state.press(open, "Q").last == .quit)
    }
  }

  @Test func `a key that changes nothing in this view says so`() {
    let cases: [(ViewName, [Key])] = [
      (.day, ["s", "I"]), (.table, ["e", "#", "S"]), (.speed, ["1", "0", "o", "m", "#", "%", "e", "s"]),
      (.week, ["s", "C", "S", "%", "e"]),
    ]
    for (view, keys) in cases {
      for key in keys {
        var state = Samples.wideState(view, status: status)
        _ = state.press(key)
        #expect(state.notice?.phrase.text(.en).hasPrefix("That is for") == true, "\(view) \(key.name)")
      }
    }
    var state = Samples.state()
    _ = state.press("m", "%")
    #expect(!state.isComposition && state.notice?.phrase.text(.en).contains("do not add up") == true)
  }

  @Test func `leaving the day view ends the full-screen chart`() {
    var state = Samples.state()
    _ = state.press("e", "W")
    #expect(!state.isChartOnly)
    #expect(state.press("q") == [.quit])
  }

  @Test func `a filter takes numbers as the screen writes them`() {
    var state = Samples.state(status: status)
    _ = state.press("/", ">", "1", ",", "9", "0", "0", .enter)
    #expect(state.filter?.matches(Samples.day, state) == true)
    for text in [">abc", "<", "≥x", ">1.2.3"] {
      #expect(Filter.unreadable(text) != nil, "\(text)")
      var state = Samples.state(status: status)
      _ = update(&state, .key("/"), at: state.now)
      _ = update(&state, .paste(text), at: state.now)
      _ = state.press(.enter)
      #expect(state.filter == nil && state.prompt?.refusal != nil, "\(text)")
    }
    for text in [">5000", "<1.2k", "≥3万", ">=52,000", "weekend 双11"] {
      #expect(Filter.unreadable(text) == nil, "\(text)")
    }
  }

  @Test func `a search that comes while the history is being read goes on then, unless a key is pressed`() {
    for key in [nil, "#"] as [Key?] {
      var some = status
      some.history.isWhole = false
      var state = Samples.state(status: some)
      _ = state.press("/", ">", "9", "9", "9", "k", .enter)
      #expect(state.notice?.phrase == .historyIncomplete)
      if let key { _ = state.press(key) }
      some.history.isWhole = true
      let before = state.notice
      _ = update(&state, .status(some), at: state.now)
      #expect((state.notice == before) == (key != nil))
      #expect(state.notice?.phrase != .historyIncomplete)
    }
  }

  @Test func `searching the help finds every key and name`() {
    for (search, found) in [
      ("^r", "ask Weixin again"), ("shift-l", "hour"), (":theme", "dark"), (":year", "year"), ("mouse", ":mouse"),
    ] {
      var state = Samples.state()
      state.layer = .help(scroll: 0, search: search)
      #expect(state.text.contains(found), "\(search): \(state.text)")
    }
    let lines = HelpPanel.lines(Samples.state()).map(\.text).joined(separator: "\n")
    for action in Action.all where Samples.state().keys.keys(for: action).isEmpty {
      #expect(lines.contains(":" + action.name))
    }
    for command in Command.arguments { #expect(lines.contains(":" + command.name)) }
  }

  @Test func `the wheel scrolls the layer on top, not the view`() {
    var state = Samples.state(80, 14)
    state.look.hasMouse = true
    let day = state.day
    _ = state.press("?")
    _ = update(&state, .mouse(Mouse(.wheelDown, row: 5, column: 5)), at: state.now)
    #expect(state.layer == .help(scroll: 1, search: ""))
    _ = state.press(.escape, "c")
    _ = update(&state, .mouse(Mouse(.wheelUp, row: 5, column: 5)), at: state.now)
    #expect(state.layer == .calendar(day.adding(months: -1)))
    #expect(state.day == day)
  }

  @Test func `a day that is being fetched again is marked`() {
    var state = Samples.state()
    #expect(!state.rows[22].contains("»"))
    state.status.days[state.day]?.isFetching = true
    #expect(state.rows[22].contains("»"))
  }

  @Test func `the speed view steps from change to change`() {
    var state = Samples.wideState(.speed, status: Samples.status)
    choose(hour: 23, &state)
    _ = state.press("N")
    #expect(state.hour == 22 && state.day == Samples.day)
    #expect(state.rows.last?.contains("L4 100k/min > L3 300k/min") == true)
    _ = state.press("N")
    #expect(state.hour == 19)
    _ = state.press("N")
    #expect(state.hour == 19 && state.rows.last?.contains("No earlier change") == true)
    _ = state.press("n")
    #expect(state.hour == 22)
  }

  @Test func `the log names the token's source and how long it lasts`() {
    var state = Samples.state()
    state.status.token = TokenStanding(.stableToken, usedUntil: Samples.noon + 6_720)
    _ = state.press("@")
    #expect(state.rows[1].hasPrefix(" token by stable_token, 2 h left  41 calls today"))
    state.status.token = TokenStanding(.command)
    #expect(state.rows[1].hasPrefix(" token by token_command  41 calls today"))
    // One that is over is about to be fetched anew.
    state.status.token = TokenStanding(.stableToken, usedUntil: Samples.noon)
    #expect(state.rows[1].hasPrefix(" token by stable_token  41"))
    state.look.wishedLanguage = .zh
    #expect(state.rows[1].contains("令牌来自 stable_token"))
  }

  @Test func `a mark may span New Year`() throws {
    let mark = try #require(try Mark.parse("12-28..01-03 holidays"))
    for (date, isMarked) in [
      ("2025-12-28", true), ("2025-12-31", true), ("2026-01-01", true), ("2026-01-03", true), ("2026-01-04", false),
      ("2025-12-27", false), ("2024-02-29", false),
    ] { #expect(mark.contains(try #require(BeijingDay(date))) == isMarked, "\(date)") }
    #expect(throws: Mark.Refusal.endsBeforeItBegins) { try Mark.parse("2024-12-28..2024-01-03 x") }
  }

  @Test func `nothing that needs the network is offered offline`() {
    var state = Samples.wideState(.year, status: Samples.longStatus(days: 20))
    #expect(state.text.contains("B fetches the rest"))
    state.isOffline = true
    #expect(!state.text.contains("B fetches the rest"))
  }

  @Test func `the space key pauses only the open account`() {
    var state = Samples.fleetState()
    _ = state.press("A")
    let open = state.status.account.name
    let other = state.fleet.map(\.account.name).first { $0 != open }
    state.selectedAccount = other
    #expect(state.press(" ").isEmpty)
    #expect(state.notice?.phrase.text(.en).contains("open account, \(open)") == true)
    state.selectedAccount = open
    #expect(state.press(" ") == [.setPaused(true)])
  }

  @Test func `a failed save is explained in Chinese too`() {
    var state = Samples.state(language: .zh)
    _ = update(&state, .exported(path: nil, bytes: 0, reason: .said(en: "no space", zh: "磁盘已满")), at: state.now)
    #expect(state.rows.last?.contains("未能保存：磁盘已满") == true)
  }
}
