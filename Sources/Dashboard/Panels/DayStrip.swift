import ChartLayout
import TerminalScreen
import WeixinModel

/// The days around the shown one: a small bar of each day's total, or the glyph of its state.
enum DayStrip {
  static func draw(_ state: State, row: Int, _ frame: inout Frame) {
    let days = (0..<State.stripDays).map { state.stripStart + $0 }
    let totals = days.map { total(of: $0, state) }
    let most = totals.compactMap { $0 }.max() ?? 0
    // The month stands before the first day that is shown, and before the first day of another month.
    for (number, place) in places(state).enumerated() {
      let day = days[place.index]
      if number == 0 || day.dayOfMonth == 1 {
        let month = state.numerals.month(day)
        let column = number == 0 ? 1 : place.column - DisplayWidth.of(month) - 1
        frame.write(month, row: row, column: column, style: .dim)
      }
      draw(day, total: totals[place.index], most: most, row: row, column: place.column, state, &frame)
    }
  }

  private static let start = 6

  /// Which days stand where. Where the screen is narrow, the days nearest to the shown one remain.
  private static func places(_ state: State) -> [(index: Int, column: Int)] {
    let last = min(state.day - state.stripStart + 2, State.stripDays - 1)
    let candidates = (0...max(0, last)).lazy.map { places(from: $0, state) }
    return candidates.first { ($0.last?.index ?? 0) >= last } ?? []
  }

  private static func places(from first: Int, _ state: State) -> [(index: Int, column: Int)] {
    var places: [(index: Int, column: Int)] = []
    var column = start
    for index in first..<State.stripDays {
      let day = state.stripStart + index
      if index > first, day.dayOfMonth == 1 { column += DisplayWidth.of(state.numerals.month(day)) + 1 }
      guard column + 4 < state.size.width || places.isEmpty else { break }
      places.append((index, column))
      column += 4
    }
    return places
  }

  /// The day that stands at a column.
  static func day(atColumn column: Int, _ state: State) -> BeijingDay? {
    places(state).first { ($0.column - 1..<$0.column + 3).contains(column) }.map { state.stripStart + $0.index }
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
    frame.write(twoDigits(day.dayOfMonth), row: row, column: column, style: style)
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
