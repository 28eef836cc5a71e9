import Dashboard
import TerminalScreen
import Testing
import WeixinModel

@Suite struct WideViewTests {
  static let views: [ViewName] = [.week, .month, .year, .all]
  static let status = Samples.longStatus
  static let sizes = [(80, 24), (60, 20), (200, 60), (40, 10)]

  @Test(arguments: views + [.table, .speed], Language.allCases)
  func `each view looks as reviewed`(view: ViewName, language: Language) throws {
    for (width, height) in Self.sizes {
      let state = Samples.wideState(view, width, height, language: language, status: Self.status)
      try Golden.expect(Dashboard.view(state), "\(view.rawValue)-\(width)x\(height)-\(language.rawValue)")
    }
  }

  /// What lies over a view, and what changes the chart.
  @Test(arguments: ["settings", "log", "shares", "log-scale", "labels", "command"], Language.allCases)
  func `each layer looks as reviewed`(name: String, language: Language) throws {
    var state = Samples.wideState(.day, language: language, status: Self.status)
    state.status.log = [
      LogEntry(.call(.hourly, Samples.day, milliseconds: 41, nil), at: Samples.noon + -9),
      LogEntry(.call(.speed, nil, milliseconds: 10_000, .timedOut(seconds: 10)), at: Samples.noon + -5),
      LogEntry(.revised(Samples.day - 1, from: 100, to: 88), at: Samples.noon + -2),
    ]
    switch name {
    case "settings": _ = state.press(.function(2))
    case "log": _ = state.press("@")
    case "shares": _ = state.press("%")
    case "log-scale": _ = state.press("S", "S")
    case "labels": _ = state.press("#")
    default: _ = state.press(":", "t", "h", .tab)
    }
    try Golden.expect(Dashboard.view(state), "\(name)-80x24-\(language.rawValue)")
  }

  @Test(arguments: views + [.table, .speed], ["mono", "ascii", "16", "braille"])
  func `each view looks as reviewed on poor terminals`(view: ViewName, kind: String) throws {
    let mode =
      switch kind {
      case "mono": DrawingMode(colors: 0)
      case "ascii": DrawingMode(glyphs: .ascii, colors: 0)
      case "braille": DrawingMode(glyphs: .braille)
      default: DrawingMode(colors: 16)
      }
    let state = Samples.wideState(view, mode: mode, status: Self.status)
    try Golden.expect(Dashboard.view(state), "\(view.rawValue)-80x24-\(kind)")
  }

  @Test(arguments: [ViewName.day] + views + [.table, .speed], Language.allCases)
  func `each view looks as reviewed without colours`(view: ViewName, language: Language) throws {
    for (width, height) in [(60, 20), (200, 60)] + (language == .zh || view == .day ? [(80, 24)] : []) {
      let state = Samples.wideState(
        view, width, height, mode: DrawingMode(colors: 0), language: language, status: Self.status)
      let name = "\(view.rawValue)-\(width)x\(height)-\(language.rawValue)-mono"
      try Golden.expect(Dashboard.view(state), name)
    }
  }

  @Test(arguments: [(60, 20), (40, 10), (30, 8)], Language.allCases)
  func `labels look as reviewed on narrow screens`(size: (Int, Int), language: Language) throws {
    var state = Samples.wideState(.day, size.0, size.1, language: language, status: Self.status)
    state.hasLabels = true
    try Golden.expect(Dashboard.view(state), "labels-\(size.0)x\(size.1)-\(language.rawValue)")
  }

  @Test(arguments: ["go-to", "filter", "export", "refetch", "chart-only", "locked", "help"], Language.allCases)
  func `each prompt looks as reviewed`(name: String, language: Language) throws {
    for (width, height) in [(80, 24), (40, 10)] {
      var state = Samples.wideState(.day, width, height, language: language, status: Self.status)
      switch name {
      case "go-to": _ = state.press("g", "l", "a", "s")
      case "filter": _ = state.press("/", ">", "2", "0", "0", "0")
      case "export": _ = state.press("x")
      case "refetch": _ = state.press("R")
      case "chart-only": _ = state.press("e")
      case "locked": _ = state.press("S")
      default: _ = state.press("?", .end)
      }
      try Golden.expect(Dashboard.view(state), "\(name)-\(width)x\(height)-\(language.rawValue)-prompt")
    }
  }

  @Test(arguments: [(80, 24), (120, 30), (40, 10)])
  func `the calendar looks as reviewed`(size: (Int, Int)) throws {
    var state = Samples.wideState(.month, size.0, size.1, status: Self.status)
    state.layer = .calendar(Samples.day - 2)
    try Golden.expect(view(state), "calendar-\(size.0)x\(size.1)-en")
  }

  @Test(arguments: [(80, 24), (40, 10)])
  func `the calendar has a border where it has no background`(size: (Int, Int)) throws {
    var state = Samples.wideState(.month, size.0, size.1, mode: DrawingMode(colors: 0), status: Self.status)
    state.layer = .calendar(Samples.day - 2)
    try Golden.expect(view(state), "calendar-\(size.0)x\(size.1)-mono")
  }

  @Test(arguments: views)
  func `a missing day is never shown as zero`(view: ViewName) {
    let empty = Samples.wideState(view, status: AccountStatus(account: Account(name: "acme")))
    let text = empty.rows[3..<20].joined()
    #expect(!text.contains("╌"))
    #expect(text.contains("·"))
  }

  @Test func `the month shows each state by its glyph`() {
    let text = Samples.wideState(.month, status: Self.status).text
    #expect(text.contains("15 ✗"))
    #expect(text.contains("12 ·"))
    #expect(text.contains("09 ╌"))
    #expect(text.contains("07 »"))
    #expect(text.contains("20~"))
    #expect(text.contains("21 ◌"))
    #expect(text.contains("22 ·"))
  }

  @Test func `a day not yet published has its own glyph`() {
    var state = Samples.state(80, 24, status: Self.status, now: (Samples.day + 2).start(ofHour: 7))
    state.view = .month
    #expect(state.text.contains("21 ◌"))
  }

  @Test func `the filter counts matching days and hours`() {
    var state = Samples.wideState(.month, status: Self.status)
    state.filter = Filter("weekend")
    #expect(state.rows[2].contains("/weekend: 6 days"))
    state.view = .week
    state.filter = Filter(">2000")
    #expect(state.rows[2].contains("hours"))
    state.filter = Filter("missing")
    state.view = .year
    #expect(state.rows[2].contains("/missing: 3 days"))
  }

  @Test func `missing days and a half-read archive are pointed out`() {
    var status = Samples.longStatus(days: 20)
    var state = Samples.wideState(.year, status: status)
    #expect(state.text.contains("days kept, B fetches the rest"))
    status.history.isWhole = false
    state = Samples.wideState(.all, status: status)
    #expect(state.text.contains("reading the archive"))
  }

  @Test func `users are a lower bound and have no average`() {
    var state = Samples.wideState(.month, status: Self.status)
    state.metric = .users
    #expect(state.rows[1].hasPrefix(" ≥"))
    #expect(!state.rows[1].contains("a day"))
  }

  @Test(arguments: [("2024-12-30", "W01"), ("2021-01-03", "W53"), ("2020-12-31", "W53"), ("2026-01-04", "W01")])
  func `weeks are numbered by ISO 8601`(date: String, week: String) throws {
    var state = Samples.wideState(.week, 100, status: Self.status)
    state.day = try #require(BeijingDay(date))
    #expect(state.rows[0].contains("(\(week))"))
  }

  @Test(arguments: views)
  func `a text export keeps the shades`(view: ViewName) {
    let state = Samples.wideState(view, status: Self.status)
    #expect(exportText(state, .text).contains { "░▒▓█".contains($0) })
  }

  @Test(arguments: views)
  func `the cursor is visible without colours too`(view: ViewName) {
    for mode in [DrawingMode(), DrawingMode(colors: 0), DrawingMode(glyphs: .ascii, colors: 0)] {
      let text = Samples.wideState(view, mode: mode, status: Self.status).rows[4..<18].joined()
      #expect(text.contains("[") || text.contains("▪") || text.contains("@"), "\(view)")
      #expect(text.contains(mode.colors == 0 && text.allSatisfy(\.isASCII) ? ">" : "▸"))
    }
  }

  @Test func `hints follow the key bindings`() throws {
    var state = Samples.wideState(.month, status: Self.status)
    state.keys = try KeyBindings.standard.with([.help: ["H"]])
    #expect(state.rows[23].contains("H help"))
  }

  @Test(arguments: views)
  func `a click on a cell chooses its day`(view: ViewName) {
    var state = Samples.wideState(view, status: Self.status)
    state.look.hasMouse = true
    var reached = Set<BeijingDay>()
    for row in 0..<24 {
      for column in 0..<80 {
        var clicked = state
        _ = update(&clicked, .mouse(Mouse(.press, row: row, column: column)), at: Samples.noon)
        #expect(clicked.day >= .firstKept && clicked.day <= clicked.newestDay)
        if clicked.view == view { reached.insert(clicked.day) }
      }
    }
    let least = [ViewName.week: 4, .month: 20, .year: 200, .all: 500][view] ?? 0
    #expect(reached.count >= least, "\(view): \(reached.count)")
  }

  @Test func `a click in the calendar chooses any published day`() {
    var state = Samples.wideState(.month, status: Self.status)
    state.look.hasMouse = true
    state.layer = .calendar(Samples.day)
    var picked = Set<BeijingDay>()
    for row in 0..<24 {
      for column in 0..<80 {
        var clicked = state
        _ = update(&clicked, .mouse(Mouse(.press, row: row, column: column)), at: Samples.noon)
        if case .calendar(let day) = clicked.layer { picked.insert(day) }
      }
    }
    #expect(picked.count == 20)
  }
}
