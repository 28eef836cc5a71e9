import TerminalScreen
import WeixinModel

/// What the cursor is on, in exact numbers: an hour, a day or a week.
enum WideInspect {
  /// `Thu 20 Aug 20:00–20:59  2,104  usual 1,725 [1,540–1,910]  ▴22.0%  L4 100k/min`.
  static func drawHour(_ state: State, row: Int, _ frame: inout Frame) {
    let (numerals, history, hour) = (state.numerals, state.status.history, state.hour)
    let isWide = frame.size.width >= 72
    let dash = state.mode.glyphs.dash
    let clock = isWide ? "\(twoDigits(hour)):00\(dash)\(twoDigits(hour)):59" : numerals.hour(hour)
    let head = Line("\(numerals.shortDate(state.day)) \(clock)", .strong)
    guard let value = history.value(of: state.day, hour: hour, state.measure) else {
      draw([head, missing(state)], dropping: [], row: row, &frame)
      return
    }
    let usual = history.usualHours(of: state.day, state.measure)?[hour]
    let (level, number) = (level(state), Line(WideFigures.amount(value, state), .strong))
    let brief = Line("\(numerals.shortDate(state.day)) \(numerals.hour(hour))", .strong)
    let banded = usualLine(value, usual, state, withBand: isWide)
    // What is counted says itself, then the minutes do, then the band gives way, then the level.
    let forms = [
      ([head, amount(value, state), banded, level], gap(frame)), ([head, number, banded, level], 2),
      ([brief, number, banded, level], 2),
    ]
    let least = ([brief, number, usualLine(value, usual, state, withBand: false), level], 2)
    let (parts, gap) = forms.first { Line.width(of: $0.0, gap: $0.1) <= frame.size.width - 2 } ?? least
    draw(parts, gap: gap, dropping: [3, 2], row: row, &frame)
  }

  /// `Thu 20 Aug  23,390 messages  ▴12.4% vs 13 Aug  peak 20h 2,030  final ✓`.
  ///
  /// With the day's marks where no line below has them.
  static func drawDay(_ state: State, row: Int, withMarks: Bool = false, _ frame: inout Frame) {
    let (numerals, history, day) = (state.numerals, state.status.history, state.day)
    let head = Line(numerals.date(day), .strong)
    guard let value = history.total(of: day, state.measure) else {
      draw([head, missing(state)], dropping: [], row: row, &frame)
      return
    }
    var change = Line()
    var versus = Line()
    if let old = history.total(of: day - 7, state.measure), let tenths = Numerals.change(from: old, to: value) {
      change = FiguresPanel.changeLine(state, tenths: tenths)
      versus = Line(Phrase.short(versus: numerals.dayAndMonth(day - 7)).text(state.language), .dim)
    }
    let marks = withMarks ? marks(state) : Line()
    let parts = [head, amount(value, state), change, versus, peak(state), standing(state), marks]
    let isWide = Line.width(of: parts, gap: 3) <= frame.size.width - 2
    draw(parts, gap: isWide ? gap(frame) : 2, dropping: [3, 6, 4, 2, 5], row: row, &frame)
  }

  /// `usual for a Thursday 21,000 [19,400–23,100]  ▴11.4%  双11`.
  static func drawUsual(_ state: State, row: Int, _ frame: inout Frame) {
    let (history, day) = (state.status.history, state.day)
    let marks = marks(state)
    guard let value = history.total(of: day, state.measure) else {
      draw([reason(state), marks], dropping: [], row: row, &frame)
      return
    }
    let usual = history.usualTotal(of: day, state.measure)
    draw(
      [usualLine(value, usual, state, withBand: true), marks], dropping: [], row: row,
      &frame)
  }

  private static func marks(_ state: State) -> Line {
    let names = state.markNames(of: state.day)
    return names.isEmpty ? Line() : Line(names, Style(.accent, .bold))
  }

  private static func gap(_ frame: Frame) -> Int { frame.size.width >= 72 ? 3 : 2 }

  private static func draw(
    _ parts: [Line], gap: Int? = nil, dropping order: [Int], row: Int, _ frame: inout Frame
  ) {
    let line = Line.fitting(parts, gap: gap ?? self.gap(frame), width: frame.size.width - 2, dropping: order)
    frame.write(line, row: row, column: 1, limit: frame.size.width - 1)
  }

  static func amount(_ value: Int, _ state: State) -> Line {
    var line = Line(WideFigures.amount(value, state), .strong)
    let noun: Phrase = state.metric == .messages ? .messages : .users
    line.add(" " + noun.text(state.language), .dim)
    return line
  }

  private static func usualLine(_ value: Int, _ usual: Usual?, _ state: State, withBand: Bool) -> Line {
    guard let usual else { return Line(Phrase.tooLittle.text(state.language), .dim) }
    let numerals = state.numerals
    var line = Line(Phrase.usual.text(state.language) + " ", .dim)
    line.add(numerals.exact(usual.median))
    if withBand {
      line.add(" [\(numerals.exact(usual.low))\(state.mode.glyphs.dash)\(numerals.exact(usual.high))]", .dim)
    }
    if let tenths = Numerals.change(from: usual.median, to: value) {
      line.add("  ")
      line.add(FiguresPanel.changeLine(state, tenths: tenths))
    }
    let side = usual.side(of: value)
    if withBand, side != .within {
      line.add(" " + Phrase.aboveBand(side == .above).text(state.language), Style(.warning))
    }
    return line
  }

  private static func level(_ state: State) -> Line {
    guard let speed = SpeedStrip.speeds(inHour: state.hour, of: state.day, state).last else { return Line() }
    var line = Line("L\(speed.level) ", Style(HeaderPanel.levelRole(speed.level), .bold))
    line.add(state.numerals.speed(speed.realspeed), .dim)
    return line
  }

  private static func peak(_ state: State) -> Line {
    guard let (hour, value) = peakHour(of: state.day, state) else { return Line() }
    return WideFigures.pair(.peak, "\(state.numerals.hour(hour)) \(state.numerals.exact(value))", state)
  }

  /// The first hour with the most; nil on a day without any.
  static func peakHour(of day: BeijingDay, _ state: State) -> (hour: Int, value: Int)? {
    guard let hours = state.status.history.hours(of: day, state.measure), let most = hours.max(), most > 0,
      let hour = hours.firstIndex(of: most)
    else { return nil }
    return (hour, most)
  }

  /// The standing of a kept day, from the history alone: the day itself may not be loaded.
  private static func standing(_ state: State) -> Line {
    let (glyphs, history) = (state.mode.glyphs, state.status.history)
    var line = Line()
    if history.wasRevised(state.day) { line.add(Phrase.wasRevised.text(state.language) + "  ", Style(.warning)) }
    if history.standing(of: state.day) == .provisional {
      line.add(Phrase.provisional.text(state.language) + " \(glyphs.provisional)", Style(.warning))
    } else {
      line.add(Phrase.final.text(state.language) + " \(glyphs.done)", Style(.good))
    }
    return line
  }

  /// What there is in a missing day's place.
  static func missing(_ state: State) -> Line {
    let cell = HeatCell(missing: state.day, state)
    let (glyph, role) = cell.glyph(state.mode.glyphs)
    var line = Line(String(Character(glyph)) + " ", Style(role))
    line.add(words(cell).text(state.language), cell == .failed ? .alarm : .standard)
    return line
  }

  static func words(_ cell: HeatCell) -> Phrase {
    switch cell {
    case .unpublished: .unpublished
    case .failed: .failed
    case .fetching: .fetching
    case .future: .notOver
    case .nothing: .beforeRecords
    case .unknown, .zero, .step: .neverFetched
    }
  }

  private static func reason(_ state: State) -> Line {
    guard let failure = state.dayStatus.failure, !failure.error.isNotReady else { return Line() }
    return Line(Explanation(failure.error, state.language).headline.cleaned(limit: 100), .dim)
  }
}
