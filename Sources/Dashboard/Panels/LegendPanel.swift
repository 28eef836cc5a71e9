import ChartLayout
import TerminalScreen
import WeixinModel

/// The third row: which colour or pattern is which type, its key, and its share of the day.
enum LegendPanel {
  static func draw(_ state: State, row: Int, _ frame: inout Frame) {
    let scale = scale(state)
    frame.write(line(state, form(state)), row: row, column: 1, limit: frame.size.width - 1)
    frame.writeAtEnd(scale, row: row)
  }

  private static func form(_ state: State) -> Form {
    let width = state.size.width - 4 - scale(state).width
    return Form.allCases.first { line(state, $0).width <= width } ?? .digits
  }

  /// What the axis is, and what the marks are.
  private static func scale(_ state: State) -> Line {
    guard state.size.width >= 56 else { return Line() }
    var line = Line()
    if !(state.isComposition && state.metric == .messages), Comparison.exists(state) {
      line.add(String(repeating: String(Character(state.mode.glyphs.ghost)), count: 2), Style(.ghost))
      line.add(Comparison.name(state).text(state.language) + " ", .dim)
    }
    line.add(BarAxis.name(state).text(state.language), state.scale == .auto ? .dim : Style(.warning))
    return line
  }

  private enum Form: CaseIterable {
    case full, close, noPercent, digits
  }

  /// The layer whose name stands at a column.
  static func series(atColumn column: Int, _ state: State) -> Series? {
    let form = form(state)
    var end = 1
    for (index, series) in listed(state).enumerated() {
      end = 1 + line(state, form, upTo: index + 1).width
      if column < end { return column >= 1 ? series : nil }
    }
    return nil
  }

  private static func line(_ state: State, _ form: Form, upTo count: Int = .max) -> Line {
    var line = Line()
    let shares = shares(state)
    for series in listed(state).prefix(count) {
      if !line.isEmpty { line.add(form == .full ? "  " : " ") }
      let isHidden = state.hidden.contains(series)
      line.add(series.digit, .dim)
      line.add(swatch(series, state), isHidden ? Style(.grid) : swatchStyle(series, state))
      if form != .digits {
        line.add(series.name(state.language), isHidden ? Style(.grid) : .standard)
      }
      if form == .full || form == .close, let share = shares[series] {
        line.add(isHidden ? " \(state.mode.glyphs.unknown)" : " \(share)%", isHidden ? Style(.grid) : .dim)
      }
    }
    return line
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
