import TerminalScreen
import WeixinModel

/// A month's line in the year: its name, its days, and its total.
enum YearGrid {
  static func draw(
    _ month: ClosedRange<BeijingDay>, _ figures: RangeFigures, most: Int, _ heat: Heat, _ columns: YearColumns,
    _ rows: Range<Int>, _ frame: inout Frame
  ) {
    let state = heat.state
    let middle = rows.lowerBound + (rows.count - 1) / 2
    let isShown = month.contains(state.day)
    if isShown { frame.put(Cell(state.mode.glyphs.next, style: .strong), row: middle, column: 0) }
    frame.write(
      state.numerals.month(month.lowerBound), row: middle, column: 1, style: isShown ? .strong : .standard,
      limit: columns.gutter)
    let brush = HeatBrush(state)
    for day in month where columns.days.contains(day.dayOfMonth) {
      let cell = heat.cell(day)
      let start = columns.start(of: day.dayOfMonth)
      var touch = HeatBrush.Touch(
        isChosen: day == state.day, isDimmed: heat.isDimmed(day), isProvisional: heat.isProvisional(day))
      if state.hasLabels, case .step = cell, let value = heat[day] {
        touch.label(state.numerals.short(value), rows: rows.count, width: columns.pitch)
      }
      brush.draw(cell, rows: rows, columns: start..<(start + columns.pitch), touch, &frame)
    }
    SideNumbers.draw(figures, most: most, isShown: isShown, columns, row: middle, state, &frame)
  }
}

/// Where the numbers of a line stand beside its cells.
protocol SideColumns {
  var total: Range<Int> { get }
  var bar: Range<Int> { get }
  var change: Range<Int> { get }
}

/// The numbers beside a line of cells: its total, a bar, and the change against the time before.
enum SideNumbers {
  static func draw(
    _ figures: RangeFigures, most: Int, isShown: Bool, _ columns: some SideColumns, row: Int, _ state: State,
    _ frame: inout Frame
  ) {
    guard figures.days > 0, !columns.total.isEmpty else { return }
    // A blank stands before an exact number; a short one needs all the room.
    let text = WideFigures.fitting(figures.total, width: columns.total.count - 1, state)
    frame.write(
      text, row: row, column: columns.total.upperBound - DisplayWidth.of(text), style: isShown ? .strong : .standard)
    SideBar.draw(figures.total, most: most, columns: columns.bar, row: row, state, &frame)
    let change = WideFigures.briefChange(from: figures.before, to: figures.compared, state)
    if change.width <= columns.change.count {
      frame.write(change, row: row, column: columns.change.upperBound - change.width)
    }
  }
}

/// A bar beside a total: to the right where there is room, else one cell upwards.
enum SideBar {
  static func draw(
    _ value: Int, most: Int, columns: Range<Int>, row: Int, _ state: State, _ frame: inout Frame
  ) {
    guard !columns.isEmpty, most > 0 else { return }
    let glyphs = state.mode.glyphs
    guard columns.count >= 5 else {
      let eighths = value > 0 ? min(8, max(1, Int(Double(value) / Double(most) * 8 + 0.5))) : 0
      frame.put(Cell(glyphs.spark(eighths), style: Style(.line)), row: row, column: columns.lowerBound)
      return
    }
    let room = columns.count - 1
    let cells = value > 0 ? max(1, Int(Double(value) / Double(most) * Double(room) + 0.5)) : 0
    for column in columns.lowerBound..<(columns.lowerBound + cells) {
      let cell =
        state.mode.hasDistinctColors
        ? Cell(" ", style: Style(on: .line)) : Cell(glyphs.speedLine, style: Style(.line))
      frame.put(cell, row: row, column: column)
    }
  }
}

extension BeijingDay {
  /// The same date of the year before; nil for 29 February.
  var yearBefore: BeijingDay? {
    let (year, month, day) = components
    return BeijingDay(year: year - 1, month: month, day: day)
  }
}
