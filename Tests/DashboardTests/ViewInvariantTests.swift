import TerminalScreen
import Testing
import WeixinModel

@testable import Dashboard

/// What holds at every size and in every state: no trap, the asked size, whole wide characters, no control characters.
///
/// Long loops yield: some tests beside them talk to a server in this process.
@Suite struct ViewInvariantTests {
  @Test(arguments: Language.allCases)
  func `the day fits every size up to 200 by 60`(language: Language) async {
    var status = Samples.status
    if language == .zh { status.account.title = "一个名字非常非常长的公众号账号测试" }
    var state = Samples.state(status: status, language: language)
    let all = stride(from: 0, through: 200, by: 8).flatMap { width in
      stride(from: 0, through: 60, by: 5).map { (width, $0) }
    }
    let near = (30...84).flatMap { width in (8...26).map { (width, $0) } }
    for (width, height) in all + near {
      await Task.yield()
      _ = update(&state, .resize(Size(width: width, height: height)), at: Samples.noon)
      Self.check(view(state), width, height)
    }
  }

  @Test(arguments: Language.allCases, [GlyphSet.Name.block, .ascii, .braille])
  func `every state fits the sizes where layouts change`(language: Language, glyphs: GlyphSet.Name) async {
    var numbers = SeededStates(seed: 42)
    for (width, height) in [
      (29, 9), (30, 8), (31, 9), (40, 10), (41, 11), (55, 14), (56, 15), (72, 18), (79, 23), (80, 24), (128, 40),
    ] {
      for _ in 0..<5 {
        await Task.yield()
        let mode = DrawingMode(glyphs: glyphs, colors: [0, 8, 16, 256].randomElement(using: &numbers) ?? 0)
        var state = Samples.state(
          width, height, status: numbers.status(), mode: mode, language: language,
          day: Samples.day - Int.random(in: 0...20, using: &numbers))
        for key in ["?", "g", "m", "1", "o", "w"] as [Key] {
          Self.check(view(state), width, height)
          _ = state.press(key)
        }
        let frame = view(state)
        Self.check(frame, width, height)
        if glyphs == .ascii { #expect(frame.text.unicodeScalars.allSatisfy { $0.isASCII }) }
      }
    }
  }

  @Test(arguments: [0, 16, 256], [GlyphSet.Name.block, .ascii, .braille])
  func `no mark of what is usual takes a cell of a bar`(colors: Int, glyphs: GlyphSet.Name) async {
    let long = Samples.longStatus
    let mode = DrawingMode(glyphs: glyphs, colors: colors)
    var marked = 0
    for (width, height) in [(30, 12), (40, 10), (60, 20), (80, 24), (120, 35), (200, 60)] {
      for day in 0..<8 {
        await Task.yield()
        var state = Samples.state(width, height, status: long, mode: mode, day: Samples.day - day)
        state.compare = .off
        let bars = view(state)
        state.compare = .usual
        let frame = view(state)
        let rows = DayView.rows(state)
        for row in rows.chart {
          for column in 0..<width where bars[row, column] != frame[row, column] {
            marked += 1
            let before = bars[row, column]
            #expect(before.style.background == .standard && (before.scalar == " " || before.style.foreground == .grid))
          }
        }
      }
    }
    #expect(marked > 100)
  }

  @Test(arguments: [ViewName.week, .month, .year, .all])
  func `every wide view fits every size`(view: ViewName) async {
    var numbers = SeededStates(seed: 7)
    let long = Samples.longStatus
    let far = stride(from: 0, through: 300, by: 25).flatMap { width in
      stride(from: 0, through: 100, by: 20).map { (width, $0) }
    }
    let near = [40, 47, 48, 55, 56, 57, 71, 72, 77, 78, 79, 80, 99, 100, 104, 139].flatMap { width in
      [10, 11, 13, 16, 20, 24, 25, 33].map { (width, $0) }
    }
    for (width, height) in far + near {
      await Task.yield()
      let glyphs = [GlyphSet.Name.block, .ascii, .braille].randomElement(using: &numbers) ?? .block
      let mode = DrawingMode(glyphs: glyphs, colors: [0, 8, 16, 256].randomElement(using: &numbers) ?? 0)
      var state = Samples.state(
        width, height, status: Int.random(in: 0...3, using: &numbers) == 0 ? numbers.status() : long,
        mode: mode, language: Bool.random(using: &numbers) ? .en : .zh,
        day: Samples.day - Int.random(in: 0...4_500, using: &numbers))
      state.view = view
      state.hasLabels = Bool.random(using: &numbers)
      state.metric = Bool.random(using: &numbers) ? .messages : .users
      if Int.random(in: 0...2, using: &numbers) == 0 { state.filter = Filter("weekend >100") }
      if Int.random(in: 0...2, using: &numbers) == 0 { state.hidden = [.text] }
      if Int.random(in: 0...4, using: &numbers) == 0 { state.layer = .calendar(state.day) }
      let frame = Dashboard.view(state)
      Self.check(frame, width, height)
      if glyphs == .ascii { #expect(frame.text.unicodeScalars.allSatisfy { $0.isASCII }) }
    }
  }

  @Test func `hostile text never reaches the screen`() {
    let hostile = "\u{1B}]0;owned\u{7}\u{202E}evil\u{9B}31m\n名字"
    var status = Samples.status
    status.account = Account(name: hostile.cleaned(limit: 40), title: hostile.cleaned(limit: 40))
    let fault = WeixinFault(endpoint: .speed, code: 99_999, message: hostile.cleaned())
    status.speedFailure = Failure(error: .weixin(fault), at: Samples.noon)
    let frame = view(Samples.state(status: status))
    Self.check(frame, 80, 24)
    #expect(frame.text.contains("名字"))
  }

  static func check(_ frame: Frame, _ width: Int, _ height: Int) {
    #expect(frame.size == Size(width: width, height: height))
    for row in 0..<height {
      let cells = Array(frame.row(row))
      for (column, cell) in cells.enumerated() {
        let isSound =
          cell.isTrailing
          ? column > 0 && DisplayWidth.of(cells[column - 1].scalar) == 2
          : DisplayWidth.of(cell.scalar) == 1
            || (DisplayWidth.of(cell.scalar) == 2 && column + 1 < width && cells[column + 1].isTrailing)
        if !isSound { Issue.record("\(width)×\(height): cell \(row),\(column) holds U+\(cell.scalar.value)") }
      }
    }
  }
}

/// Random statuses that are the same in every run.
struct SeededStates: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }

  mutating func status() -> AccountStatus {
    var status = Samples.status
    if Bool.random(using: &self) { status.account.title = "一个名字非常非常长的公众号账号测试" }
    for back in 0..<25 {
      let day = Samples.day - back
      switch Int.random(in: 0...6, using: &self) {
      case 0: status.days[day] = DayStatus(isFetching: true)
      case 1: status.days[day] = DayStatus(failure: Failure(error: .tooLarge(limit: 1 << 20), at: Samples.noon))
      case 2: status.days[day] = nil
      case 3:
        let row = HourlyRow(hour: 3, type: MessageType(6), users: 1, count: 1_000_000_000_000)
        status.days[day] = DayStatus(
          record: DayRecord(messages: HourlyMessages(day: day, rows: [row]), isFinal: false, fetchedAt: Samples.noon))
      case 4:
        status.days[day] = DayStatus(
          record: DayRecord(messages: HourlyMessages(day: day, rows: []), isFinal: true, fetchedAt: Samples.noon))
      default: break
      }
    }
    if Bool.random(using: &self) { status.speed = nil }
    if Bool.random(using: &self) { status.speedFailure = Failure(error: .truncated, at: Samples.noon) }
    if Bool.random(using: &self) { status.archiveFault = .diskFull }
    status.isPaused = Bool.random(using: &self)
    return status
  }
}
