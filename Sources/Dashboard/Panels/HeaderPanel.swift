import TerminalScreen
import WeixinModel

/// The first row: which account, which day, and how fast mass sends go now.
enum HeaderPanel {
  static func draw(_ state: State, row: Int, _ frame: inout Frame) {
    let parts = Parts(state)
    // A bar in the account's colour, on every screen.
    if let role = Accents(state).role(of: state.status.account) {
      frame.put(Cell(" ", style: Style(on: role)), row: row, column: 0)
    }
    let end = frame.write(parts.account, row: row, column: 1)
    frame.write(
      parts.middle, row: row, column: max(end + 2, parts.start), limit: max(end + 2, parts.speedStart - 1))
    frame.write(parts.speed, row: row, column: parts.speedStart)
  }

  /// The columns of what is shown: a day or a range.
  static func middle(_ state: State) -> Range<Int>? {
    let parts = Parts(state)
    let end = min(parts.start + parts.middle.width, parts.speedStart - 1)
    return parts.start < end ? parts.start..<end : nil
  }

  private struct Parts {
    var account = Line()
    let middle: Line
    let speed: Line
    let start: Int
    let speedStart: Int

    init(_ state: State) {
      let width = state.size.width
      let (title, name) = (state.status.account.shownTitle(state), state.status.account.name)
      let main = title.isEmpty ? name : title
      let long = WideTitle.line(state, isWide: true, hasArrows: width >= 56)
      let wide = HeaderPanel.speed(state, isWide: true)
      let brief = HeaderPanel.speed(state, isWide: false, hasAge: width >= 56)
      let badge = AlertLine.badge(state)
      let name16 = min(16, DisplayWidth.of(main))
      func fits(_ middle: Line, _ speed: Line, name: Int) -> Bool {
        middle.width + speed.width + name + 6 + badge.width <= width
      }
      var middle = long
      if !fits(long, brief, name: name16) {
        middle = WideTitle.line(state, isWide: false, hasArrows: width >= 56)
        // A date that is cut is another date, and nobody may look at the wrong account: the view's name and the number behind the
        // level give way before them.
        if !fits(middle, brief, name: min(8, name16)) {
          middle = WideTitle.line(state, isWide: false, hasArrows: width >= 56, hasName: false)
        }
      }
      self.middle = middle
      let isWide = width >= 72 && wide.width + middle.width + DisplayWidth.of(main) + 12 + badge.width <= width
      speed =
        isWide
        ? wide : fits(middle, brief, name: 3) ? brief : HeaderPanel.speed(state, isWide: false, hasNumber: false)
      if isWide { account.add("wxtop ", .dim) }
      let room = width - speed.width - middle.width - account.width - 6 - badge.width
      account.add(
        DisplayWidth.truncate(main, to: max(4, room), ellipsis: HeaderPanel.ellipsis(state)),
        Style(Accents(state).role(of: state.status.account) ?? .standard, .bold))
      if !title.isEmpty, DisplayWidth.of(title) + 1 + DisplayWidth.of(name) <= room { account.add(" " + name, .dim) }
      account.add(badge)
      speedStart = width - 1 - speed.width
      // It stands in the middle where it can, so that it does not move when the speed changes.
      start = max(account.width + 3, min((width - middle.width) / 2, speedStart - 2 - middle.width))
    }
  }

  /// `mass send L3 300k/min`, and what there is to say against it.
  static func speed(_ state: State, isWide: Bool, hasAge: Bool = true, hasNumber: Bool = true) -> Line {
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
    line.add("L\(speed.level)", isStale ? .dim : Style(levelRole(speed.level), .bold))
    if hasNumber { line.add(" " + state.numerals.speed(speed.realspeed), isStale ? .dim : .strong) }
    if let nominal = speed.nominal, speed.isOffNominal {
      line.add(
        hasNumber ? " \(glyphs.differs)\(state.numerals.tenThousands(nominal))" : "\(glyphs.differs)", Style(.warning))
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
