import ChartLayout
import TerminalScreen
import WeixinModel

/// All years: a line each, a cell a week, and every month's total below.
///
/// ```
/// header      account          2014-12 – 2026-11 all years          speed
/// figures     sum  days  mean  best day
/// legend      the four shades in numbers, the states that occur, hits
/// head        Jan … Dec
/// grid        year  53 cells  total  bar  change
/// inspect     the shown week against the one a year before, and the day
/// chart       the months' totals
/// status, hints
/// ```
enum AllView {
  static func draw(_ state: State, _ frame: inout Frame) {
    let rows = rows(state)
    let range = BeijingDay.firstKept...max(.firstKept, state.newestDay)
    let heat = Heat(range, state)
    let columns = AllColumns(width: frame.size.width)
    let weeks = Weeks(heat, range, perCell: columns.weeks)
    HeaderPanel.draw(state, row: rows.header, &frame)
    if let row = rows.figures { drawFigures(heat.figures(of: range), state, row: row, &frame) }
    if let row = rows.legend { weeks.legend(range).draw(state, row: row, &frame) }
    AllGrid.drawHead(state, columns, rows, &frame)
    let totals = weeks.years.map { year in
      let first = BeijingDay(year: year, month: 1, day: 1) ?? .firstKept
      return heat.figures(of: first.daysOfYear.clamped(to: range)) { $0.yearBefore }
    }
    let most = totals.map(\.total).max() ?? 0
    let first = firstLine(weeks.years, state, rows)
    for line in 0..<min(rows.lines, weeks.years.count) {
      AllGrid.draw(
        weeks, first + line, totals[first + line], most: most, columns, rows.rows(ofLine: line), &frame)
    }
    if let row = rows.inspect { AllGrid.drawWeek(heat, row: row, &frame) }
    if let row = rows.comparison { WideInspect.drawDay(state, row: row, withMarks: true, &frame) }
    if let chart = rows.chart { MonthlyChart.draw(heat, range, rows: chart, &frame) }
    Foot.draw(state, of: range, status: rows.status, hints: rows.hints, &frame)
  }

  static func rows(_ state: State) -> WideRows {
    let years = max(1, state.newestDay.monday.thursday.year - BeijingDay.firstKept.year + 1)
    return WideRows(height: state.size.height, lines: years, most: 3, chart: 4)
  }

  /// Where not all years have room, those around the shown one.
  private static func firstLine(_ years: [Int], _ state: State, _ rows: WideRows) -> Int {
    let shown = state.day.thursday.year - (years.first ?? 0)
    return rows.first(of: years.count, around: shown)
  }

  private static func drawFigures(_ figures: RangeFigures, _ state: State, row: Int, _ frame: inout Frame) {
    WideFigures.draw(
      [
        WideFigures.total(figures, state), WideFigures.mean(figures, state),
        WideFigures.best(figures, state) { "\($0)" },
      ], dropping: [1, 2], row: row, &frame)
  }

  static func target(row: Int, column: Int, _ state: State) -> Target? {
    let rows = rows(state)
    let columns = AllColumns(width: state.size.width)
    let range = BeijingDay.firstKept...max(.firstKept, state.newestDay)
    if rows.chart?.contains(row) == true { return MonthlyChart.day(atColumn: column, range, state).map(Target.day) }
    guard let line = rows.line(atRow: row), let cell = columns.cell(atColumn: column) else { return nil }
    let years = Weeks.years(range)
    let index = firstLine(years, state, rows) + line
    guard years.indices.contains(index) else { return nil }
    // The same weekday of the week, so that the cursor keeps its place in it.
    let monday = BeijingDay.firstMonday(ofYear: years[index]) + 7 * columns.weeks * cell
    guard monday.thursday.year == years[index], monday + 6 >= .firstKept, monday <= state.newestDay else { return nil }
    return .day(min(max(monday + (state.day.weekday - 1), .firstKept), state.newestDay))
  }
}
