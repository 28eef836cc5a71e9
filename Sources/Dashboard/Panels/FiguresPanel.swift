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
        total(state, figures, messages), change(state, figures), comparedDay(state), peak(state, figures),
        quiet(state, messages),
      ], gap: 2, width: room, dropping: [2, 4, 1, 3])
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

  private static func change(_ state: State, _ figures: DayFigures) -> Line {
    guard let old = before(state), let tenths = Numerals.change(from: old, to: figures.total) else {
      return Line()
    }
    return changeLine(state, tenths: tenths)
  }

  /// `▴12.4%`: a glyph beside the colour, and neither rise nor fall is called good.
  static func changeLine(_ state: State, tenths: Int) -> Line {
    let glyphs = state.mode.glyphs
    let glyph = tenths == 0 ? "=" : String(Character(tenths > 0 ? glyphs.rise : glyphs.fall))
    let role: Role = abs(tenths) >= 500 ? .warning : tenths >= 0 ? .good : .standard
    return Line(glyph + state.numerals.percent(tenths: tenths), Style(role))
  }

  private static func comparedDay(_ state: State) -> Line {
    guard let old = before(state), old > 0 else { return Line() }
    return Line(Phrase.versus.text(state.language) + " " + Comparison.date(dayBefore(state), state), .dim)
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
    let dash = String(Character(state.mode.glyphs.dash))
    line.add(
      hours.count == 1
        ? state.numerals.hour(hours.lowerBound)
        : twoDigits(hours.lowerBound) + dash + state.numerals.hour(hours.upperBound))
    return line
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
