import TerminalScreen
import WeixinModel

/// Where the hours of a week stand across the screen.
struct WeekColumns {
  /// The column of the mark before the shown day.
  let mark: Int
  /// The first column of the cells.
  let gutter: Int
  /// The columns of a cell.
  let pitch: Int
  private let width: Int

  init(width: Int) {
    self.width = width
    // On the narrowest screens the number of the day alone leaves room for all 24 hours.
    (mark, gutter) = width >= 56 ? (1, 10) : width >= 33 ? (0, 8) : (0, 4)
    pitch = min(8, max(1, (width - gutter - 22) / 24))
  }

  func cell(ofHour hour: Int) -> Range<Int> { (gutter + hour * pitch)..<(gutter + (hour + 1) * pitch) }

  /// The columns of a bar below the cells, apart where there is room.
  func bar(ofHour hour: Int) -> Range<Int> {
    let cell = cell(ofHour: hour)
    return pitch >= 3 ? cell.lowerBound..<(cell.upperBound - 1) : cell
  }

  var end: Int { gutter + 24 * pitch }

  func hour(atColumn column: Int) -> Int? {
    column >= gutter && column < end ? (column - gutter) / pitch : nil
  }

  /// The columns of a row's total, change and peak; those that have no room are empty.
  var total: Range<Int> { end..<max(end, min(width - 1, end + 8)) }
  var change: Range<Int> { width - 1 - end >= 15 ? (end + 9)..<(end + 16) : 0..<0 }
  var peak: Range<Int> { width - 1 - end >= 21 ? (end + 16)..<(end + 21) : 0..<0 }
  /// What is left for the names of marks.
  var names: Range<Int> { width - 1 - end >= 29 ? (end + 23)..<(width - 1) : 0..<0 }
}

/// The rows of the week: a day's name, its hours, and its numbers.
enum WeekGrid {
  static func drawHead(_ state: State, _ columns: WeekColumns, _ rows: WideRows, _ frame: inout Frame) {
    let every = [1, 3, 6, 12].first { $0 * columns.pitch > 2 } ?? 12
    let chosen = columns.cell(ofHour: state.hour)
    for hour in stride(from: 0, to: 24, by: every) where hour != state.hour {
      let start = columns.cell(ofHour: hour).lowerBound + max(0, (columns.pitch - 2) / 2)
      if start + (columns.pitch >= 3 ? 1 : 2) < chosen.lowerBound || start >= chosen.lowerBound + max(3, columns.pitch)
      {
        frame.write(twoDigits(hour), row: rows.head, column: start, style: hour % 3 == 0 ? .standard : .dim)
      }
    }
    let style = Style(.accent, on: .selection, .bold)
    let width = max(2, columns.pitch)
    for column in chosen.lowerBound..<(chosen.lowerBound + width) {
      frame.put(Cell(" ", style: style), row: rows.head, column: column)
    }
    frame.write(
      twoDigits(state.hour), row: rows.head, column: chosen.lowerBound + (width - 2) / 2, style: style)
    if let row = rows.caret {
      for column in chosen { frame.put(Cell(state.mode.glyphs.rise, style: .strong), row: row, column: column) }
    }
    drawNames(state, columns, row: rows.head, &frame)
  }

  private static func drawNames(_ state: State, _ columns: WeekColumns, row: Int, _ frame: inout Frame) {
    // A selected last hour of one column is two wide.
    let free = columns.end + (columns.pitch == 1 ? 1 : 0)
    func write(_ text: String, _ range: Range<Int>) {
      guard !range.isEmpty, range.upperBound - DisplayWidth.of(text) >= free else { return }
      frame.write(text, row: row, column: range.upperBound - DisplayWidth.of(text), style: .dim)
    }
    write(Phrase.total.text(state.language), columns.total)
    let named = Phrase.short(versus: state.numerals.week(state.day.monday - 7)).text(state.language)
    let brief = Phrase.said(en: "vs last", zh: "较上周").text(state.language)
    write(DisplayWidth.of(named) <= columns.change.count ? named : brief, columns.change)
    write(Phrase.peak.text(state.language), columns.peak)
  }

  static func draw(
    _ day: BeijingDay, _ week: Week, _ state: State, _ columns: WeekColumns, _ rows: Range<Int>, _ frame: inout Frame
  ) {
    let index = day - week.days[0]
    let middle = rows.lowerBound + (rows.count - 1) / 2
    let isShown = day == state.day
    let isOut = day > state.newestDay || day < .firstKept
    if isShown { frame.put(Cell(state.mode.glyphs.next, style: .strong), row: middle, column: columns.mark) }
    var style: Style = isShown ? .strong : isOut || day.isWeekend ? .dim : .standard
    if day.isWeekend { style.attributes.insert(.underline) }
    let number = twoDigits(day.dayOfMonth)
    let name = columns.gutter < 8 ? number : "\(state.numerals.weekday(day)) \(number)"
    frame.write(name, row: middle, column: columns.mark + 1, style: style, limit: columns.gutter)
    let brush = HeatBrush(state)
    for hour in 0..<24 {
      let cell = week.cell(index, hour)
      var touch = HeatBrush.Touch(isChosen: isShown && hour == state.hour, isDimmed: week.isDimmed(index, hour))
      if state.hasLabels, case .step = cell, let value = week.hours[index]?[hour] {
        touch.label(state.numerals.short(value), rows: rows.count, width: columns.pitch)
      }
      brush.draw(cell, rows: rows, columns: columns.cell(ofHour: hour), touch, &frame)
    }
    drawNumbers(day, week, state, columns, row: middle, &frame)
  }

  private static func drawNumbers(
    _ day: BeijingDay, _ week: Week, _ state: State, _ columns: WeekColumns, row: Int, _ frame: inout Frame
  ) {
    func write(_ line: Line, _ range: Range<Int>) {
      guard !range.isEmpty, line.width <= range.count else { return }
      frame.write(line, row: row, column: range.upperBound - line.width)
    }
    let names = Line(state.markNames(of: day), .dim)
    guard let total = week.heat[day] else {
      let line = reason(day, state)
      if columns.end + 1 + line.width < frame.size.width { frame.write(line, row: row, column: columns.end + 1) }
      if !columns.names.isEmpty {
        frame.write(names, row: row, column: columns.names.lowerBound, limit: columns.names.upperBound)
      }
      return
    }
    let text = WideFigures.fitting(total, width: columns.total.count - 1, state)
    write(Line(text, day == state.day ? .strong : .standard), columns.total)
    if week.heat.isProvisional(day), columns.total.upperBound < frame.size.width {
      frame.put(
        Cell(state.mode.glyphs.provisional, style: Style(.warning)), row: row, column: columns.total.upperBound)
    }
    write(WideFigures.briefChange(from: week.heat[day - 7], to: total, state), columns.change)
    if let (hour, _) = WideInspect.peakHour(of: day, state) { write(Line(state.numerals.hour(hour)), columns.peak) }
    if !columns.names.isEmpty {
      frame.write(names, row: row, column: columns.names.lowerBound, limit: columns.names.upperBound)
    }
  }

  /// Why a day has no numbers, and when it will.
  private static func reason(_ day: BeijingDay, _ state: State) -> Line {
    let cell = HeatCell(missing: day, state)
    let words: Phrase? =
      switch cell {
      case .unpublished where day >= state.newestDay:
        .opensAt(state.numerals.weekday(day + 1) + " " + Publication.opens(day).beijingClock)
      case .unpublished: .pendingShort
      case .future: .futureShort
      case .failed: .failedShort
      case .fetching: .fetchingShort
      case .unknown: .unknownShort
      default: nil
      }
    return Line(words?.text(state.language) ?? "", cell == .failed ? .alarm : .dim)
  }
}
