/// Which row each panel of a wide view has; panels give way as rows run out, the least needed first.
struct WideRows {
  let header = 0
  private(set) var figures: Int?
  private(set) var legend: Int?
  /// The names of the columns.
  private(set) var head = 1
  /// The lines of the heatmap: their first rows are ``unit`` apart.
  private(set) var grid: Range<Int>
  /// The rows of a line.
  private(set) var unit = 1
  /// The lines that there is room for.
  private(set) var lines: Int
  /// The mark below the chosen column.
  private(set) var caret: Int?
  private(set) var inspect: Int?
  private(set) var comparison: Int?
  /// A small chart with its title above and its axis below.
  private(set) var chart: Range<Int>?
  private(set) var status: Int
  private(set) var hints: Int?

  private enum Part {
    case inspect, hints, figures, legend, caret, gapAboveHead, gapAboveInspect, comparison, gapAboveStatus
  }

  /// Rows for a heatmap of so many lines, each at most `most` rows high; `chart` is the least height of a chart below.
  init(height: Int, lines wanted: Int, most: Int, hasCaret: Bool = false, chart least: Int? = nil) {
    var left = height - 3
    lines = max(1, min(wanted, left))
    left -= lines
    var parts = Set<Part>()
    for part in [
      .inspect, .hints, .figures, .legend, .caret, .gapAboveInspect, .comparison, .gapAboveHead,
    ] as [Part] where left > 0 && (part != .caret || hasCaret) {
      parts.insert(part)
      left -= 1
    }
    if lines == wanted {
      // The chart first gets what makes it worth a look; then lines and chart grow in turn.
      var chartRows = 0
      if let least, left >= least + 3 {
        chartRows = least + 3
        left -= chartRows
      }
      let limit = chartRows > 0 ? 9 : 0
      while unit < most, left > lines, chartRows == 0 || chartRows + left - lines >= min(limit, 6 + unit * 2) {
        unit += 1
        left -= lines
      }
      if chartRows > 0 {
        let more = min(left, max(0, height / 3 - chartRows))
        chartRows += more
        left -= more
      }
      if left > 0, chartRows == 0 || left > 1 {
        parts.insert(.gapAboveStatus)
        left -= 1
      }
      rowsOfChart = chartRows
    }
    var row = 1
    func place(_ part: Part) -> Int? {
      guard parts.contains(part) else { return nil }
      row += 1
      return row - 1
    }
    (grid, status) = (0..<0, height - 1)
    figures = place(.figures)
    legend = place(.legend)
    _ = place(.gapAboveHead)
    head = row
    grid = (row + 1)..<(row + 1 + lines * unit)
    row = grid.upperBound
    caret = place(.caret)
    if caret == nil || rowsOfChart > 0 || parts.contains(.gapAboveStatus) { _ = place(.gapAboveInspect) }
    inspect = place(.inspect)
    comparison = place(.comparison)
    if rowsOfChart > 0 {
      chart = (row + 2)..<(row + rowsOfChart - 1)
    }
    hints = parts.contains(.hints) ? height - 1 : nil
    status = height - (hints == nil ? 1 : 2)
  }

  private var rowsOfChart = 0

  /// The first of so many lines that is drawn: where not all have room, those around the chosen one.
  func first(of all: Int, around chosen: Int) -> Int { max(0, min(chosen - lines / 2, all - lines)) }

  /// The rows of a line.
  func rows(ofLine line: Int) -> Range<Int> {
    let start = grid.lowerBound + line * unit
    return start..<(start + unit)
  }

  /// The line at a row.
  func line(atRow row: Int) -> Int? { grid.contains(row) ? (row - grid.lowerBound) / unit : nil }
}
