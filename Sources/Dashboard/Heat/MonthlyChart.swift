import TerminalScreen
import WeixinModel

/// The totals of all months in bars; the newest that fit, or those around the shown one. A month not over is marked.
enum MonthlyChart {
  private static let gutter = 6

  static func draw(_ heat: Heat, _ range: ClosedRange<BeijingDay>, rows: Range<Int>, _ frame: inout Frame) {
    let state = heat.state
    let (months, pitch) = window(range, state)
    let totals = months.map { month -> Int? in
      let figures = heat.figures(of: month.daysOfMonth)
      return figures.days > 0 ? figures.total : nil
    }
    let title: Phrase = state.metric == .messages ? .monthlyTotals : .monthlyUsers
    frame.write(title.text(state.language), row: rows.lowerBound - 1, column: gutter, style: .dim)
    let chart = SmallChart(
      values: totals,
      columns: { index in
        let start = gutter + index * pitch
        return start..<(start + (pitch >= 3 ? pitch - 1 : pitch))
      }, gutter: gutter, chosen: months.firstIndex(of: state.day.firstOfMonth),
      unfinished: months.firstIndex { $0.daysOfMonth.upperBound > state.newestDay })
    chart.draw(state, rows: rows, &frame)
    var free = gutter
    for (index, month) in months.enumerated() where month.month == 1 {
      let column = gutter + index * pitch
      guard column >= free, column + 4 < frame.size.width else { continue }
      free = frame.write("\(month.year)", row: rows.upperBound, column: column, style: .dim) + 1
    }
  }

  /// The shown months and the columns of each.
  private static func window(_ range: ClosedRange<BeijingDay>, _ state: State) -> ([BeijingDay], Int) {
    let first = range.lowerBound.firstOfMonth
    let all = (range.upperBound.year - first.year) * 12 + range.upperBound.month - first.month + 1
    let room = max(1, state.size.width - gutter - 1)
    let pitch = max(1, min(3, room / all))
    let fitting = min(all, room / pitch)
    let shown = (state.day.year - first.year) * 12 + state.day.month - first.month
    // In whole years, so that bars stay where they are while the cursor moves within one.
    let start = max(0, min(all - fitting, (shown - fitting / 2) / 12 * 12))
    return ((start..<(start + fitting)).map { first.adding(months: $0) }, pitch)
  }

  /// The shown day of the month at a column, or the nearest that there is.
  static func day(atColumn column: Int, _ range: ClosedRange<BeijingDay>, _ state: State) -> BeijingDay? {
    let (months, pitch) = window(range, state)
    guard column >= gutter, (column - gutter) / pitch < months.count else { return nil }
    let month = months[(column - gutter) / pitch].daysOfMonth
    return min(max(min(month.lowerBound + (state.day.dayOfMonth - 1), month.upperBound), .firstKept), state.newestDay)
  }
}
