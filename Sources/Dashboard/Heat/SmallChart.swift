import ChartLayout
import TerminalScreen
import WeixinModel

/// Bars of one series on an axis with round ticks, below a heatmap and in its columns.
struct SmallChart {
  /// The heights; nil where there is no number.
  let values: [Int?]
  /// The columns of each bar.
  let columns: (Int) -> Range<Int>
  /// The column before which the ticks' labels end.
  let gutter: Int
  /// The bar that the cursor is on.
  var chosen: Int?
  /// The bar of a time that is not over: without its mark it would look like a fall.
  var unfinished: Int?

  func draw(_ state: State, rows: Range<Int>, _ frame: inout Frame) {
    guard rows.count >= 1, !values.isEmpty else { return }
    let glyphs = state.mode.glyphs
    let scale = AxisScale(maximum: max(1, values.compactMap { $0 }.max() ?? 0), rows: rows.count)
    let span = columns(0).lowerBound..<columns(values.count - 1).upperBound
    for tick in scale.ticks {
      let row = rows.upperBound - tick.row
      let label = DisplayWidth.padStart(state.numerals.short(tick.value), to: gutter - 1)
      frame.write(label, row: row, column: 0, style: .dim)
      for column in stride(from: span.lowerBound, to: span.upperBound, by: 3) {
        frame.put(Cell(glyphs.gridDot, style: Style(.grid)), row: row, column: column)
      }
    }
    for (index, value) in values.enumerated() {
      guard let value else { continue }
      draw(value, scale, columns(index), isChosen: index == chosen, state.mode, rows, &frame)
      if index == unfinished { mark(value, scale, columns(index).lowerBound, glyphs, rows, &frame) }
    }
  }

  /// The eighths of a cell that a bar is high. Without characters for parts of a cell, whole ones are rounded to.
  private func units(of value: Int, _ scale: AxisScale, _ glyphs: GlyphSet, _ rows: Range<Int>) -> Int {
    let units = scale.units(of: value, in: rows.count * 8)
    return glyphs.levels.isEmpty && units > 0 ? max(1, (units + 4) / 8 * 8) : units
  }

  /// The mark stands above the bar; below it where the title is in its way.
  private func mark(
    _ value: Int, _ scale: AxisScale, _ column: Int, _ glyphs: GlyphSet, _ rows: Range<Int>, _ frame: inout Frame
  ) {
    let height = max(1, (units(of: value, scale, glyphs, rows) + 7) / 8)
    let above = rows.upperBound - height - 1
    let isFree = above >= rows.lowerBound || frame[above, column] == .blank
    let cell = Cell(glyphs.provisional, style: Style(.warning))
    frame.put(cell, row: isFree ? above : rows.upperBound, column: column)
  }

  private func draw(
    _ value: Int, _ scale: AxisScale, _ columns: Range<Int>, isChosen: Bool, _ mode: DrawingMode, _ rows: Range<Int>,
    _ frame: inout Frame
  ) {
    let glyphs = mode.glyphs
    let role: Role = isChosen ? .accent : .line
    guard value > 0 else {
      for column in columns {
        frame.put(Cell(glyphs.zero, style: .dim), row: rows.upperBound - 1, column: column)
      }
      return
    }
    var units = units(of: value, scale, glyphs, rows)
    for row in rows.reversed() where units > 0 {
      let cell: Cell =
        if units >= 8 {
          mode.hasDistinctColors ? Cell(" ", style: Style(on: role)) : Cell(glyphs.patterns[0], style: Style(role))
        } else {
          Cell(glyphs.levels.isEmpty ? glyphs.low : glyphs.levels[units - 1], style: Style(role))
        }
      for column in columns { frame.put(cell, row: row, column: column) }
      units -= 8
    }
  }
}
