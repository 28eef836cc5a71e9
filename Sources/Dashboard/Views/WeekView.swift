import ChartLayout
import TerminalScreen
import WeixinModel

/// A week: seven rows of 24 shaded hours, and the median hour below.
///
/// ```
/// header      account        Mon 17 – Sun 23 Aug 2026 (W34) week    speed
/// figures     sum  days  change against the same days  peak
/// legend      the four shades in numbers, the states that occur, hits
/// head        00 … 23
/// grid        day  24 cells  total  change  peak hour
/// inspect     the inspected hour: value, what is usual, the speed's level
/// chart       the median of each hour
/// status, hints
/// ```
enum WeekView {
  static func draw(_ state: State, _ frame: inout Frame) {
    let rows = rows(state)
    let week = Week(state)
    let columns = WeekColumns(width: frame.size.width)
    HeaderPanel.draw(state, row: rows.header, &frame)
    if let row = rows.figures { drawFigures(week, state, row: row, &frame) }
    if let row = rows.legend { week.legend.draw(state, row: row, &frame) }
    WeekGrid.drawHead(state, columns, rows, &frame)
    let first = firstLine(state, rows)
    for line in 0..<rows.lines {
      WeekGrid.draw(week.days[first + line], week, state, columns, rows.rows(ofLine: line), &frame)
    }
    if let row = rows.inspect { WideInspect.drawHour(state, row: row, &frame) }
    if let row = rows.comparison { WideInspect.drawDay(state, row: row, withMarks: true, &frame) }
    if let chart = rows.chart { drawChart(week, state, columns, chart, &frame) }
    Foot.draw(state, of: week.days[0]...week.days[6], status: rows.status, hints: rows.hints, &frame)
  }

  /// Where not all days have room, those around the shown one.
  private static func firstLine(_ state: State, _ rows: WideRows) -> Int {
    rows.first(of: 7, around: state.day.weekday - 1)
  }

  static func rows(_ state: State) -> WideRows {
    WideRows(height: state.size.height, lines: 7, most: 4, hasCaret: true, chart: 3)
  }

  static func target(row: Int, column: Int, _ state: State) -> Target? {
    let rows = rows(state)
    if row == rows.header { return WideTitle.target(column: column, state) }
    let columns = WeekColumns(width: state.size.width)
    let hour = columns.hour(atColumn: column)
    let monday = state.day.monday
    if let line = rows.line(atRow: row), line < rows.lines {
      let day = monday + (firstLine(state, rows) + line)
      guard day >= .firstKept, day <= state.newestDay else { return nil }
      return hour.map { .hourOfDay(day, $0) } ?? .day(day)
    }
    let isColumn = row == rows.head || row == rows.caret || rows.chart?.contains(row) == true
    return isColumn ? hour.map(Target.hour) : nil
  }

  private static func drawFigures(_ week: Week, _ state: State, row: Int, _ frame: inout Frame) {
    let figures = week.figures
    let before = state.numerals.week(state.day.monday - 7)
    let same = figures.comparedDays == 7 ? Phrase.short(versus: before) : .sameDays(of: before)
    var peak = Line()
    if let (day, hour, value) = week.peak {
      let place = "\(state.numerals.weekday(day)) \(state.numerals.hour(hour)) "
      peak = WideFigures.pair(.peak, place + state.numerals.exact(value), state)
    }
    WideFigures.draw(
      [
        WideFigures.total(figures, state), WideFigures.change(figures, state),
        WideFigures.dim(same, if: figures.before > 0, state), peak, WideFigures.mean(figures, state),
      ], dropping: [4, 2, 3, 1], row: row, &frame)
  }

  private static func drawChart(
    _ week: Week, _ state: State, _ columns: WeekColumns, _ rows: Range<Int>, _ frame: inout Frame
  ) {
    let medians = week.medians
    guard medians.contains(where: { $0 != nil }) else { return }
    let title = Phrase.medianHour(state.numerals.week(state.day)).text(state.language)
    frame.write(title, row: rows.lowerBound - 1, column: columns.gutter, style: .dim)
    let chart = SmallChart(
      values: medians, columns: { columns.bar(ofHour: $0) }, gutter: columns.gutter, chosen: state.hour)
    chart.draw(state, rows: rows, &frame)
  }
}
