import ChartLayout
import TerminalScreen
import WeixinModel

/// A day of a calendar: its number, its count, its marks, and where it stands.
enum MonthCell {
  static func draw(
    _ day: BeijingDay, _ heat: Heat, rows: Range<Int>, columns: Range<Int>, chosen: BeijingDay? = nil,
    ground: Role = .standard, _ frame: inout Frame
  ) {
    let state = heat.state
    let cell = heat.cell(day)
    let room = columns.count - 2
    let brush = HeatBrush(state, ground: ground)
    // Where the cells are low, blanks between them keep the lines apart.
    let isSpaced = rows.count >= 4
    let drawn = isSpaced ? rows.lowerBound..<(rows.upperBound - 1) : rows
    let touch = HeatBrush.Touch(
      isChosen: day == chosen ?? state.day, isDimmed: heat.isDimmed(day),
      texts: texts(day, cell, heat, room: room, rows: drawn.count))
    brush.draw(cell, rows: drawn, columns: columns, touch, &frame)
    var attributes: Style.Attributes = day.isWeekend ? .underline : []
    if !touch.isDimmed, !state.marks(of: day).isEmpty { attributes.formUnion([.bold, .underline]) }
    frame.restyle(row: drawn.lowerBound, columns: (columns.lowerBound + 1)..<(columns.lowerBound + 3)) {
      $0.attributes.formUnion(attributes)
    }
    if case .step = cell, !touch.isDimmed, drawn.count >= 3, room >= 12 {
      drawHours(day, cell, state, row: drawn.upperBound - 1, column: columns.lowerBound + 1, room: room, &frame)
    }
  }

  private static func texts(_ day: BeijingDay, _ cell: HeatCell, _ heat: Heat, room: Int, rows: Int) -> [String] {
    let state = heat.state
    let glyphs = state.mode.glyphs
    var head = twoDigits(day.dayOfMonth)
    let isStep = if case .step = cell { true } else { false }
    if !isStep { head += (room >= 4 ? " " : "") + String(Character(cell.glyph(glyphs).scalar)) }
    if isStep, heat.isProvisional(day) { head += String(Character(glyphs.provisional)) }
    let number = heat[day].map { value -> String in
      let exact = state.numerals.exact(value)
      return DisplayWidth.of(exact) <= room && room >= 12 ? exact : state.numerals.short(value)
    }
    let marks = state.markNames(of: day, separator: " ")
    if rows == 1 {
      // One row has day and number, if both fit.
      let both = head + " " + (number ?? "")
      return [isStep && DisplayWidth.of(both) <= room ? both : head]
    }
    let left = room - DisplayWidth.of(head) - 1
    if !marks.isEmpty, DisplayWidth.of(marks) <= left || left >= 8 {
      head += " " + DisplayWidth.truncate(marks, to: left, ellipsis: HeaderPanel.ellipsis(state))
    }
    guard let number, isStep else { return [head] }
    return [head, number]
  }

  /// The 24 hours of the day in small bars, where a cell is wide enough.
  private static func drawHours(
    _ day: BeijingDay, _ cell: HeatCell, _ state: State, row: Int, column: Int, room: Int, _ frame: inout Frame
  ) {
    guard let hours = state.status.history.hours(of: day, state.measure) else { return }
    let most = hours.max() ?? 0
    let style = HeatBrush(state).textStyle(cell, HeatBrush.Touch())
    // Pairs of hours where the cell has no room for all 24.
    let each = room >= 24 ? 1 : 2
    let bars = stride(from: 0, to: 24, by: each).map { hours[$0..<($0 + each)].max() ?? 0 }
    let wide = room / bars.count
    for (index, value) in bars.enumerated() {
      let glyph = state.mode.glyphs.spark(Units.spark(value, maximum: most))
      for place in 0..<wide {
        frame.put(Cell(glyph, style: style), row: row, column: column + index * wide + place)
      }
    }
  }
}
