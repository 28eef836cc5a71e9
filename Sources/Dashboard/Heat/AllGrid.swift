import TerminalScreen
import WeixinModel

/// Where the weeks of a year stand across the screen, and its numbers beside them.
struct AllColumns: SideColumns {
  let gutter = 6
  /// The weeks of a cell: two or three where one a column is too wide.
  let weeks: Int
  private let cells: Int
  let pitch: Int
  let total: Range<Int>
  let bar: Range<Int>
  let change: Range<Int>

  init(width: Int) {
    weeks = width >= 72 ? 1 : width >= 34 ? 2 : 3
    cells = (53 + weeks - 1) / weeks
    pitch = max(1, min(5, (width - gutter - 20) / cells))
    let end = gutter + cells * pitch
    let room = max(0, width - 1 - end)
    total = end..<(end + min(room, room >= 26 ? 14 : 6))
    bar = room >= 13 ? (total.upperBound + 1)..<max(total.upperBound + 2, min(width - 7, total.upperBound + 25)) : 0..<0
    change = bar.isEmpty ? 0..<0 : bar.upperBound..<min(width - 1, bar.upperBound + 6)
  }

  var end: Int { gutter + cells * pitch }

  func columns(ofCell cell: Int) -> Range<Int> { (gutter + cell * pitch)..<(gutter + (cell + 1) * pitch) }

  func cell(atColumn column: Int) -> Int? { column >= gutter && column < end ? (column - gutter) / pitch : nil }
}

/// A year's line among all years, and the shown week in numbers.
enum AllGrid {
  static func drawHead(_ state: State, _ columns: AllColumns, _ rows: WideRows, _ frame: inout Frame) {
    let year = state.day.thursday.year
    let monday = BeijingDay.firstMonday(ofYear: year)
    var free = columns.gutter
    for month in 1...12 {
      guard let first = BeijingDay(year: year, month: month, day: 1) else { continue }
      let cell = max(0, (first.monday - monday) / 7 / columns.weeks)
      let column = columns.columns(ofCell: cell).lowerBound
      let name = state.numerals.month(first)
      guard column >= free else { continue }
      let isShown = state.day.month == month
      free = frame.write(name, row: rows.head, column: column, style: isShown ? .strong : .dim) + 1
    }
    let total = Phrase.total.text(state.language)
    let end = columns.total.upperBound
    if end - DisplayWidth.of(total) > free {
      frame.write(total, row: rows.head, column: end - DisplayWidth.of(total), style: .dim)
    }
  }

  static func draw(
    _ weeks: Weeks, _ index: Int, _ figures: RangeFigures, most: Int, _ columns: AllColumns, _ rows: Range<Int>,
    _ frame: inout Frame
  ) {
    let state = weeks.heat.state
    let middle = rows.lowerBound + (rows.count - 1) / 2
    let isShown = state.day.thursday.year == weeks.years[index]
    if isShown { frame.put(Cell(state.mode.glyphs.next, style: .strong), row: middle, column: 0) }
    frame.write("\(weeks.years[index])", row: middle, column: 1, style: isShown ? .strong : .standard)
    let brush = HeatBrush(state)
    for place in 0..<weeks.count(ofYear: index) {
      let days = weeks.days(index, place)
      let isDimmed = state.filter != nil && !days.contains { weeks.heat.isHit($0) }
      var touch = HeatBrush.Touch(isChosen: days.contains(state.day), isDimmed: isDimmed)
      if state.hasLabels, let value = weeks.value(index, place), value > 0 {
        touch.label(state.numerals.short(value), rows: rows.count, width: columns.pitch)
      }
      brush.draw(weeks.cell(index, place), rows: rows, columns: columns.columns(ofCell: place), touch, &frame)
    }
    SideNumbers.draw(figures, most: most, isShown: isShown, columns, row: middle, state, &frame)
  }

  /// `17–23 Aug W34  100,879 messages  4 of 7 days  ▴12.4% vs the week a year before`.
  static func drawWeek(_ heat: Heat, row: Int, _ frame: inout Frame) {
    let state = heat.state
    let monday = state.day.monday
    let dash = String(Character(state.mode.glyphs.dash))
    let isWide = frame.size.width >= 100
    let head = Line(state.numerals.weekRange(monday, dash: dash, isWide: isWide), .strong)
    let figures = heat.figures(of: monday...(monday + 6)) { $0 - 364 }
    let amount = figures.days > 0 ? WideInspect.amount(figures.total, state) : WideInspect.missing(state)
    let versus = WideFigures.dim(.weekBeforeYear, if: figures.before > 0, state)
    let line = Line.fitting(
      [
        head, amount, Line(Phrase.daysOfSeven(figures.days).text(state.language), .dim),
        WideFigures.change(figures, state), versus,
      ], gap: 2, width: frame.size.width - 2, dropping: [4, 3, 2])
    frame.write(line, row: row, column: 1, limit: frame.size.width - 1)
  }
}
