import ChartLayout
import TerminalScreen
import WeixinModel

/// A year: months by days of the month.
///
/// ```
/// header      account               2026 year                      speed
/// figures     sum  days  change against the same days  mean  best day
/// legend      the four shades in numbers, the states that occur, hits
/// head        1 … 31
/// grid        month  31 cells  total  bar  change
/// inspect     the shown day, and what is usual for it
/// status, hints
/// ```
enum YearView {
  static func draw(_ state: State, _ frame: inout Frame) {
    let rows = rows(state)
    let days = state.day.daysOfYear
    let heat = Heat(days, state)
    let columns = YearColumns(width: frame.size.width, chosen: state.day.dayOfMonth)
    HeaderPanel.draw(state, row: rows.header, &frame)
    if let row = rows.figures {
      let figures = heat.figures(of: days) { $0.yearBefore }
      WideFigures.draw(figures, name: state.numerals.year(state.day.adding(months: -12)), state, row: row, &frame)
    }
    if let row = rows.legend { HeatLegend(heat, days: days, unit: .perDay).draw(state, row: row, &frame) }
    drawHead(state, columns, rows, &frame)
    let months = (0..<12).map { days.lowerBound.adding(months: $0).daysOfMonth }
    let totals = months.map { month in heat.figures(of: month) { $0.yearBefore } }
    let most = totals.map(\.total).max() ?? 0
    let first = firstMonth(state, rows)
    for line in 0..<rows.lines {
      let index = first + line
      YearGrid.draw(months[index], totals[index], most: most, heat, columns, rows.rows(ofLine: line), &frame)
    }
    if let row = rows.inspect { WideInspect.drawDay(state, row: row, &frame) }
    if let row = rows.comparison { WideInspect.drawUsual(state, row: row, &frame) }
    Foot.draw(state, of: days, status: rows.status, hints: rows.hints, &frame)
  }

  static func rows(_ state: State) -> WideRows { WideRows(height: state.size.height, lines: 12, most: 6) }

  /// Where not all months have room, those around the shown one.
  private static func firstMonth(_ state: State, _ rows: WideRows) -> Int {
    rows.first(of: 12, around: state.day.month - 1)
  }

  static func target(row: Int, column: Int, _ state: State) -> Target? {
    let rows = rows(state)
    if row == rows.header { return WideTitle.target(column: column, state) }
    guard let line = rows.line(atRow: row), line < rows.lines else { return nil }
    let month = state.day.firstOfYear.adding(months: firstMonth(state, rows) + line).daysOfMonth
    let columns = YearColumns(width: state.size.width, chosen: state.day.dayOfMonth)
    let place = column < columns.gutter ? min(state.day.dayOfMonth - 1, month.count - 1) : columns.day(atColumn: column)
    guard let place, place < month.count else { return nil }
    let day = month.lowerBound + place
    return day >= .firstKept && day <= state.newestDay ? .day(day) : nil
  }

  private static func drawHead(_ state: State, _ columns: YearColumns, _ rows: WideRows, _ frame: inout Frame) {
    let chosen = state.day.dayOfMonth
    for day in [1, 5, 10, 15, 20, 25, 30] where abs(day - chosen) * columns.pitch > 2 && columns.days.contains(day) {
      frame.write("\(day)", row: rows.head, column: columns.start(of: day), style: .dim)
    }
    let start = min(columns.start(of: chosen), columns.end - 2)
    frame.write(
      columns.pitch >= 2 || chosen > 9 ? twoDigits(chosen) : "\(chosen)", row: rows.head, column: start,
      style: Style(.accent, on: .selection, .bold))
    func write(_ name: Phrase, endingAt column: Int) {
      let text = name.text(state.language)
      frame.write(text, row: rows.head, column: column - DisplayWidth.of(text), style: .dim)
    }
    if !columns.total.isEmpty, columns.pitch > 1 || columns.end + 3 < columns.total.lowerBound + 4 {
      write(.total, endingAt: columns.total.upperBound)
    }
    let versus = Phrase.short(versus: "\(state.day.year - 1)")
    if columns.change.count > DisplayWidth.of(versus.text(state.language)) {
      write(versus, endingAt: columns.change.upperBound)
    }
  }
}

/// Where the days of a month stand across the screen, and its numbers beside them.
struct YearColumns: SideColumns {
  let gutter: Int
  let pitch: Int
  /// The days of the month that have room: on the narrowest screens those around the chosen one.
  let days: Range<Int>
  let total: Range<Int>
  let bar: Range<Int>
  let change: Range<Int>

  init(width: Int, chosen: Int) {
    gutter = width >= 56 ? 6 : 5
    let most = min(31, width - gutter)
    let first = max(1, min(chosen - most / 2, 32 - most))
    days = first..<(first + most)
    pitch = width >= 78 ? min(8, max(2, (width - gutter - 22) / 31)) : 1
    let end = gutter + most * pitch
    let room = width - 1 - end
    total = room >= 5 ? end..<(end + min(12, room >= 11 ? room >= 20 ? 11 : 5 : room)) : 0..<0
    if room >= 20 {
      bar = (total.upperBound + 1)..<min(width - 10, total.upperBound + 25)
      change = bar.upperBound..<(bar.upperBound + 8)
    } else {
      change = room >= 11 ? (width - 6)..<(width - 1) : 0..<0
      bar = change.isEmpty ? 0..<0 : total.upperBound..<change.lowerBound
    }
  }

  var end: Int { gutter + days.count * pitch }

  /// The first column of a day of the month, 1…31.
  func start(of day: Int) -> Int { gutter + (day - days.lowerBound) * pitch }

  /// Days before this one, 0…30.
  func day(atColumn column: Int) -> Int? {
    column >= gutter && column < end ? (column - gutter) / pitch + days.lowerBound - 1 : nil
  }
}
