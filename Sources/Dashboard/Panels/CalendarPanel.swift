import TerminalScreen
import WeixinModel

/// A month to pick a day from, between its neighbours where there is room: shaded by totals, with the names of marks.
enum CalendarPanel {
  private static let cell = 4
  private static let monthWidth = 7 * cell
  private static let gap = 3

  static func draw(_ state: State, _ day: BeijingDay, _ frame: inout Frame) {
    let box = Box(day, state)
    Overlay.fill(row: box.top, column: box.left, width: box.width, height: box.height, &frame)
    // Without colours the layer has no ground of its own.
    if state.mode.colors < 8 {
      Overlay.border(
        row: box.top, column: box.left, width: box.width, height: box.height, state.mode.glyphs, &frame)
    }
    let heat = Heat(box.months[0]...box.months[box.months.count - 1].daysOfMonth.upperBound, state)
    for (index, month) in box.months.enumerated() {
      draw(month, heat, day, row: box.firstRow, column: box.column(ofMonth: index), &frame)
    }
    let last = box.top + box.height - 1
    let limit = box.left + box.width - 1
    write(inspected(day, heat), row: last - 1, column: box.left + 2, limit: limit, &frame)
    write(keys(state, width: box.width - 3), row: last, column: box.left + 2, limit: limit, &frame)
  }

  private struct Box {
    let months: [BeijingDay]
    let top: Int
    let left: Int
    let width: Int
    let height: Int
    let firstRow: Int

    init(_ day: BeijingDay, _ state: State) {
      let count = state.size.width >= 100 ? 3 : 1
      // The newest month stands at the right: what comes after it has no days yet.
      let newest = state.newestDay.firstOfMonth
      let last = count == 1 ? day.firstOfMonth : min(day.firstOfMonth.adding(months: 1), newest)
      months = (0..<count).map { last.adding(months: $0 - count + 1) }
      // Title, weekdays, six weeks, the day, the keys, and blanks between them where there is room.
      let spaces = min(3, max(0, state.size.height - 10))
      height = 10 + spaces
      width = min(state.size.width, max(count * monthWidth + (count - 1) * gap + 4, 40))
      top = max(0, (state.size.height - height) / 2)
      left = max(0, (state.size.width - width) / 2)
      firstRow = top + (spaces > 1 ? 1 : 0)
    }

    func column(ofMonth index: Int) -> Int {
      let used = months.count * monthWidth + (months.count - 1) * gap
      return left + (width - used) / 2 + index * (monthWidth + gap)
    }
  }

  private static func draw(
    _ month: BeijingDay, _ heat: Heat, _ chosen: BeijingDay, row: Int, column: Int, _ frame: inout Frame
  ) {
    let state = heat.state
    let isShown = month == chosen.firstOfMonth
    frame.write(
      state.numerals.monthAndYear(month), row: row, column: column + 1,
      style: Style(isShown ? .accent : .standard, on: .layer, .bold))
    for (index, name) in state.numerals.weekdayNames(width: 2).enumerated() {
      frame.write(name, row: row + 1, column: column + 1 + index * cell, style: Style(.muted, on: .layer))
    }
    let monday = month.monday
    for day in month.daysOfMonth where day >= .firstKept {
      let line = row + 2 + (day.monday - monday) / 7
      let start = column + (day.weekday - 1) * cell
      MonthCell.draw(
        day, heat, rows: line..<(line + 1), columns: start..<(start + cell), chosen: chosen, ground: .layer, &frame)
    }
  }

  /// The day under the cursor: its number or its state, and its marks.
  private static func inspected(_ day: BeijingDay, _ heat: Heat) -> Line {
    let state = heat.state
    var line = Line(state.numerals.shortDate(day) + "  ", Style(.accent, on: .layer, .bold))
    if let value = heat[day] {
      line.add(WideFigures.amount(value, state), Style(.standard, on: .layer))
    } else {
      let cell = heat.cell(day)
      let (glyph, role) = cell.glyph(state.mode.glyphs)
      line.add("\(glyph) " + WideInspect.words(cell).text(state.language), Style(role, on: .layer))
    }
    let marks = state.markNames(of: day)
    if !marks.isEmpty { line.add("  " + marks, Style(.standard, on: .layer, .bold)) }
    return line
  }

  private static func keys(_ state: State, width: Int) -> Line {
    let hints: [([Action], Phrase)] = [
      ([.previousDay, .nextDay], .hintDay), ([.previousWeek, .nextWeek], .hintWeek),
      ([.previousMonth, .nextMonth], .hintMonth),
    ]
    var named = hints.map { (ViewHints.label($0, state), $1) }.filter { !$0.0.isEmpty }
    named += [("Enter", .hintOpenDay), ("Esc", .hintClose)]
    let parts = named.map { key, phrase in
      var line = Line(key, Style(.accent, on: .layer, .bold))
      line.add(" " + phrase.text(state.language), Style(.muted, on: .layer))
      return line
    }
    return Line.fitting(parts, gap: 2, width: width, dropping: [1, 2, 0])
  }

  /// Gaps too stand on the layer.
  private static func write(_ line: Line, row: Int, column: Int, limit: Int, _ frame: inout Frame) {
    let end = frame.write(line, row: row, column: column, limit: limit)
    frame.restyle(row: row, columns: column..<max(column, end)) {
      if $0.background == .standard { $0.background = .layer }
    }
  }

  /// The day at a cell of the screen.
  static func day(row: Int, column: Int, around day: BeijingDay, _ state: State) -> BeijingDay? {
    let box = Box(day, state)
    let line = row - box.firstRow - 2
    guard (0..<6).contains(line) else { return nil }
    for (index, month) in box.months.enumerated() {
      let place = column - box.column(ofMonth: index)
      guard (0..<monthWidth).contains(place) else { continue }
      let picked = month.monday + (7 * line + place / cell)
      return month.daysOfMonth.contains(picked) && picked >= .firstKept && picked <= state.newestDay ? picked : nil
    }
    return nil
  }
}
