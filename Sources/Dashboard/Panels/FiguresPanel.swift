import ChartLayout
import TerminalScreen
import WeixinModel

/// The second row: the day in a few numbers, and how far they may be trusted.
enum FiguresPanel {
  static func draw(_ state: State, row: Int, _ frame: inout Frame) {
    let width = frame.size.width
    let standing = standing(state)
    frame.writeAtEnd(standing, row: row)
    let room = width - standing.width - 4
    guard let figures = state.figures, let messages = state.dayStatus.record?.messages else { return }
    let line = Line.fitting(
      [
        total(state, figures, messages), silence(state, figures), change(state, figures), peak(state, figures),
        quiet(state, messages),
      ], gap: 2, width: room, dropping: [4, 3, 2, 1])
    // Where not even the first of them fits, its number does.
    frame.write(line.width <= room ? line : line.first, row: row, column: 1, limit: width - standing.width - 2)
  }

  private static func total(_ state: State, _ figures: DayFigures, _ messages: HourlyMessages) -> Line {
    let numerals = state.numerals
    var line = Line()
    switch state.metric {
    case .messages:
      line.add(numerals.exact(figures.total), .strong)
      line.add(" " + Phrase.messages.text(state.language), .dim)
      if figures.total != messages.total {
        line.add(" " + Phrase.hidden(numerals.exact(messages.total)).text(state.language), .dim)
      }
    case .users:
      line.add(state.mode.glyphs.atLeast + numerals.exact(figures.total), .strong)
      line.add(" " + Phrase.users.text(state.language), .dim)
    }
    return line
  }

  /// The hours without a message in which some would have been usual: a night's are none.
  private static func silence(_ state: State, _ figures: DayFigures) -> Line {
    guard figures.hourTotals.contains(0),
      let usual = state.status.history.usualHours(of: state.day, state.measure)
    else { return Line() }
    let typical = Usual.typical(usual)
    let isSilent = usual.indices.map { figures.hourTotals[$0] == 0 && usual[$0].isUnusual(0, typical: typical) }
    guard let first = isSilent.firstIndex(of: true) else { return Line() }
    let hours = first...(isSilent[first...].firstIndex(of: false).map { $0 - 1 } ?? isSilent.count - 1)
    let missed = state.numerals.exact(hours.reduce(0) { $0 + usual[$1].median })
    let words = Phrase.said(
      en: "no message \(span(hours, state)) (usual \(missed))", zh: "\(span(hours, state))没有消息（常态 \(missed)）")
    return Line(words.text(state.language), .alarm)
  }

  /// How far the total is from what is usual for the day or, where another day is chosen or too little is kept, from that day's.
  private static func change(_ state: State, _ figures: DayFigures) -> Line {
    let usual = state.compare == .usual ? state.status.history.usualTotal(of: state.day, state.measure)?.median : nil
    guard let old = usual ?? before(state), let tenths = Numerals.change(from: old, to: figures.total) else {
      return Line()
    }
    var line = changeLine(state, tenths: tenths)
    line.add(" ")
    if let usual {
      line.add(Phrase.said(en: "usual ", zh: "常态 ").text(state.language), .dim)
      line.add(state.numerals.exact(usual))
    } else {
      line.add(Phrase.versus.text(state.language) + " " + Comparison.date(dayBefore(state), state), .dim)
    }
    return line
  }

  /// `▴12.4%`: a glyph beside the colour, and neither rise nor fall is called good.
  static func changeLine(_ state: State, tenths: Int) -> Line {
    let glyphs = state.mode.glyphs
    let glyph = tenths == 0 ? "=" : String(Character(tenths > 0 ? glyphs.rise : glyphs.fall))
    let role: Role = abs(tenths) >= 500 ? .warning : tenths >= 0 ? .good : .standard
    return Line(glyph + state.numerals.percent(tenths: tenths), Style(role))
  }

  /// The day whose total the shown one's is measured by.
  private static func dayBefore(_ state: State) -> BeijingDay { state.comparedDay ?? state.day - 7 }

  /// Its total; from the history, since a year before is beyond the loaded days.
  private static func before(_ state: State) -> Int? {
    state.status.history.total(of: dayBefore(state), state.measure)
  }

  private static func peak(_ state: State, _ figures: DayFigures) -> Line {
    guard let hour = figures.peakHour else { return Line() }
    var line = Line(Phrase.peak.text(state.language) + " ", .dim)
    line.add(state.numerals.hour(hour) + " ")
    line.add(state.numerals.exact(figures.hourTotals[hour]))
    return line
  }

  private static func quiet(_ state: State, _ messages: HourlyMessages) -> Line {
    guard let hours = messages.quietHours, messages.total > 0 else { return Line() }
    var line = Line(Phrase.quiet.text(state.language) + " ", .dim)
    line.add(span(hours, state))
    return line
  }

  /// `04h`, `04–05h`.
  private static func span(_ hours: ClosedRange<Int>, _ state: State) -> String {
    hours.count == 1
      ? state.numerals.hour(hours.lowerBound)
      : twoDigits(hours.lowerBound) + String(Character(state.mode.glyphs.dash)) + state.numerals.hour(hours.upperBound)
  }

  /// The day's state: words and a glyph, never colour alone.
  static func standing(_ state: State) -> Line {
    let glyphs = state.mode.glyphs
    let isFetching = state.dayStatus.isFetching
    func line(_ phrase: Phrase, _ glyph: Unicode.Scalar, _ style: Style) -> Line {
      var line = Line()
      if isFetching, state.dayStatus.record == nil {
        line.add(Phrase.fetching.text(state.language) + " ", .dim)
        line.add(glyphs.unpublished, .dim)
        return line
      }
      if let record = state.dayStatus.record, record.revision > 1 {
        line.add(
          Phrase.revised(record.revision).text(state.language) + difference(record, state) + "  ", Style(.warning))
      }
      line.add(phrase.text(state.language) + " ", style)
      line.add(glyph, style)
      return line
    }
    switch state.dayState {
    case .final: return line(.final, glyphs.done, Style(.good))
    case .provisional: return line(.provisional, glyphs.provisional, Style(.warning))
    case .unpublished: return line(.unpublished, glyphs.unpublished, Style(.warning))
    case .neverFetched: return line(.neverFetched, glyphs.unknown, .dim)
    case .failed: return line(.failed, glyphs.failed, .alarm)
    case .notOver: return line(.notOver, glyphs.unpublished, .dim)
    case .beforeRecords: return line(.beforeRecords, " ", .dim)
    }
  }

  /// By how much the day's messages differ from the answer before: `, -12`.
  private static func difference(_ record: DayRecord, _ state: State) -> String {
    guard let before = record.totalBefore, before != record.messages.total else { return "" }
    let change = record.messages.total - before
    return ", " + (change > 0 ? "+" : "") + state.numerals.exact(change)
  }
}
