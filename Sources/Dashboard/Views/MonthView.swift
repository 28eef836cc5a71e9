import ChartLayout
import TerminalScreen
import WeixinModel

/// A month: a calendar of shaded days, a week a line.
///
/// ```
/// header      account             Aug 2026 month                    speed
/// figures     sum  days  change against the same days  mean  best day
/// legend      the four shades in numbers, the states that occur, hits
/// head        Mon … Sun
/// grid        week  7 cells with day and number              week's total
/// inspect     the shown day, and what is usual for it
/// status, hints
/// ```
enum MonthView {
  static func draw(_ state: State, _ frame: inout Frame) {
    let rows = rows(state)
    let days = state.day.daysOfMonth
    let heat = Heat(days.lowerBound.monday...(days.upperBound.monday + 6), state)
    let columns = MonthColumns(width: frame.size.width)
    HeaderPanel.draw(state, row: rows.header, &frame)
    if let row = rows.figures { drawFigures(heat, days, state, row: row, &frame) }
    if let row = rows.legend { HeatLegend(heat, days: days, unit: .perDay).draw(state, row: row, &frame) }
    for (index, name) in state.numerals.weekdayNames(width: min(3, columns.cell - 1)).enumerated() {
      let isShown = index + 1 == state.day.weekday
      var style: Style = isShown ? .strong : index >= 5 ? .dim : .standard
      if index >= 5 { style.attributes.insert(.underline) }
      frame.write(name, row: rows.head, column: columns.start(ofDay: index) + 1, style: style)
    }
    if !columns.total.isEmpty {
      let name = Phrase.total.text(state.language)
      frame.write(name, row: rows.head, column: columns.total.upperBound - DisplayWidth.of(name), style: .dim)
    }
    let monday = days.lowerBound.monday + 7 * firstLine(state, rows)
    for line in 0..<min(rows.lines, lines(state)) {
      drawWeek(monday + 7 * line, heat, days, columns, rows.rows(ofLine: line), &frame)
    }
    if let row = rows.inspect { WideInspect.drawDay(state, row: row, &frame) }
    if let row = rows.comparison { WideInspect.drawUsual(state, row: row, &frame) }
    Foot.draw(state, of: days, status: rows.status, hints: rows.hints, &frame)
  }

  /// The weeks that the month has a part of.
  private static func lines(_ state: State) -> Int {
    let days = state.day.daysOfMonth
    return (days.upperBound.monday - days.lowerBound.monday) / 7 + 1
  }

  /// Where not all weeks have room, those around the shown day's.
  private static func firstLine(_ state: State, _ rows: WideRows) -> Int {
    rows.first(of: lines(state), around: (state.day.monday - state.day.firstOfMonth.monday) / 7)
  }

  /// Six weeks always have their rows, so that nothing jumps from month to month.
  static func rows(_ state: State) -> WideRows { WideRows(height: state.size.height, lines: 6, most: 14) }

  static func target(row: Int, column: Int, _ state: State) -> Target? {
    let rows = rows(state)
    if row == rows.header { return WideTitle.target(column: column, state) }
    let columns = MonthColumns(width: state.size.width)
    guard let line = rows.line(atRow: row), let weekday = columns.day(atColumn: column) else { return nil }
    let day = state.day.firstOfMonth.monday + (7 * (firstLine(state, rows) + line) + weekday)
    guard state.day.daysOfMonth.contains(day), day >= .firstKept, day <= state.newestDay else { return nil }
    return .day(day)
  }

  private static func drawFigures(
    _ heat: Heat, _ days: ClosedRange<BeijingDay>, _ state: State, row: Int, _ frame: inout Frame
  ) {
    let before = days.lowerBound.adding(months: -1).daysOfMonth
    let figures = heat.figures(of: days) { day in
      let partner = before.lowerBound + (day - days.lowerBound)
      return before.contains(partner) ? partner : nil
    }
    WideFigures.draw(figures, name: state.numerals.month(before.lowerBound), state, row: row, &frame)
  }

  private static func drawWeek(
    _ monday: BeijingDay, _ heat: Heat, _ days: ClosedRange<BeijingDay>, _ columns: MonthColumns, _ rows: Range<Int>,
    _ frame: inout Frame
  ) {
    let state = heat.state
    let middle = rows.lowerBound + (rows.count - 1) / 2
    let isShown = state.day.monday == monday
    if isShown { frame.put(Cell(state.mode.glyphs.next, style: .strong), row: middle, column: 0) }
    if columns.gutter >= 5 {
      let name = state.language == .en ? state.numerals.week(monday) : "\(monday.isoWeek)周"
      frame.write(name, row: middle, column: 1, style: isShown ? .strong : .dim, limit: columns.gutter)
    }
    for weekday in 0..<7 where days.contains(monday + weekday) {
      let start = columns.start(ofDay: weekday)
      MonthCell.draw(monday + weekday, heat, rows: rows, columns: start..<(start + columns.cell), &frame)
    }
    let kept = (0..<7).map { monday + $0 }.filter(days.contains).compactMap { heat[$0] }
    guard !kept.isEmpty, !columns.total.isEmpty else { return }
    let total = kept.reduce(0) { heat.measure.metric.combined($0, $1) }
    let text = WideFigures.fitting(total, width: columns.total.count, state)
    frame.write(
      text, row: middle, column: columns.total.upperBound - DisplayWidth.of(text), style: isShown ? .strong : .standard)
  }
}

/// Where the weekdays stand across the screen.
struct MonthColumns {
  let gutter: Int
  let pitch: Int
  /// The columns of a cell; one less than the pitch where there is room for a gap.
  let cell: Int
  let total: Range<Int>

  init(width: Int) {
    gutter = width >= 48 ? 6 : 2
    let right = width >= 72 ? 10 : width >= 48 ? 7 : 6
    pitch = max(4, min(40, (width - gutter - right - 1) / 7))
    cell = pitch > 5 ? pitch - 1 : pitch
    let end = gutter + 7 * pitch
    total = width - 1 - end >= 4 ? end..<min(width - 1, end + 11) : 0..<0
  }

  func start(ofDay weekday: Int) -> Int { gutter + weekday * pitch }

  func day(atColumn column: Int) -> Int? {
    let place = (column - gutter) / pitch
    return column >= gutter && place < 7 ? place : nil
  }
}
