import ChartLayout
import TerminalScreen
import WeixinModel

/// The chart: 24 stacked bars on an axis with round ticks, and the hours below it.
enum ChartPanel {
  static func draw(
    _ state: State, _ comparison: Comparison, rows: Range<Int>, hourRow: Int, _ frame: inout Frame
  ) {
    guard let columns = HourColumns(width: frame.size.width), !rows.isEmpty else { return }
    drawHours(state, comparison, columns, row: hourRow, &frame)
    guard let figures = state.figures, state.dayStatus.record?.messages.isEmpty == false else {
      DayMessage.draw(state, rows: rows, &frame)
      return
    }
    let axis = BarAxis(state, rows: rows.count)
    drawAxis(state, axis, columns, rows, &frame)
    let tops = (0..<24).map { hour in
      let top = drawBar(hour, figures, state, axis, columns, rows, &frame)
      if let compared = comparison.hours {
        drawMark(compared[hour], hour, top: top, state, axis, columns, rows, &frame)
      }
      return top
    }
    if state.hasLabels {
      // After all bars: a digit that the next one covers would leave another number.
      var labels = BarLabels(rows: rows, from: columns.gutter + 1)
      let first = [figures.peakHour, state.hour].compactMap(\.self)
      for hour in first + (0..<24).filter({ !first.contains($0) }) where figures.hourTotals[hour] > 0 {
        let text = state.numerals.short(figures.hourTotals[hour])
        labels.place(text, over: columns.bar(ofHour: hour), top: tops[hour], &frame)
      }
    }
    if state.hidesAll || state.hidden.count == Series.allCases.count {
      frame.write(Phrase.allTypesHidden.text(state.language), row: rows.lowerBound, column: columns.gutter + 2)
    }
  }

  private static func drawAxis(
    _ state: State, _ axis: BarAxis, _ columns: HourColumns, _ rows: Range<Int>, _ frame: inout Frame
  ) {
    let glyphs = state.mode.glyphs
    for row in rows { frame.put(Cell(glyphs.axis, style: Style(.grid)), row: row, column: columns.gutter) }
    for tick in axis.ticks(state.numerals) {
      // A tick's line is the top edge of the row below it; the label stands in the row that the edge opens.
      let row = rows.upperBound - tick.row
      let label = DisplayWidth.padStart(tick.label, to: columns.gutter - 1)
      frame.write(label, row: row, column: 0, style: .dim)
      for hour in 0..<24 {
        let column = columns.start(ofHour: hour) + columns.barWidth / 2
        frame.put(Cell(glyphs.gridDot, style: Style(.grid)), row: row, column: column)
      }
    }
  }

  /// Draws a bar and returns the row of its highest cell, or the one below the chart.
  private static func drawBar(
    _ hour: Int, _ figures: DayFigures, _ state: State, _ axis: BarAxis, _ columns: HourColumns,
    _ rows: Range<Int>, _ frame: inout Frame
  ) -> Int {
    let values = figures.stack(inHour: hour, metric: state.metric)
    let bar = columns.bar(ofHour: hour)
    let bottom = rows.upperBound - 1
    if figures.hourTotals[hour] == 0 {
      for column in bar { frame.put(Cell(state.mode.glyphs.zero, style: .dim), row: bottom, column: column) }
      return bottom
    }
    let stacked = axis.bar(values, state.mode)
    let roles = axis.isLog ? [Role.line] : roles
    var top = bottom + 1
    for (index, cell) in stacked.cells.enumerated() {
      guard let drawn = draw(cell, state.mode, roles) else { break }
      top = bottom - index
      for column in bar { frame.put(drawn, row: top, column: column) }
    }
    if axis.isBeyond(figures.hourTotals[hour]) {
      // Higher than the locked axis: the arrow says that the bar goes on.
      for column in bar {
        frame.put(Cell(state.mode.glyphs.rise, style: Style(.accent, on: .selection, .bold)), row: top, column: column)
      }
    }
    return top
  }

  /// A mark at the height that was usual, or that the compared day had. It stands beside the bar; where bars touch, above it or not at
  /// all, since a bar's own cells say how much came of which type.
  private static func drawMark(
    _ value: Int, _ hour: Int, top: Int, _ state: State, _ axis: BarAxis, _ columns: HourColumns,
    _ rows: Range<Int>, _ frame: inout Frame
  ) {
    guard let place = axis.place(of: value) else { return }
    let row = rows.upperBound - 1 - place.row
    let gap = columns.gap(afterHour: hour)
    guard !gap.isEmpty || row < top else { return }
    for column in gap.isEmpty ? columns.bar(ofHour: hour) : gap {
      frame.put(Cell(state.mode.glyphs.marks[place.third], style: Style(.ghost)), row: row, column: column)
    }
  }

  static let roles = Series.allCases.map(\.role)

  /// A cell of a bar as a character: colours fill it by background, patterns by a character of their own.
  static func draw(_ cell: BarCell, _ mode: DrawingMode, _ roles: [Role] = roles) -> Cell? {
    let glyphs = mode.glyphs
    switch cell {
    case .empty: return nil
    case .full(let series):
      return mode.hasDistinctColors
        ? Cell(" ", style: Style(on: roles[series])) : Cell(glyphs.patterns[series], style: Style(roles[series]))
    case .end(let series, let eighths):
      let glyph = mode.hasDistinctColors ? glyphs.levels[eighths - 1] : glyphs.low
      return Cell(glyph, style: Style(roles[series]))
    case .boundary(let lower, let eighths, let upper):
      return Cell(glyphs.levels[eighths - 1], style: Style(roles[lower], on: roles[upper]))
    }
  }

  private static func drawHours(
    _ state: State, _ comparison: Comparison, _ columns: HourColumns, row: Int, _ frame: inout Frame
  ) {
    let labelled = Set(columns.labelled())
    for hour in 0..<24 {
      let isCursor = hour == state.hour
      let start = columns.start(ofHour: hour) + max(0, (columns.barWidth - 2) / 2)
      if labelled.contains(hour), !isCursor {
        let isThird = hour % 3 == 0
        // A label that would touch the cursor's gives way to it.
        if columns.pitch >= 3 || abs(hour - state.hour) * columns.pitch > 2 {
          frame.write(twoDigits(hour), row: row, column: start, style: isThird ? .standard : .dim)
        }
      }
    }
    for hour in 0..<24 {
      guard let side = comparison.unusualSide(hour: hour, state) else { continue }
      // Behind the hour's number where that has room, else in its own column.
      let column = columns.start(ofHour: hour) + (columns.pitch >= 3 ? max(0, (columns.barWidth - 2) / 2) + 2 : 0)
      let glyph = side == .above ? state.mode.glyphs.rise : state.mode.glyphs.fall
      frame.put(Cell(glyph, style: Style(.warning, .bold)), row: row, column: column)
    }
    let width = max(2, columns.barWidth)
    let start = min(columns.start(ofHour: state.hour), frame.size.width - width)
    for column in start..<(start + width) {
      frame.put(Cell(" ", style: Style(.accent, on: .selection, .bold)), row: row, column: column)
    }
    frame.write(
      twoDigits(state.hour), row: row, column: start + (width - 2) / 2, style: Style(.accent, on: .selection, .bold))
  }
}
