import ChartLayout
import TerminalScreen
import WeixinModel

/// The third row: which colour or pattern is which type, its key, and its share of the day.
enum LegendPanel {
  static func draw(_ state: State, row: Int, _ frame: inout Frame) {
    let scale = scale(state)
    frame.write(fitting(state, scale).line, row: row, column: 1, limit: frame.size.width - 1)
    frame.writeAtEnd(scale, row: row)
  }

  /// The fullest form that has room beside the scale.
  private static func fitting(_ state: State, _ scale: Line) -> (form: Form, line: Line) {
    let width = state.size.width - 4 - scale.width
    let (listed, shares, tooSmall) = (listed(state)[...], shares(state), tooSmall(state))
    for form in Form.allCases {
      let line = line(state, form, listed, shares, tooSmall)
      if line.width <= width || form == .digits { return (form, line) }
    }
    return (.digits, Line())
  }

  /// What the axis is, and what the marks are.
  private static func scale(_ state: State) -> Line {
    // What is drawn in the usual way need not be said.
    let name = BarAxis.name(state)?.text(state.language) ?? ""
    guard state.size.width >= 56 else { return Line(name, Style(.warning)) }
    var line = Line()
    if !(state.isComposition && state.metric == .messages), Comparison.exists(state) {
      line.add(String(repeating: String(Character(state.mode.glyphs.marks[1])), count: 2), Style(.ghost))
      line.add(Comparison.name(state).text(state.language) + (name.isEmpty ? "" : " "), .dim)
    }
    line.add(name, Style(.warning))
    return line
  }

  private enum Form: CaseIterable {
    case full, close, noPercent, digits
  }

  /// The layer whose name stands at a column.
  static func series(atColumn column: Int, _ state: State) -> Series? {
    let form = fitting(state, scale(state)).form
    let (listed, shares, tooSmall) = (listed(state), shares(state), tooSmall(state))
    for (index, series) in listed.enumerated() {
      let end = 1 + line(state, form, listed[...index], shares, tooSmall).width
      if column < end { return column >= 1 ? series : nil }
    }
    return nil
  }

  private static func line(
    _ state: State, _ form: Form, _ listed: ArraySlice<Series>, _ shares: [Series: Int], _ tooSmall: Set<Int>
  ) -> Line {
    var line = Line()
    for series in listed {
      if !line.isEmpty { line.add(form == .full ? "  " : " ") }
      let isHidden = state.hidden.contains(series)
      line.add(series.digit, .dim)
      line.add(swatch(series, state), isHidden ? Style(.grid) : swatchStyle(series, state))
      if form == .full || form == .close { line.add(" ") }
      if form != .digits {
        line.add(series.name(state.language), isHidden ? Style(.grid) : .standard)
      }
      if form == .full || form == .close, let share = shares[series] {
        line.add(isHidden ? " \(state.mode.glyphs.unknown)" : " \(share)%", isHidden ? Style(.grid) : .dim)
      }
      // As in the hour's line: there are some, but too few to be drawn.
      if tooSmall.contains(series.rawValue), !isHidden { line.add("+", .dim) }
    }
    return line
  }

  /// The types that are too small for the chart.
  private static func tooSmall(_ state: State) -> Set<Int> {
    state.view == .day ? BarAxis(state, rows: DayView.rows(state).chart.count).tooSmall : []
  }

  /// The documented types always; the others when the day has some.
  static func listed(_ state: State) -> [Series] {
    let hasOthers = state.dayStatus.record?.messages.rows.contains { Series($0.type) == .other } ?? false
    return Series.allCases.filter { $0 != .other || hasOthers || state.hidden.contains(.other) }
  }

  /// Shares of the shown types; users have none, since they do not add up.
  private static func shares(_ state: State) -> [Series: Int] {
    guard let figures = state.figures, state.metric == .messages, figures.total > 0 else { return [:] }
    let percentages = Units.percentages(figures.seriesTotals)
    return Dictionary(uniqueKeysWithValues: Series.allCases.map { ($0, percentages[$0.rawValue]) })
  }

  static func swatch(_ series: Series, _ state: State) -> Unicode.Scalar {
    state.mode.hasDistinctColors ? " " : state.mode.glyphs.patterns[series.rawValue]
  }

  static func swatchStyle(_ series: Series, _ state: State) -> Style {
    state.mode.hasDistinctColors ? Style(on: series.role) : Style(series.role)
  }
}
