import ChartLayout
import TerminalScreen
import WeixinModel

/// One day: 24 stacked bars.
///
/// ```
/// header      account            ◂ day ▸            mass-send speed
/// figures     total  change  peak  quiet hours           data state
/// legend      the types and their shares
/// chart       24 stacked bars on an axis
/// hours       00 … 23, the inspected one marked
/// speed       the mass-send levels seen in those hours
/// inspect     the inspected hour in exact numbers, and compared
/// strip       the days around
/// status      freshness or failure              archive and clock
/// hints       the most used keys, or a notice, or a prompt
/// ```
enum DayView {
  static func draw(_ state: State, _ frame: inout Frame) {
    let rows = rows(state)
    HeaderPanel.draw(state, row: rows.header, &frame)
    if let row = rows.figures { FiguresPanel.draw(state, row: row, &frame) }
    if let row = rows.legend { LegendPanel.draw(state, row: row, &frame) }
    let comparison = Comparison(state)
    ChartPanel.draw(state, comparison, rows: rows.chart, hourRow: rows.hours, &frame)
    if let row = rows.speed { SpeedStrip.draw(state, row: row, &frame) }
    if let row = rows.inspect { InspectPanel.drawHour(state, row: row, &frame) }
    if let row = rows.comparison { InspectPanel.drawComparison(state, comparison, row: row, &frame) }
    if let row = rows.strip { DayStrip.draw(state, row: row, &frame) }
    Foot.draw(state, status: rows.status, hints: rows.hints, &frame)
  }

  static func rows(_ state: State) -> DayRows {
    DayRows(height: state.size.height, isChartOnly: state.isChartOnly)
  }

  static func target(row: Int, column: Int, _ state: State) -> Target? {
    let rows = rows(state)
    if row == rows.legend { return LegendPanel.series(atColumn: column, state).map(Target.series) }
    if row == rows.strip { return DayStrip.day(atColumn: column, state).map(Target.day) }
    guard rows.chart.contains(row) || row == rows.hours || row == rows.speed,
      let columns = HourColumns(width: state.size.width)
    else { return nil }
    return columns.hour(atColumn: column).map(Target.hour)
  }
}

/// Which row each panel of the day view has; panels give way as rows run out, the least needed first.
struct DayRows {
  let header = 0
  private(set) var figures: Int?
  private(set) var legend: Int?
  private(set) var chart: Range<Int>
  private(set) var hours: Int
  private(set) var speed: Int?
  private(set) var inspect: Int?
  private(set) var comparison: Int?
  private(set) var strip: Int?
  private(set) var status: Int
  private(set) var hints: Int?

  private enum Part: CaseIterable {
    // In the order in which they come as rows are added.
    case figures, inspect, hints, legend, comparison, speed, strip, gapAboveInspect, gapAboveStrip, gapBelowLegend

    /// The chart is not made lower than this for the part's sake.
    var leastChart: Int {
      switch self {
      case .figures, .inspect, .hints: 3
      case .legend: 5
      case .comparison: 6
      case .speed: 7
      case .strip: 8
      case .gapAboveInspect: 11
      case .gapAboveStrip: 11
      case .gapBelowLegend: 16
      }
    }
  }

  init(height: Int, isChartOnly: Bool = false) {
    var left = height - 3
    var parts = Set<Part>()
    let wanted: [Part] = isChartOnly ? [.inspect, .hints] : Part.allCases
    for part in wanted where left - 1 >= part.leastChart {
      parts.insert(part)
      left -= 1
    }
    var row = 1
    func place(_ part: Part) -> Int? {
      guard parts.contains(part) else { return nil }
      row += 1
      return row - 1
    }
    figures = place(.figures)
    legend = place(.legend)
    _ = place(.gapBelowLegend)
    chart = row..<(row + left)
    hours = row + left
    row = hours + 1
    speed = place(.speed)
    _ = place(.gapAboveInspect)
    inspect = place(.inspect)
    comparison = place(.comparison)
    _ = place(.gapAboveStrip)
    strip = place(.strip)
    status = row
    row += 1
    hints = place(.hints)
  }
}
