import Dashboard
import TerminalScreen
import Testing
import WeixinModel

/// Where characters of ambiguous width take two columns none of them may be drawn: it would shift the rest of its row.
@Suite struct NarrowGlyphTests {
  private static let mode = DrawingMode(glyphs: .braille)
  static let status = Samples.longStatus

  @Test(arguments: [(80, 24), (60, 20)], Language.allCases)
  func `views and layers use only narrow glyphs`(size: (Int, Int), language: Language) {
    var states: [(String, State)] = []
    for name in ViewName.allCases where name != .accounts {
      states.append((name.rawValue, Self.state(name, size, language)))
    }
    for (name, keys) in Self.layers {
      var state = Self.state(.day, size, language)
      for key in keys { _ = state.press(key) }
      states.append((name, state))
    }
    for name in [ViewName.month, .week] {
      var state = Self.state(name, size, language)
      state.layer = .calendar(Samples.day - 2)
      states.append(("calendar over \(name)", state))
    }
    Self.check(states)
  }

  @Test(arguments: [(80, 24), (60, 20)], Language.allCases)
  func `alerts and accounts use only narrow glyphs`(size: (Int, Int), language: Language) {
    var heard = Samples.heard(Samples.alerts, Self.state(.day, size, language))
    var states = [("alert", heard)]
    _ = heard.press("!")
    states.append(("alerts", heard))
    let fleets: [(String, [AccountStatus])] = [
      ("few", Samples.withEvents()), ("many", Samples.largeFleet(40)), ("none", []),
    ]
    for (name, fleet) in fleets {
      var state = Samples.fleetState(size.0, size.1, mode: Self.mode, language: language, fleet: fleet)
      states.append(("accounts, \(name)", state))
      state.selectedAccount = Samples.lab
      states.append(("account, \(name)", state))
    }
    Self.check(states)
  }

  @Test(arguments: Language.allCases)
  func `names, failures and mismatches use only narrow glyphs`(language: Language) {
    var numbers = SeededStates(seed: 5)
    var states: [(String, State)] = []
    for name in ViewName.allCases where name != .accounts {
      for _ in 0..<4 {
        var status = numbers.status()
        status.account.title = "“北京”·Caf\u{E9} α★…①号店"
        let fault = WeixinFault(
          endpoint: .token, code: 40_164, message: "invalid ip 203.0.113.7 – “…”", address: "203.0.113.7")
        status.speedFailure = Failure(error: .weixin(fault), at: Samples.noon)
        let speed = MassSendSpeed(level: 3, realspeed: 15)
        let watched = SpeedSpan(speed: speed, from: Samples.day.start(ofHour: 7), to: Samples.noon + -42)
        status.speedSpans = [watched]
        status.speed = watched
        var state = Samples.state(80, 24, status: status, mode: Self.mode, language: language)
        state.view = name
        states.append((name.rawValue, state))
      }
    }
    states.append(("too small", Samples.state(29, 9, mode: Self.mode, language: language)))
    Self.check(states)
  }

  @Test func `Chinese text stays, and other glyph sets keep their characters`() {
    #expect(Samples.state(mode: Self.mode).text.contains("艾克美"))
    #expect(!Self.ambiguous(view(Samples.state())).isEmpty)
  }

  private static let layers: [(String, [Key])] = [
    ("help", ["?"]), ("help, further down", ["?", .pageDown]), ("help, searched", ["?", "d", "a", "y"]),
    ("settings", [.function(2)]), ("log", ["@"]), ("shares", ["%"]), ("log scale", ["S", "S"]), ("labels", ["#"]),
    ("users", ["m"]), ("command", [":"]), ("completion", [":", "t", "h", .tab]), ("filter", ["/", "1", "0"]),
    ("go to", ["g", "x"]), ("export", ["x"]), ("again", ["R"]), ("comparison", ["C"]), ("hidden", ["1", "2"]),
  ]

  private static func state(_ view: ViewName, _ size: (Int, Int), _ language: Language) -> State {
    var status = Self.status
    status.log = [
      LogEntry(.call(.hourly, Samples.day, milliseconds: 41, nil), at: Samples.noon + -9),
      LogEntry(.call(.speed, nil, milliseconds: 10_000, .timedOut(seconds: 10)), at: Samples.noon + -5),
      LogEntry(.revised(Samples.day - 1, from: 100, to: 88), at: Samples.noon + -2),
    ]
    return Samples.wideState(view, size.0, size.1, mode: mode, language: language, status: status)
  }

  private static func check(_ states: [(String, State)]) {
    for (name, state) in states {
      let found = ambiguous(view(state))
      #expect(found.isEmpty, "\(name)")
    }
  }

  /// The rows and characters of cells that may take two columns.
  private static func ambiguous(_ frame: Frame) -> [String] {
    (0..<frame.size.height).flatMap { row in
      frame.row(row).filter { DisplayWidth.isAmbiguous($0.scalar) }.map { "\(row): \($0.scalar)" }
    }
  }
}
