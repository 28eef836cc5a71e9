import ChartLayout
import TerminalScreen
import WeixinModel

/// The inspected hour in exact numbers, and the same hour a week before.
enum InspectPanel {
  static func drawHour(_ state: State, row: Int, _ frame: inout Frame) {
    guard let figures = state.figures else { return }
    let numerals = state.numerals
    let width = frame.size.width - 2
    let hour = state.hour
    let dash = String(Character(state.mode.glyphs.dash))
    let total = figures.hourTotals[hour]
    var head = Line()
    let isWide = frame.size.width >= 72
    head.add(
      isWide ? "\(twoDigits(hour)):00\(dash)\(twoDigits(hour)):59  " : numerals.hour(hour) + " ", .strong)
    head.add((state.metric == .users && total > 0 ? state.mode.glyphs.atLeast : "") + numerals.exact(total), .strong)
    guard total > 0 else {
      let all = state.dayStatus.record?.messages.rows(inHour: hour).reduce(0) { $0 + $1.count } ?? 0
      let words = all > 0 ? Phrase.hidden(numerals.exact(all)) : .noTraffic
      head.add((all > 0 ? " " : "  ") + words.text(state.language), .dim)
      frame.write(head, row: row, column: 1, limit: width + 1)
      return
    }
    let unseen = unseen(figures, state, rows: DayView.rows(state).chart.count)
    for form in Form.allCases {
      var line = head
      let parts = parts(figures.hours[hour], unseen: unseen, form, state)
      if form == .numbers {
        // A number that is cut looks like a smaller one: the smallest types give way whole.
        let smallest = parts.indices.sorted { parts[$0].value < parts[$1].value }
        line.add(" ")
        line.add(Line.fitting(parts.map(\.line), gap: 1, width: width - line.width, dropping: smallest))
        frame.write(line, row: row, column: 1, limit: width + 1)
        return
      }
      for part in parts {
        line.add(form == .full ? "  " : " ")
        line.add(part.line)
      }
      if line.width <= width {
        frame.write(line, row: row, column: 1)
        return
      }
    }
  }

  private enum Form: CaseIterable {
    case full, close, short, numbers
  }

  private static func parts(_ values: [Int], unseen: Set<Int>, _ form: Form, _ state: State)
    -> [(value: Int, line: Line)]
  {
    LegendPanel.listed(state).filter { !state.hidden.contains($0) && values[$0.rawValue] > 0 }.map { series in
      let value = values[series.rawValue]
      var line = Line()
      let swatch =
        state.mode.hasDistinctColors && state.mode.glyphs.name == .block
        ? "▌" : state.mode.glyphs.patterns[series.rawValue]
      line.add(swatch, Style(series.role))
      if form == .full || form == .close { line.add(series.name(state.language) + " ", .dim) }
      line.add(form == .numbers ? state.numerals.short(value) : state.numerals.exact(value))
      // Too small to be drawn in this bar.
      if unseen.contains(series.rawValue) { line.add("+", .dim) }
      return (value, line)
    }
  }

  private static func unseen(_ figures: DayFigures, _ state: State, rows: Int) -> Set<Int> {
    guard state.metric == .messages else { return [] }
    let axis = BarAxis(state, rows: rows)
    return axis.isLog ? [] : axis.bar(figures.hours[state.hour], state.mode).unseen
  }

  static func drawComparison(_ state: State, _ comparison: Comparison, row: Int, _ frame: inout Frame) {
    guard let figures = state.figures, !state.hidesAll else { return }
    let numerals = state.numerals
    let compared = comparison.line(figures.hourTotals[state.hour], hour: state.hour, state)
    var users = Line()
    if state.metric == .messages, let messages = state.dayStatus.record?.messages {
      let most = messages.rows(inHour: state.hour).map(\.users).max() ?? 0
      if most > 0 {
        users.add(state.mode.glyphs.atLeast + numerals.exact(most))
        users.add(" " + Phrase.users.text(state.language), .dim)
      }
    }
    let line = Line.fitting([compared, users, level(state)], gap: 3, width: frame.size.width - 2, dropping: [1])
    frame.write(line, row: row, column: 1, limit: frame.size.width - 1)
  }

  /// The mass-send level at the inspected hour.
  static func level(_ state: State) -> Line {
    guard let speed = SpeedStrip.speeds(inHour: state.hour, of: state.day, state).last else { return Line() }
    var line = Line(Phrase.level(speed.level).text(state.language), Style(HeaderPanel.levelRole(speed.level)))
    line.add(" " + state.numerals.speed(speed.realspeed), .dim)
    return line
  }
}
