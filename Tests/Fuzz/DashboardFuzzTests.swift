import FoundationEssentials
import Testing
import WeixinModel

@testable import Dashboard
@testable import TerminalScreen
@testable import WeixinSimulator

/// What people type, and what is drawn of it.
@Suite struct DashboardFuzzTests {
  private static let dates = [
    "2024-11-11", "20241111", "11-11", "-7", "+3", "\u{2212}7", "yesterday", "last mon", "昨天", "上周一", "2024年11月11日",
    "十一月十一号", "上个月底", "本周三", "三天前", "两个月前", "去年双十一", "最近7天", "过去3个月", "上上月31日", "2024年2月29日(周四)",
    "９９９９－１２－３１", "-99999", "9999年前", "最近9999年", "0001-01-01", "31日", "02-29",
  ]

  private static let todays = [
    BeijingDay(ordinal: 20_685), .firstKept, .firstKept - 400, BeijingDay(ordinal: 0), BeijingDay(ordinal: -719_000),
    BeijingDay(ordinal: 2_932_896), BeijingDay(ordinal: 19_782),
  ]

  @Test func `dates are days in order, or refused in words that can be shown`() async throws {
    let tokens = ["年", "月", "日", "号", "周", "上", "下", "个", "前", "底", "最近", "十", "两", "-", "/", "."]
    try await Fuzz("dates", Self.dates, tokens: tokens).runText { text, generator in
      let today = Self.todays[generator.number(in: 0...(Self.todays.count - 1))]
      do throws(DateExpression.Refusal) {
        _ = try DateExpression.span(text, today: today).lowerBound.description
      } catch {
        for language in Language.allCases {
          let phrase: Phrase =
            switch error {
            case .noSuchDate(let text): .noSuchDate(text)
            case .notUnderstood(let text): .dateNotUnderstood(text)
            }
          try requireShowable(phrase.text(language), "the refusal")
        }
      }
      _ = DateExpression.isDate(text)
    }
  }

  @Test func `marks are names for days, or refused`() async throws {
    let corpus =
      Self.dates.map { $0 + " name" } + [
        "2024-11-01..2024-11-11 a", "12-28..01-03 年末", "2024年11月1日至11日 秋", "# comment", "02-29 leap", "11月 x",
        "去年 x", "0001-01-01..9999-12-31 all",
      ]
    try await Fuzz("marks", corpus, tokens: ["..", "~", "至", "到", "#", "年", "月"]).runText { text, generator in
      do throws(Mark.Refusal) {
        guard let mark = try Mark.parse(text) else { return }
        for today in Self.todays { _ = (mark.contains(today), mark.newest(before: today).description) }
        let isClean = mark.name == mark.name.cleaned(limit: 40)
        if !isClean { Issue.record("the name \(Fuzz.escaped(Array(mark.name.utf8)))") }
      } catch {
        if case .noDate(let date) = error { try requireShowable(date, "the refused date") }
      }
    }
  }

  @Test func `filters and commands are read, or refused in words that can be shown`() async throws {
    let corpus = [
      ">5000", "<1k", "≥3万", "<=1.2m", "52,000", ">1e400", "weekend mon", "周末 异常", "unusual revised missing", "＞１０００",
      "theme dark", "export csv a b", "hide text,image", "only voice", "a acme", "go-to 上周一", "filter >1", "q!",
      "view all",
    ]
    let state = Self.state()
    let words =
      Command.arguments.flatMap { [$0.name + " "] + $0.values } + [">", "<", "≥", "亿", "k", "nan", "inf", "e308"]
    try await Fuzz("filters and commands", corpus, tokens: words).runText { text, generator in
      if let filter = Filter(text) {
        try requireShowable(filter.text, "the filter")
        for back in 0..<4 { _ = (filter.matches(Self.day - back, state), filter.hours(of: Self.day - back, state)) }
      }
      _ = (Filter.unreadable(text), Filter.meaningless(text, marks: state.marks))
      do throws(Command.Refusal) {
        _ = try Command.parse(text)
      } catch {
        for language in Language.allCases { try requireShowable(error.phrase.text(language), "the refusal") }
      }
    }
  }

  static let day = BeijingDay(ordinal: 20_685)

  static func state(_ name: String = "acme") -> State {
    var status = AccountStatus(account: Account(name: name, title: "艾克美"))
    for back in 0..<70 {
      let rows = (0..<24).flatMap { hour in
        [1, 2, 3, 6, 99].map { HourlyRow(hour: hour, type: MessageType($0), users: 3, count: (hour * $0 + back) % 97) }
      }
      let record = DayRecord(
        messages: HourlyMessages(day: day - back, rows: rows), isFinal: back > 0,
        fetchedAt: Publication.opens(day - back))
      if back < 20 { status.days[day - back] = DayStatus(record: record) }
      if back % 9 != 5 { status.history.insert(record) }
    }
    status.history.isWhole = true
    status.newestDay = day
    let speed = MassSendSpeed(level: 3, realspeed: 15)
    status.speed = SpeedSpan(speed: speed, from: day.start, to: (day + 1).start)
    status.speedSpans = [status.speed].compactMap(\.self)
    var state = State(status: status, size: Size(width: 80, height: 24), now: (day + 1).start(ofHour: 13))
    state.marks = [Mark(name: "双11", days: (day - 30)...(day - 25)), Mark(name: "y", days: day...day, isYearly: true)]
    return state
  }

  private static let keys: [Key] =
    [
      .left, .right, .up, .down, .shiftLeft, .shiftRight, .home, .end, .pageUp, .pageDown, .insert, .delete, .enter,
      .escape, .tab, .backTab, .backspace,
    ] + (1...12).map { .function($0) } + "abcdefghjklnopruvwxy".unicodeScalars.map { .control($0) }

  private static func event(_ bytes: inout ArraySlice<UInt8>, _ state: State, _ generator: inout SplitMix) -> Event? {
    guard let byte = bytes.popFirst() else { return nil }
    switch byte {
    case 0x20..<0x7F: return .key(.character(Unicode.Scalar(byte)))
    case 0..<0x20: return .key(keys[generator.number(in: 0...(keys.count - 1))])
    case 0x7F..<0x90: return .key(.character(Unicode.Scalar(UInt32(generator.number(in: 0xA0...0xFFFF))) ?? "a"))
    case 0x90..<0xA0:
      let text = String(decoding: bytes.prefix(generator.number(in: 0...80)), as: UTF8.self)
      return .paste(text)
    case 0xA0..<0xB0:
      return .resize(Size(width: generator.number(in: 0...300), height: generator.number(in: 0...100)))
    case 0xB0..<0xC8:
      let deeds: [Mouse.Deed] = [.press, .wheelUp, .wheelDown]
      return .mouse(
        Mouse(
          deeds[generator.number(in: 0...2)], row: generator.number(in: 0...120), column: generator.number(in: 0...320))
      )
    case 0xC8..<0xD0:
      return .learned(TerminalAnswers(isDark: generator.happens(0.5), isAmbiguousWide: generator.happens(0.5)))
    case 0xD0..<0xE0: return .tick
    case 0xE0..<0xE8:
      var other = state.status
      other.account.name = generator.happens(0.5) ? "acme" : "other"
      return generator.happens(0.5) ? .fleet([state.status, other]) : .status(other)
    default: return .resumed
    }
  }

  @Test func `any events leave a screen that can be drawn, and asks for nothing that cannot be shown`() async throws {
    let corpus = [
      "WMYADTSL?", "g昨天\u{1}", "/>50\u{1}nN", ":export csv x\u{1}", ":theme dark\u{1}", "cvbtmzZxXyYrRCA@!",
      "?abc\u{1}",
      "\u{90}paste me\u{1}", "1234567890", "B:q\u{1}", "+++---[[[]]]{}{}", ":\u{1}\u{1}\u{1}\u{1}",
    ]
    let tokens = ["g", "/", ":", "?", "C", "R", "x", "S", "M", "W", "Y", "T", "L"]
    var fuzz = Fuzz("events", corpus, tokens: tokens, bounded: 60, divisor: 10)
    // Up to 48 events, and all that can be exported after some of them.
    fuzz.patience = 10
    try await fuzz.run { bytes, generator in
      var state = Self.state()
      var now = state.now
      var rest = bytes.prefix(48)
      if generator.happens(0.3) { state.look.wishedLanguage = .zh }
      if generator.happens(0.2) { state.look.isUnicode = false }
      while let event = Self.event(&rest, state, &generator) {
        // From a clock without a battery to the last second of 32 bits, in 2106.
        if generator.happens(0.05) { now = Timestamp(seconds: generator.number(in: -100_000...4_294_967_295)) }
        for effect in update(&state, event, at: now) { try Self.check(effect) }
        if generator.happens(0.1) { try Self.check(state) }
      }
      try Self.check(state)
    }
  }

  private static func check(_ effect: Effect) throws {
    switch effect {
    case .copy(let text, _): try requireShowable(text, lines: true, "what is copied")
    case .export(_, let name, let suggestion): try requireShowable(name + suggestion, "the name of a file")
    case .keepSettings(let settings):
      for setting in settings { try requireShowable(setting.key + (setting.value ?? ""), "a setting") }
    default: break
    }
  }

  /// All that can be made of a state.
  static func check(_ state: State) throws {
    let frame = view(state)
    try require(frame.size == state.size, "a frame of \(frame.size) for \(state.size)")
    try requireShowable(frame.text, lines: true, "the frame")
    try requireShowable(plainText(state), lines: true, "the paragraph")
    try requireShowable(copyText(state), lines: true, "what is copied")
    try requireShowable(commandLine(state), "the command line")
    let json = exportText(state, .json)
    try require(
      (try? JSONDecoder().decode([Anything].self, from: Data(json.utf8))) != nil, "no JSON: \(json.prefix(600))")
    let csv = exportText(state, .csv)
    try require(CSV.isTable(csv), "no CSV: \(csv.prefix(600))")
    for format in [ExportFormat.text, .svg] {
      try requireShowable(exportText(state, format), lines: true, "the \(format)")
    }
  }

  @Test func `what is written into a frame has no control character, and wide ones stay whole`() async throws {
    let corpus = ["acme 艾克美", "e\u{301}\u{302}中\u{301}", "\u{1B}[31m\u{9B}x", "\u{202E}abc", "👩‍👩‍👧 🇨🇳", "\u{0}\u{0}中中"]
    try await Fuzz("frames", corpus).runText { text, generator in
      let size = Size(width: generator.number(in: 0...40), height: generator.number(in: 0...5))
      var frame = Frame(size)
      for _ in 0..<3 {
        let (row, column) = (generator.number(in: -1...6), generator.number(in: -5...45))
        frame.write(text, row: row, column: column, limit: generator.happens(0.3) ? generator.number(in: -3...50) : nil)
        frame.restyle(row: row, columns: column..<(column + 3)) { $0 = .standard }
      }
      try requireShowable(frame.text, lines: true, "the frame")
      let palette = Theme.dark.palette(colors: 256)
      try requireShowable(frame.ansi(palette).replacing("\u{1B}[0m", with: ""), lines: true, "the colours")
      try requireShowable(frame.svg(palette, isDark: true), lines: true, "the picture")
      for row in 0..<size.height {
        let cells = Array(frame.row(row))
        for (column, cell) in cells.enumerated() {
          let isWide = !cell.isTrailing && DisplayWidth.of(cell.scalar) == 2
          let hasTrail = column + 1 < cells.count && cells[column + 1].isTrailing
          try require(isWide == (hasTrail && !cell.isTrailing), "half a character at \(row), \(column)")
        }
      }
    }
  }

  @Test func `texts in JSON and in CSV come back as they were`() async throws {
    try await Fuzz("JSON and CSV", ["a\"b\\c", "=1+1", "a,b\r\nc", "\"\u{301}", "\u{2028}\u{0}\u{1F}\u{7F}"]).runText {
      text, _ in
      let json = JSONText.quoted(text)
      let back = try? JSONDecoder().decode(String.self, from: Data(json.utf8))
      try require(
        back.map { $0.utf8.elementsEqual(text.utf8) } ?? false, "as JSON it is \(Fuzz.escaped(Array(json.utf8)))")
      for cell in [CSVText.cell(text), CSVText.quoted(text)] {
        let read = CSV.rows(cell + ",end\n")
        try require(read?.count == 1 && read?.first?.count == 2, "as CSV it is \(Fuzz.escaped(Array(cell.utf8)))")
        let value = read?.first?.first ?? ""
        try require(value.utf8.elementsEqual(text.utf8) || value.utf8.elementsEqual(("'" + text).utf8), "CSV: \(value)")
      }
    }
  }
}

/// Any JSON.
struct Anything: Decodable {
  init(from decoder: any Decoder) throws {}
}

/// A reader of CSV by its RFC.
enum CSV {
  static func isTable(_ text: String) -> Bool {
    guard let rows = rows(text), let first = rows.first else { return false }
    return rows.allSatisfy { $0.count == first.count }
  }

  static func rows(_ text: String) -> [[String]]? {
    var rows: [[String]] = []
    var (row, cell, isQuoted, wasQuoted) = ([String](), String.UnicodeScalarView(), false, false)
    let scalars = Array(text.unicodeScalars)
    var place = 0
    while place < scalars.count {
      let scalar = scalars[place]
      place += 1
      if isQuoted {
        if scalar != "\"" {
          cell.append(scalar)
        } else if place < scalars.count, scalars[place] == "\"" {
          cell.append(scalar)
          place += 1
        } else {
          (isQuoted, wasQuoted) = (false, true)
        }
        continue
      }
      switch scalar {
      case "\"":
        if !cell.isEmpty || wasQuoted { return nil }
        isQuoted = true
      case ",", "\n":
        row.append(String(cell))
        (cell, wasQuoted) = (String.UnicodeScalarView(), false)
        if scalar == "\n" {
          rows.append(row)
          row = []
        }
      case "\r": return nil
      default:
        if wasQuoted { return nil }
        cell.append(scalar)
      }
    }
    return isQuoted || !row.isEmpty || !cell.isEmpty ? nil : rows
  }
}
