import Dashboard
import Glibc
import TerminalScreen
import Testing
import WeixinModel

/// The list of all accounts, as it is drawn.
@Suite struct AccountsViewTests {
  private static let state = Samples.fleetState(fleet: Samples.withEvents())

  @Test(arguments: [(80, 24), (60, 20), (200, 60), (40, 10), (30, 8)], Language.allCases)
  func `the list looks as reviewed in every size and language`(size: (Int, Int), language: Language) throws {
    let state = Samples.fleetState(size.0, size.1, language: language, fleet: Samples.withEvents())
    try Golden.expect(view(state), "accounts-\(size.0)x\(size.1)-\(language.rawValue)")
  }

  @Test(arguments: Language.allCases)
  func `a broken account looks as reviewed`(language: Language) throws {
    var state = Samples.fleetState(language: language, fleet: Samples.withEvents())
    state.selectedAccount = Samples.lab
    try Golden.expect(view(state), "accounts-broken-80x24-\(language.rawValue)")
  }

  @Test(arguments: ["mono", "ascii", "16", "braille"])
  func `the list looks as reviewed on poor terminals`(kind: String) throws {
    let mode =
      switch kind {
      case "mono": DrawingMode(colors: 0)
      case "ascii": DrawingMode(glyphs: .ascii, colors: 0)
      case "braille": DrawingMode(glyphs: .braille)
      default: DrawingMode(colors: 16)
      }
    var state = Samples.fleetState(mode: mode, fleet: Samples.withEvents())
    state.selectedAccount = Samples.lab
    try Golden.expect(view(state), "accounts-80x24-\(kind)")
  }

  @Test func `a thousand accounts look as reviewed`() throws {
    var state = Samples.fleetState(fleet: Samples.largeFleet(1_000))
    _ = state.press(.pageDown, "j")
    try Golden.expect(view(state), "accounts-many-80x24-en")
  }

  @Test func `the list fits screens of every size`() async {
    var numbers = SeededStates(seed: 11)
    let large = Samples.largeFleet(1_000)
    let far = stride(from: 0, through: 300, by: 25).flatMap { width in
      stride(from: 0, through: 100, by: 20).map { (width, $0) }
    }
    let near = stride(from: 30, through: 112, by: 3).flatMap { width in
      [8, 9, 10, 12, 14, 16, 20, 22, 24].map { (width, $0) }
    }
    for (width, height) in far + near {
      await Task.yield()
      let glyphs = [GlyphSet.Name.block, .ascii, .braille].randomElement(using: &numbers) ?? .block
      let mode = DrawingMode(glyphs: glyphs, colors: [0, 8, 16, 256].randomElement(using: &numbers) ?? 0)
      let fleets = [[], [Samples.status], Samples.withEvents(), Array(large.prefix(40)), large]
      var state = Samples.fleetState(
        width, height, mode: mode, language: Bool.random(using: &numbers) ? .en : .zh,
        fleet: fleets.randomElement(using: &numbers) ?? [])
      state.accountOrder.column = AccountOrder.Column.allCases.randomElement(using: &numbers) ?? .state
      if Int.random(in: 0...4, using: &numbers) == 0 { state.accountFilter = Filter("1 >100") }
      if Int.random(in: 0...4, using: &numbers) == 0 { state.accountFilter = Filter("nobody") }
      for key in [Key.pageDown, .end, "j", "n"] { _ = state.press(key) }
      let frame = view(state)
      ViewInvariantTests.check(frame, width, height)
      if glyphs == .ascii { #expect(frame.text.unicodeScalars.allSatisfy { $0.isASCII }) }
    }
  }

  @Test func `every state has a glyph and a word`() throws {
    var fleet = Samples.fleet
    fleet[1].days[Samples.day] = DayStatus(failure: Failure(error: .emptyDay, at: Samples.noon))
    fleet[1].brief = nil
    fleet[4].days = [:]
    fleet[4].brief = nil
    let rows = Samples.fleetState(fleet: fleet).rows
    func row(_ name: String) throws -> String { try #require(rows.first { $0.dropFirst(3).hasPrefix(name) }) }
    #expect(try row("acme-cn").hasSuffix("✓ final"))
    #expect(try row("acme-shop").contains("◌◌◌◌◌◌") && row("acme-shop").hasSuffix("◌ pending"))
    #expect(try row("acme-hr").hasSuffix("~ prov."))
    #expect(try row("acme-lab").hasSuffix("✗ 40164") && row("acme-lab").contains("L2? 24 h"))
    #expect(try row("acme-old").contains("= paused") && row("acme-old").hasSuffix("· none"))
    #expect(rows[22].contains("✗ 1 error · 2 waiting · 2 ok"))
    #expect(rows[1].contains("18,256 messages in 2 of 5 accounts"))
  }

  @Test func `a speed that Weixin's cloud lacks is no error`() throws {
    var fleet = Samples.fleet
    fleet[1].speed = nil
    fleet[1].speedFailure = Failure(error: .notInCloud(.speed), at: Samples.noon)
    let rows = Samples.fleetState(fleet: fleet).rows
    #expect(try #require(rows.first { $0.contains("acme-shop") }).hasSuffix("✓ final"))
    #expect(rows[22].contains("✗ 1 error · 4 ok"))
  }

  @Test func `another day's numbers never appear without their date`() throws {
    var fleet = Samples.fleet
    fleet[1].days = [:]
    fleet[1].brief?.day = Samples.day - 1
    fleet[1].newestDay = Samples.day - 1
    var state = Samples.fleetState(fleet: fleet)
    #expect(!state.text.contains("9,310"))
    state.selectedAccount = "acme-shop"
    #expect(state.text.contains("newest day kept: Wed 19 Aug  9,310 messages"))
  }

  @Test func `the list shows the newest day that any account should have`() {
    var fleet = Samples.fleet
    for index in fleet.indices where index > 0 { fleet[index].newestDay = Samples.day - 1 }
    #expect(Samples.fleetState(fleet: fleet).rows[0].contains("2026-08-20"))
    for index in fleet.indices { fleet[index].newestDay = Samples.day - 30 }
    #expect(Samples.fleetState(fleet: fleet).rows[0].contains("2026-08-20"), "after noon it should be there")
    var morning = Samples.state(status: fleet[0], now: (Samples.day + 1).start(ofHour: 9))
    (morning.fleet, morning.view) = (fleet, .accounts)
    #expect(morning.rows[0].contains("2026-08-19"), "before noon it may be late")
  }

  @Test func `the chosen account's error comes with its cure`() {
    var state = Self.state
    state.selectedAccount = Samples.lab
    let text = state.text
    #expect(text.contains("✗ 40164") && text.contains("203.0.113.7") && text.contains("14 min ago"))
    #expect(text.contains("fix: ") && text.contains("(y copies it)"))
    #expect(text.contains("No retry by itself: r tries again"))
  }

  @Test func `events of all accounts are merged by time`() {
    let rows = Self.state.rows
    let start = rows.firstIndex { $0 == " events" } ?? 0
    #expect(rows[start + 1].contains("20 Aug 19:04  acme-cn") && rows[start + 1].contains("L4 100k/min"))
    #expect(rows[start + 2].contains("20 Aug 22:02  acme-cn"))
    #expect(rows[start + 3].contains("21 Aug 12:04  acme-shop") && rows[start + 3].contains("9,307 > 9,310"))
    #expect(!rows[start + 4].contains("acme"))
    var state = Self.state
    _ = state.press("@")
    #expect(state.rows[4].contains("acme-shop") && state.rows[5].contains("acme-cn") && state.text.contains("41 ms"))
  }

  @Test func `the open account's line shows its own newer status`() {
    var state = Self.state
    state.status.speed = SpeedSpan(
      speed: MassSendSpeed(level: 4, realspeed: 10), from: Samples.noon + -3, to: Samples.noon + -3)
    #expect(state.rows.contains { $0.contains("acme-cn") && $0.contains("L4 100k/min") })
  }

  /// By the processor's time of this thread, which other programs do not lengthen.
  @Test func `a thousand accounts cost a key little more than thirty`() {
    func best(_ state: State) -> Duration {
      (0..<5).map { _ in
        var state = state
        let begin = processorTime
        _ = update(&state, .key("j"), at: Samples.noon)
        _ = view(state)
        return processorTime - begin
      }.min() ?? .zero
    }
    let few = best(Samples.fleetState(fleet: Samples.largeFleet(30)))
    let many = best(Samples.fleetState(fleet: Samples.largeFleet(1_000)))
    // A third of what it would be if each account cost the same.
    #expect(many < few * 12, "\(many) beside \(few)")
  }

  private var processorTime: Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  @Test func `every screen shows the account's colour, if there are several`() throws {
    var state = Samples.fleetState()
    for name in ViewName.allCases where name != .accounts {
      state.view = name
      let frame = view(state)
      let bar = frame[0, 0].style.background
      #expect(bar != .standard, "\(name)")
      let names = (0..<80).filter { frame[0, $0].scalar == "艾" }
      #expect(try frame[0, #require(names.first)].style.foreground == bar)
    }
    state.fleet = []
    #expect(view(state)[0, 0].style.background == .standard)
  }

  @Test func `a few accounts all have different colours`() {
    var fleet = Samples.fleet
    fleet[3].account.accent = 2
    let frame = view(Samples.fleetState(fleet: fleet))
    let bars = (4..<9).map { frame[$0, 1].style.background }
    #expect(Set(bars).count == 5)
    #expect(bars.contains(.account3))
  }

  @Test func `an account's colour is the same on every machine`() {
    #expect(["acme", "acme-cn", "acme-shop", "艾克美"].map { Account(name: $0).accentIndex } == [1, 4, 4, 4])
    #expect(Account(name: "acme", accent: 4).accentIndex == 4)
  }
}
