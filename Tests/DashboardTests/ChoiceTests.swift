import Dashboard
import TerminalScreen
import Testing
import WeixinModel

/// What changes how the numbers are drawn, and what is taken along.
@Suite struct ChoiceTests {
  private func withHistory() -> AccountStatus {
    var status = Samples.status
    for back in 1...60 {
      let record = Samples.record(Samples.day - back, percent: 80 + back % 7)
      status.days[Samples.day - back] = DayStatus(record: record)
      status.history.insert(record)
    }
    return status
  }

  @Test func `comparisons come in turn, each with its name`() {
    var state = Samples.state(100, 30, status: withHistory())
    #expect(state.text.contains("usual Thu"))
    #expect(state.rows[2].contains("──usual"))
    _ = state.press("C")
    #expect(state.compare == .off && !state.rows[2].contains("──"))
    _ = state.press("C")
    #expect(state.text.contains("Wed 19 Aug 20h") && state.rows[2].contains("──day before"))
    _ = state.press("C")
    #expect(state.text.contains("Thu 13 Aug 20h") && state.rows[2].contains("──week before"))
  }

  @Test func `a yearly mark is compared with the year before`() {
    var status = withHistory()
    let before = Samples.day.adding(months: -12)
    status.history.insert(Samples.record(before, percent: 50))
    var state = Samples.state(100, 30, status: status)
    state.marks = [Mark(name: "七夕", days: Samples.day...Samples.day, isYearly: true)]
    #expect(before.description == "2025-08-20")
    _ = state.press("C", "C", "C", "C")
    #expect(state.compare == .mark && state.wantedDays == [before])
    #expect(state.text.contains("Wed 2025-08-20 20h") && state.rows[2].contains("──year before"))
    #expect(state.rows[1].contains("vs Wed 2025-08-20") && state.rows[1].contains("▴10"))
    _ = state.press("C")
    #expect(state.compare == .usual)
  }

  @Test func `too little history is pointed out, with details if asked`() {
    var state = Samples.state(100, 30)
    #expect(state.text.contains("too little history for what is usual"))
    // While the archive is still being read nobody knows.
    state.status.history.isWhole = false
    #expect(!state.text.contains("too little history"))
    state.status.history.isWhole = true
    _ = state.press("C", "C", "C", "C")
    #expect(state.compare == .usual)
    #expect(state.text.contains("too little history: 2 of the last 8 same weekdays are kept, 4 are needed"))
  }

  @Test func `the days to compare with are asked for too`() {
    var state = Samples.state()
    let effects = update(&state, .key(.left), at: state.now)
    #expect(effects == [.show(Samples.day - 1, and: (1...8).map { Samples.day - 1 - 7 * $0 })])
    state.view = .week
    #expect(Set(state.wantedDays).isSuperset(of: [Samples.day - 2, Samples.day - 3]))
    #expect(state.wantedDays.allSatisfy { $0 < state.now.beijingDay })
  }

  @Test func `a locked scale stays, and bars beyond it are marked`() {
    var state = Samples.state(status: withHistory())
    _ = state.press("S")
    let top = state.axisMaximum
    #expect(state.rows[2].contains("locked"))
    state.status.days[Samples.day - 1] = DayStatus(record: Samples.record(Samples.day - 1, percent: 500))
    _ = state.press(.left)
    #expect(state.axisMaximum == top)
    #expect(state.rows[3].contains("▴▴"))
  }

  @Test func `logarithmic bars show totals without layers`() {
    var state = Samples.state()
    state.look.wishedColors = 0
    _ = state.press("S", "S")
    #expect(state.rows[2].contains("log, totals"))
    #expect(state.rows[3...15].allSatisfy { !$0.contains("▒") })
    #expect(state.text.contains("10k") || state.text.contains("1.0k"))
  }

  @Test func `shares fill the whole chart`() {
    var state = Samples.state()
    state.look.wishedColors = 0
    _ = state.press("%")
    #expect(state.rows.contains { $0.contains("100% │") })
    let top = state.rows.first { $0.contains("100% │") } ?? ""
    #expect(top.filter { $0 == "▚" || $0 == "░" }.count >= 40)
  }

  @Test func `labels stand above the bars when asked for`() {
    var state = Samples.state(200, 40)
    #expect(!state.text.contains("1.8k "))
    _ = state.press("#")
    #expect(state.text.contains("1.8k") || state.text.contains("1.9k"))
  }

  @Test func `the chart can be shown alone, and q ends that`() {
    var state = Samples.state()
    _ = state.press("e")
    #expect(!state.text.contains("speed   "))
    #expect(state.press("q").isEmpty && !state.isChartOnly)
  }

  @Test func `a tour through all views keeps the day`() {
    var state = Samples.state(day: Samples.day - 3)
    for view in [ViewName.week, .month, .year, .all] {
      _ = state.press("-")
      #expect(state.view == view && state.day == Samples.day - 3)
    }
    _ = state.press("-")
    #expect(state.notice != nil && state.view == .all)
    for view in [ViewName.year, .month, .day] {
      _ = state.press(.enter)
      #expect(state.view == view)
    }
    _ = state.press("-", "-", "=")
    #expect(state.view == .day)
    for _ in ViewName.allCases.dropLast() { _ = state.press(.tab) }
    #expect(state.view == .day)
    _ = state.press("W", .escape)
    #expect(state.view == .day)
  }

  @Test func `the table can be sorted by another column`() throws {
    var state = Samples.state()
    _ = state.press("T")
    let byHour = state.rows[4...18].map { String($0.prefix(6)) }
    for _ in 0..<6 { _ = state.press("s") }
    let first = try #require(state.rows.first { $0.contains("20h") })
    #expect(first.contains("2,0"))
    #expect(state.rows[2].contains("▾messages") || state.rows[2].contains("▴messages"))
    #expect(state.rows[4...18].map { String($0.prefix(6)) } != byHour)
    _ = state.press("D", "T", "j")
    #expect(state.hour == 21)
  }

  @Test func `copying takes the inspected hour and says where it went`() {
    var state = Samples.state(status: withHistory())
    let text = update(&state, .key("y"), at: state.now)
    guard case .copy(let copied, _)? = text.first else {
      Issue.record("nothing was copied")
      return
    }
    #expect(copied.hasPrefix("艾克美 (acme)  Thu 2026-08-20 20:00–20:59 UTC+8  2,028 messages"))
    #expect(copied.contains("text 1,157, image 466"))
    _ = update(&state, .copied(.sent, what: .said(en: "The inspected numbers", zh: "")), at: state.now)
    #expect(state.rows.last?.contains("sent to the terminal's clipboard") == true)
    _ = update(&state, .copied(.unsupported, what: .said(en: "x", zh: "x")), at: state.now)
    #expect(state.rows.last?.contains("x saves to a file") == true)
  }

  @Test func `copying a refused address takes the address alone`() {
    var status = Samples.status
    let fault = WeixinFault(endpoint: .token, code: 40_164, message: "invalid ip", address: "203.0.113.7")
    status.days = [Samples.day: DayStatus(failure: Failure(error: .weixin(fault), at: Samples.noon))]
    var state = Samples.state(status: status)
    #expect(
      update(&state, .key("y"), at: state.now).first
        == .copy("203.0.113.7", what: .said(en: "The inspected numbers", zh: "所看的数据")))
  }

  @Test func `the copied command names everything that was chosen`() {
    var state = Samples.state(60, 20, day: Samples.day - 1)
    _ = state.press("3", "C", "W", "m", "C")
    #expect(state.notice?.phrase.text(.en).contains("D opens it") == true && state.compare == .off)
    guard case .copy(let line, _)? = update(&state, .key("Y"), at: state.now).first else {
      Issue.record("nothing was copied")
      return
    }
    #expect(
      line == "wxtop --account acme --date 2026-08-19 --view week --hour 20 --metric users --compare off --hide voice "
        + "--glyphs block --lang en --size 60x20 --once")
  }

  @Test func `exports carry the rows of the view`() throws {
    var state = Samples.state(status: withHistory())
    _ = state.press("x")
    #expect(state.rows.last?.contains("CSV") == true)
    guard case .export(let csv, "", let name)? = update(&state, .key("c"), at: state.now).first else {
      Issue.record("nothing was exported")
      return
    }
    #expect(name == "wxtop-acme-day-2026-08-20.csv")
    #expect(csv.hasPrefix("date,hour,msg_type,type,msg_user,msg_count,state\n2026-08-20,0,1,text,"))
    let sum = csv.split(separator: "\n").dropFirst().reduce(0) { $0 + (Int($1.split(separator: ",")[5]) ?? 0) }
    #expect(sum == Samples.messages(Samples.day).total)
    let svg = exportText(state, .svg)
    #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>\n") && svg.contains("2026-08-20"))
    #expect(exportText(state, .text).contains("2026-08-20"))
    #expect(exportText(state, .json).hasPrefix("[\n{\"date\":\"2026-08-20\",\"hour\":0,"))
    state.view = .week
    #expect(exportText(state, .csv).contains("2026-08-17,"))
    state.view = .year
    state.marks = [Mark(name: "a \"b\", c", days: Samples.day...Samples.day)]
    #expect(exportText(state, .csv).hasPrefix("date,msg_count,state,marks\n2026-0"))
    #expect(exportText(state, .csv).contains("2026-08-20,25034,final,\"a \"\"b\"\", c\"\n"))
    #expect(exportText(state, .json).contains("\"marks\":\"a \\\"b\\\", c\"}"))
    _ = update(&state, .exported(path: nil, bytes: 0, reason: .said(en: "no space", zh: "没有空间")), at: state.now)
    #expect(state.rows.last?.contains("Not saved: no space") == true)
  }

  @Test func `settings act at once and can be kept`() {
    var state = Samples.state()
    _ = state.press(.function(2), .right)
    #expect(state.look.wishedTheme == .dark)
    let effects = state.press(.right)
    #expect(state.look.theme == .light && effects == [.restyle(state.look.palette)])
    _ = state.press(.down, .right)
    #expect(state.language == .zh && state.text.contains("设置"))
    guard case .keepSettings(let settings)? = state.press("w").last else {
      Issue.record("nothing was kept")
      return
    }
    #expect(settings.contains(Setting("theme", "light")) && settings.contains(Setting("language", "zh")))
    // Open until it is closed: the q behind a save must not leave the program.
    #expect(state.layer == .settings(row: 1))
    #expect(state.press("q").isEmpty && state.layer == .none)
  }

  @Test func `the terminal's answers change theme and glyphs`() {
    var state = Samples.state()
    state.look.wishedGlyphs = nil
    let effects = update(&state, .learned(TerminalAnswers(isDark: false, isAmbiguousWide: true)), at: state.now)
    #expect(state.look.theme == .light)
    #expect(effects.contains(.restyle(state.look.palette)) && effects.contains(.redraw))
    #expect(!state.text.contains("█") && state.text.contains("╌"))
  }

  @Test func `the mouse chooses what it is pressed on, once enabled`() {
    var state = Samples.state(status: withHistory())
    #expect(update(&state, .mouse(Mouse(.press, row: 10, column: 9)), at: state.now).isEmpty)
    #expect(state.hour == 20, "off by default")
    state.look.hasMouse = true
    _ = update(&state, .mouse(Mouse(.press, row: 10, column: 9)), at: state.now)
    #expect(state.hour == 0)
    _ = update(&state, .mouse(Mouse(.press, row: 2, column: 2)), at: state.now)
    #expect(state.hidden == [.text])
    let strip = state.rows.firstIndex { $0.hasPrefix(" Aug") } ?? 0
    _ = update(&state, .mouse(Mouse(.press, row: strip, column: 6)), at: state.now)
    #expect(state.day == Samples.day - 13)
    _ = update(&state, .mouse(Mouse(.wheelDown, row: 5, column: 5)), at: state.now)
    #expect(state.day == Samples.day - 12)
  }

  @Test func `a final day is fetched again only after a yes`() {
    var state = Samples.state(status: withHistory())
    #expect(state.press("R").isEmpty)
    #expect(state.rows.last?.contains("It costs one call") == true)
    #expect(state.press("n").isEmpty)
    #expect(state.press("R", "y") == [.refetch(Samples.day)])
    state.isOffline = true
    #expect(state.press("R").isEmpty && state.layer == .none)
  }

  @Test func `the log tells of calls and changes`() {
    var status = Samples.status
    status.log = [
      LogEntry(.call(.hourly, Samples.day, milliseconds: 41, nil), at: Samples.noon),
      LogEntry(.call(.speed, nil, milliseconds: 10_000, .timedOut(seconds: 10)), at: Samples.noon + 5),
      LogEntry(
        .speedChanged(from: MassSendSpeed(level: 3, realspeed: 30), to: MassSendSpeed(level: 4, realspeed: 10)),
        at: Samples.noon + 9),
      LogEntry(.revised(Samples.day - 1, from: 100, to: 88), at: Samples.noon + 9),
    ]
    var state = Samples.state(100, 24, status: status)
    _ = state.press("@")
    #expect(state.text.contains("hourly 2026-08-20") && state.text.contains("41 ms"))
    #expect(state.text.contains("no answer in 10 s"))
    #expect(state.text.contains("mass send L3 300k/min > L4 100k/min"))
    #expect(state.text.contains("2026-08-19 revised 100 > 88 (-12)"))
    #expect(state.press("q").isEmpty && state.layer == .none)
  }

  @Test func `custom keys replace the standard ones, and conflicts are refused`() throws {
    var state = Samples.state(100, 60)
    state.keys = try KeyBindings.standard.with([.nextUnusual: ["w"], .quit: [.function(10)]])
    #expect(state.press(.function(10)) == [.quit])
    _ = state.press("n")
    #expect(state.notice == .init(.unknownKey("n")))
    #expect(throws: KeyBindings.Conflict.shared("q", .nextDay, .close)) {
      try KeyBindings.standard.with([.nextDay: ["q"]])
    }
    #expect(throws: KeyBindings.Conflict.noWayOut) { try KeyBindings.standard.with([.quit: [], .close: []]) }
    _ = state.press("?")
    #expect(state.text.contains("F10"))
  }
}
