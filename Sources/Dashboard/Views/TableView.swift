import TerminalScreen
import WeixinModel

/// The day's numbers, hours by types, sortable by every column.
enum TableView {
  static func draw(_ state: State, _ frame: inout Frame) {
    let size = frame.size
    HeaderPanel.draw(state, row: 0, &frame)
    FiguresPanel.draw(state, row: 1, &frame)
    StatusLine.draw(state, row: size.height - 2, &frame)
    HintLine.draw(state, row: size.height - 1, &frame)
    let rows = 4..<(size.height - 3)
    guard let table = Table(state), !rows.isEmpty else {
      DayMessage.draw(state, rows: 2..<(size.height - 2), &frame)
      return
    }
    let columns = table.fitting(size.width)
    drawHead(columns, table, state, &frame)
    let hits = state.filter.flatMap { $0.hasNumbers ? $0.hours(of: state.day, state) : nil }
    for (index, hour) in visible(table.hours, in: rows.count, state).enumerated() {
      draw(hour, isHit: hits?[hour] ?? true, row: rows.lowerBound + index, columns, table, state, &frame)
    }
    drawSum(columns, table, row: size.height - 3, state, &frame)
  }

  static func target(row: Int, column: Int, _ state: State) -> Target? {
    guard let table = Table(state) else { return nil }
    let hours = visible(table.hours, in: max(0, state.size.height - 7), state)
    let index = row - 4
    return hours.indices.contains(index) ? .hour(hours[index]) : nil
  }

  /// The rows that fit, with the chosen hour among them.
  private static func visible(_ hours: [Int], in rows: Int, _ state: State) -> [Int] {
    let chosen = hours.firstIndex(of: state.hour) ?? 0
    let first = max(0, min(chosen - rows / 2, hours.count - rows))
    return Array(hours.dropFirst(first).prefix(rows))
  }

  private static func drawHead(_ columns: [Table.Column], _ table: Table, _ state: State, _ frame: inout Frame) {
    var place = 1
    for (index, column) in columns.enumerated() {
      let isSorted = column == table.sorted
      let arrow = state.order.isInverted == (index == 0) ? state.mode.glyphs.fall : state.mode.glyphs.rise
      let title = isSorted ? "\(arrow)" + column.title : column.title
      frame.write(
        DisplayWidth.padStart(title, to: column.width), row: 2, column: place, style: isSorted ? .strong : .dim)
      place += column.width + 2
    }
    for column in 1..<max(2, place - 2) {
      frame.put(Cell(state.mode.glyphs.gridDot, style: Style(.grid)), row: 3, column: column)
    }
  }

  private static func draw(
    _ hour: Int, isHit: Bool, row: Int, _ columns: [Table.Column], _ table: Table, _ state: State,
    _ frame: inout Frame
  ) {
    let isChosen = hour == state.hour
    var place = 1
    for column in columns {
      let text = column.text(hour, state)
      let isZero = column.value(hour) == 0
      let style: Style = !isHit ? Style(.grid) : isZero ? .dim : column.isTotal ? Style(.standard, .bold) : .standard
      frame.write(DisplayWidth.padStart(text, to: column.width), row: row, column: place, style: style)
      place += column.width + 2
    }
    if isChosen {
      frame.restyle(row: row, columns: 0..<min(frame.size.width, place)) { $0 = Style(.accent, on: .selection, .bold) }
      frame.put(Cell(state.mode.glyphs.next, style: Style(.accent, on: .selection, .bold)), row: row, column: 0)
    }
    drawBar(hour, row: row, from: place, table, state, &frame)
  }

  /// A bar of whole cells behind the numbers, where there is room.
  private static func drawBar(
    _ hour: Int, row: Int, from start: Int, _ table: Table, _ state: State, _ frame: inout Frame
  ) {
    let room = min(60, frame.size.width - 1 - start)
    guard room >= 8, table.most > 0 else { return }
    let eighths = table.totals[hour] * room * 8 / table.most
    for cell in 0..<(eighths / 8) {
      frame.put(
        state.mode.colors >= 8 && state.mode.glyphs.name != .ascii
          ? Cell(" ", style: Style(on: .line)) : Cell(state.mode.glyphs.patterns[0], style: Style(.line)),
        row: row, column: start + cell)
    }
    if eighths < 8, table.totals[hour] > 0 {
      frame.put(Cell(state.mode.glyphs.low, style: Style(.line)), row: row, column: start)
    } else if table.totals[hour] == 0 {
      frame.put(Cell(state.mode.glyphs.zero, style: .dim), row: row, column: start)
    }
  }

  private static func drawSum(
    _ columns: [Table.Column], _ table: Table, row: Int, _ state: State, _ frame: inout Frame
  ) {
    var place = 1
    for (index, column) in columns.enumerated() {
      let text = index == 0 ? (state.metric == .messages ? "=" : state.mode.glyphs.atLeast) : column.sum(state)
      frame.write(DisplayWidth.padStart(text, to: column.width), row: row, column: place, style: .strong)
      place += column.width + 2
    }
  }
}
