import TerminalScreen
import WeixinModel

/// The first row: which account, which day, and how fast mass sends go now.
enum HeaderPanel {
  static func draw(_ state: State, row: Int, _ frame: inout Frame) {
    let width = frame.size.width
    let day = day(state, isWide: width >= 56)
    let (given, name) = (state.status.account.title, state.status.account.name)
    // A title that ASCII cannot write would be question marks.
    let title = state.mode.glyphs.name == .ascii && !given.unicodeScalars.allSatisfy(\.isASCII) ? "" : given
    let wide = Self.speed(state, isWide: true)
    // The account's name gives way last: nobody may look at the wrong one.
    let isWide = width >= 72 && wide.width + day.width + DisplayWidth.of(title.isEmpty ? name : title) + 12 <= width
    let speed = isWide ? wide : speed(state, isWide: false, hasAge: width >= 56)
    var account = Line()
    if isWide { account.add("wxtop ", .dim) }
    let room = width - speed.width - day.width - account.width - 6
    let main = title.isEmpty ? name : title
    account.add(DisplayWidth.truncate(main, to: max(4, room), ellipsis: ellipsis(state)), Style(.standard, .bold))
    if !title.isEmpty, DisplayWidth.of(title) + 1 + DisplayWidth.of(name) <= room { account.add(" " + name, .dim) }

    let end = frame.write(account, row: row, column: 1)
    let speedStart = width - 1 - speed.width
    // The day stands in the middle where it can, so that it does not move when the speed changes.
    let middle = (width - day.width) / 2
    frame.write(day, row: row, column: max(end + 2, min(middle, speedStart - 2 - day.width)), limit: speedStart - 1)
    frame.write(speed, row: row, column: speedStart)
  }

  private static func day(_ state: State, isWide: Bool) -> Line {
    let glyphs = state.mode.glyphs
    var line = Line()
    let isFirst = state.day <= .firstKept
    let isNewest = state.day >= state.newestDay
    if isWide { line.add(String(Character(glyphs.previous)) + " ", isFirst ? Style(.grid) : .dim) }
    line.add(state.numerals.date(state.day), .strong)
    if state.size.width >= 72, let mark = state.marks(of: state.day).first {
      line.add(" " + DisplayWidth.truncate(mark.name, to: 16, ellipsis: ellipsis(state)), Style(.warning))
    }
    if isWide { line.add(" " + String(Character(glyphs.next)), isNewest ? Style(.grid) : .dim) }
    return line
  }

  /// `mass send L3 30万/min`, and what there is to say against it.
  static func speed(_ state: State, isWide: Bool, hasAge: Bool = true) -> Line {
    let status = state.status
    let glyphs = state.mode.glyphs
    var line = Line()
    if isWide { line.add(Phrase.massSend.text(state.language) + " ", .dim) }
    guard let span = status.speed else {
      if status.speedFailure != nil {
        line.add(String(Character(glyphs.failed)), .alarm)
      } else {
        line.add(String(Character(state.isOffline ? glyphs.unknown : glyphs.unpublished)), .dim)
      }
      return line
    }
    let speed = span.speed
    let isStale = status.speedFailure != nil || state.isOffline
    line.add("L\(speed.level) ", isStale ? .dim : Style(levelRole(speed.level), .bold))
    line.add(state.numerals.speed(speed.realspeed), isStale ? .dim : .strong)
    if let nominal = speed.nominal, speed.isOffNominal {
      line.add(" \(glyphs.differs)\(nominal)", Style(.warning))
    }
    if isStale, hasAge {
      let age = state.numerals.duration(seconds: state.now - span.to)
      line.add(" " + Phrase.stale(age).text(state.language), Style(.warning))
    }
    return line
  }

  static func levelRole(_ level: Int) -> Role { level >= 4 ? .warning : .line }

  static func ellipsis(_ state: State) -> String { state.mode.glyphs.name == .ascii ? "~" : "…" }
}
