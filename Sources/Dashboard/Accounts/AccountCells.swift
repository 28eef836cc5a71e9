import ChartLayout
import TerminalScreen
import WeixinModel

/// What stands in the columns of an account's line.
struct AccountCells {
  let list: AccountList
  let line: AccountLine
  let status: AccountStatus
  private var state: State { list.state }
  private var glyphs: GlyphSet { list.state.mode.glyphs }

  init(_ line: AccountLine, of list: AccountList) {
    self.list = list
    self.line = line
    status = list.status(line)
  }

  /// The name, and the title beside it.
  func name(hasTitle: Bool, width: Int) -> Line {
    let account = status.account
    var text = Line(
      DisplayWidth.truncate(account.name, to: width, ellipsis: HeaderPanel.ellipsis(state)),
      Style(.standard, .bold))
    let title = account.shownTitle(state)
    let room = width - text.width - 1
    if hasTitle, !title.isEmpty, room >= 4 {
      text.add(" " + DisplayWidth.truncate(title, to: room, ellipsis: HeaderPanel.ellipsis(state)), .dim)
    }
    return text
  }

  /// `L3 300k/min`; a stale one with its age, `L3? 14 min`.
  func speed(isBrief: Bool) -> Line {
    guard let span = status.speed else {
      if status.speedProblem != nil { return Line(String(Character(glyphs.failed)), .alarm) }
      if status.speedFailure != nil { return nothing }
      if status.isPaused {
        return Line(isBrief ? "=" : "= " + Phrase.pausedShort.text(state.language), Style(.warning))
      }
      return Line(String(Character(state.isOffline ? glyphs.unknown : glyphs.unpublished)), .dim)
    }
    let speed = span.speed
    if line.isStale {
      var text = Line("L\(speed.level)", .dim)
      guard !isBrief else { return text }
      text.add("? ", Style(.warning))
      text.add(state.numerals.duration(seconds: state.now - span.to), Style(.warning))
      return text
    }
    var text = Line("L\(speed.level)", Style(HeaderPanel.levelRole(speed.level), .bold))
    guard !isBrief else { return text }
    let isOff = speed.isOffNominal
    text.add(isOff ? (glyphs.name == .ascii ? "!" : "≠") : " ", Style(.warning, .bold))
    text.add(state.numerals.speed(speed.realspeed), isOff ? Style(.warning) : .standard)
    return text
  }

  func age() -> Line {
    status.speed.map {
      Line(state.numerals.duration(seconds: state.now - $0.to), line.isStale ? Style(.warning) : .dim)
    }
      ?? Line()
  }

  /// When the speed is polled next.
  func next() -> Line {
    guard let next = status.nextPoll, next > state.now, !status.isPaused else { return Line() }
    return Line(state.numerals.duration(seconds: next - state.now), .dim)
  }

  func messages(width: Int) -> Line {
    guard let total = line.total else { return nothing }
    if total == 0 { return Line("0", .dim) }
    return Line(WideFigures.fitting(total, width: width, counted), .strong)
  }

  func usual(width: Int) -> Line {
    guard let usual = status.brief(of: list.day)?.usual else { return nothing }
    return Line(WideFigures.fitting(usual.median, width: width, counted), .dim)
  }

  /// The list counts messages, whatever the day's views count.
  private var counted: State {
    var state = state
    state.metric = .messages
    return state
  }

  /// `▴12%`; from ten times as many on, `▴11x`.
  func change() -> Line {
    guard let change = line.change else { return nothing }
    let style: Style = line.isUnusual ? Style(.warning, .bold) : Style(change >= 0 ? .good : .standard)
    if change == 0 { return Line("=", .dim) }
    let glyph = change > 0 ? glyphs.rise : glyphs.fall
    let size = change.magnitude
    return Line(
      "\(glyph)" + (size < 1_000 ? "\(size)%" : size < 9_900 ? "\(size / 100 + 1)x" : ">99x"), style)
  }

  func peak(width: Int) -> Line {
    guard let hours = status.brief(of: list.day)?.hours, let most = hours.max(), most > 0,
      let hour = hours.firstIndex(of: most)
    else { return nothing }
    var text = Line(state.numerals.hour(hour) + " ", .dim)
    text.add(WideFigures.fitting(most, width: width - text.width, counted))
    return text
  }

  func calls() -> Line { status.callsToday > 0 ? Line(state.numerals.short(status.callsToday), .dim) : nothing }

  /// What failed and how long ago.
  func error(width: Int) -> Line {
    guard let failure = status.failure(of: list.day) else { return Line() }
    let headline = Explanation(failure.error, state.language).headline.cleaned(limit: 100)
    let ago = AccountDetail.ago(failure.at, state)
    let room = width - DisplayWidth.of(ago) - 2
    var text = Line(DisplayWidth.truncate(headline, to: room, ellipsis: HeaderPanel.ellipsis(state)), Style(.failure))
    text.add("  " + ago, .dim)
    return text
  }

  private var nothing: Line { Line(String(Character(glyphs.dash)), .dim) }

  /// A glyph, which alone says it, and a word.
  func standing(width: Int) -> Line {
    func text(_ glyph: Unicode.Scalar, _ word: String, _ style: Style) -> Line {
      var line = Line(String(Character(glyph)), style)
      line.add(" " + DisplayWidth.truncate(word, to: width - 2, ellipsis: ""), style)
      return line
    }
    let language = state.language
    switch line.state {
    case .failed:
      let word = status.failure(of: list.day)?.error.briefName(language) ?? Phrase.failed.text(language)
      return text(glyphs.failed, word, .alarm)
    case .final:
      return text(glyphs.done, (width < 8 ? Phrase.finalBrief : .final).text(language), Style(.good))
    case .provisional: return text(glyphs.provisional, Phrase.provisionalBrief.text(language), Style(.warning))
    case .unpublished:
      return text(glyphs.unpublished, (width < 9 ? Phrase.pendingBrief : .pendingShort).text(language), Style(.warning))
    case .fetching:
      return text(glyphs.fetching, (width < 10 ? Phrase.fetchingBrief : .fetchingShort).text(language), .dim)
    case .neverFetched: return text(glyphs.unknown, Phrase.missingBrief.text(language), .dim)
    }
  }

  /// The hours as small bars against the account's own most; hours that a person should look at stand out.
  func drawHours(row: Int, columns: Range<Int>, _ frame: inout Frame) {
    guard let brief = status.brief(of: list.day), brief.hours.count == 24 else {
      let glyph =
        line.state == .unpublished ? glyphs.unpublished : line.state == .fetching ? glyphs.fetching : glyphs.unknown
      for column in columns { frame.put(Cell(glyph, style: Style(.grid)), row: row, column: column) }
      return
    }
    let each = 24 / max(1, columns.count)
    let values = (0..<columns.count).map { cell in brief.hours[(cell * each)..<(cell * each + each)].reduce(0, +) }
    let most = values.max() ?? 0
    let typical = brief.usualHours.map { Usual.typical($0) } ?? 0
    for (cell, value) in values.enumerated() {
      let isUnusual = brief.usualHours.map { usual in
        usual.count == 24
          && (cell * each..<cell * each + each).contains { usual[$0].isUnusual(brief.hours[$0], typical: typical) }
      }
      let role: Role = value == 0 ? .muted : .line
      frame.put(
        Cell(
          glyphs.spark(Units.spark(value, maximum: most)), style: Style(isUnusual == true ? .warning : role)),
        row: row, column: columns.lowerBound + cell)
    }
  }
}

extension Account {
  /// The name for people, unless the terminal cannot write it: it would be question marks.
  func shownTitle(_ state: State) -> String {
    state.mode.glyphs.name == .ascii && !title.unicodeScalars.allSatisfy(\.isASCII) ? "" : title
  }
}
