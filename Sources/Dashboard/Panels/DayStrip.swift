import ChartLayout
import TerminalScreen
import WeixinModel

/// The days around the shown one: a small bar of each day's total, or the glyph of its state.
enum DayStrip {
  static func draw(_ state: State, row: Int, _ frame: inout Frame) {
    let days = (0..<State.stripDays).map { state.stripStart + $0 }
    let totals = days.map { total(of: $0, state) }
    let most = totals.compactMap { $0 }.max() ?? 0
    let month = state.numerals.month(days[0])
    frame.write(DisplayWidth.padEnd(month, to: 4), row: row, column: 1, style: .dim)
    var column = start
    for index in shownIndices(state) {
      draw(days[index], total: totals[index], most: most, row: row, column: column, state, &frame)
      column += 4
    }
  }

  private static let start = 6

  /// Where the screen is narrow, the days nearest to the shown one remain.
  private static func shownIndices(_ state: State) -> Range<Int> {
    let shown = state.day - state.stripStart
    let fitting = max(1, (state.size.width - 1 - start) / 4)
    let first = max(0, min(shown - fitting + 3, State.stripDays - fitting))
    return first..<min(State.stripDays, first + fitting)
  }

  /// The day that stands at a column.
  static func day(atColumn column: Int, _ state: State) -> BeijingDay? {
    let indices = shownIndices(state)
    let place = (column - start + 1) / 4
    guard column >= start - 1, place < indices.count else { return nil }
    return state.stripStart + (indices.lowerBound + place)
  }

  private static func total(of day: BeijingDay, _ state: State) -> Int? {
    state.status[day].record.map { DayFigures.total($0.messages, metric: state.metric, hidden: state.hidden) }
  }

  private static func draw(
    _ day: BeijingDay, total: Int?, most: Int, row: Int, column: Int, _ state: State, _ frame: inout Frame
  ) {
    let isShown = day == state.day
    let glyphs = state.mode.glyphs
    var style = day.isWeekend ? Style(.muted, .underline) : Style.dim
    if !state.marks(of: day).isEmpty { style = Style(.warning, day.isWeekend ? [.bold, .underline] : .bold) }
    if isShown { style = Style(.accent, on: .selection, .bold) }
    let isFirstOfMonth = day.dayOfMonth == 1 && !isShown
    frame.write(
      isFirstOfMonth ? " 1" : twoDigits(day.dayOfMonth), row: row, column: column,
      style: isFirstOfMonth ? Style(.standard, .bold) : style)
    let (glyph, role) = mark(of: day, total: total, most: most, state)
    frame.put(
      Cell(glyph, style: isShown && total != nil ? Style(.good) : Style(role)), row: row, column: column + 2)
    if isShown, glyphs.name == .ascii || state.mode.colors < 8 {
      frame.put(Cell("[", style: style), row: row, column: column - 1)
      frame.put(Cell("]", style: style), row: row, column: column + 3)
    }
  }

  /// A day's glyph: values as bars, every other state as itself.
  private static func mark(
    of day: BeijingDay, total: Int?, most: Int, _ state: State
  ) -> (Unicode.Scalar, Role) {
    let glyphs = state.mode.glyphs
    // Nothing, where all of it is hidden: the zero would be a claim.
    if total == 0, let record = state.status[day].record, record.messages.total > 0 { return (" ", .muted) }
    if let total { return (glyphs.spark(Units.spark(total, maximum: most)), total == 0 ? .muted : .line) }
    let status = state.status[day]
    switch status.state(of: day, at: state.now) {
    case .beforeRecords: return (" ", .muted)
    case .notOver: return (day == state.now.beijingDay ? glyphs.unpublished : glyphs.unknown, .muted)
    case .unpublished: return (glyphs.unpublished, .warning)
    case .failed: return (glyphs.failed, .failure)
    case .neverFetched, .provisional, .final: return (glyphs.unknown, .muted)
    }
  }
}
