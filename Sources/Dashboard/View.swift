public import TerminalScreen

/// Draws the state. Pure: the same state gives the same frame, which has exactly the state's size.
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
/// hints       the most used keys, or a notice, or the date prompt
/// ```
public func view(_ state: State) -> Frame {
  var frame = draw(state)
  if state.mode.glyphs.name == .ascii { frame.foldToASCII() }
  return frame
}

private func draw(_ state: State) -> Frame {
  var frame = Frame(state.size)
  guard state.size.width >= 40, state.size.height >= 10 else {
    drawTooSmall(state, &frame)
    return frame
  }
  if case .help(let scroll) = state.layer {
    HelpPanel.draw(state, scroll: scroll, &frame)
    return frame
  }
  let rows = DayRows(height: state.size.height)
  HeaderPanel.draw(state, row: rows.header, &frame)
  if let row = rows.figures { FiguresPanel.draw(state, row: row, &frame) }
  if let row = rows.legend { LegendPanel.draw(state, row: row, &frame) }
  ChartPanel.draw(state, rows: rows.chart, hourRow: rows.hours, &frame)
  if let row = rows.speed { SpeedStrip.draw(state, row: row, &frame) }
  if let row = rows.inspect { InspectPanel.drawHour(state, row: row, &frame) }
  if let row = rows.comparison { InspectPanel.drawComparison(state, row: row, &frame) }
  if let row = rows.strip { DayStrip.draw(state, row: row, &frame) }
  StatusLine.draw(state, row: rows.status, &frame)
  if let row = rows.hints { HintLine.draw(state, row: row, &frame) }
  return frame
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

  init(height: Int) {
    var left = height - 3
    var parts = Set<Part>()
    for part in Part.allCases where left - 1 >= part.leastChart {
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

private func drawTooSmall(_ state: State, _ frame: inout Frame) {
  let sentence = Phrase.tooSmall(state.size.width, state.size.height).text(state.language)
  for (row, line) in wrapped(sentence, width: state.size.width).enumerated() {
    frame.write(line, row: row, column: 0)
  }
}

/// Breaks a text into lines no wider than `width`, at spaces where there are some, and within Chinese anywhere.
func wrapped(_ text: String, width: Int) -> [String] {
  guard width > 0 else { return [] }
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ") {
    let candidate = line.isEmpty ? String(word) : line + " " + word
    if DisplayWidth.of(candidate) <= width {
      line = candidate
      continue
    }
    let isWhole = word.utf8.count == word.unicodeScalars.count || DisplayWidth.of(String(word)) < 24
    if isWhole, DisplayWidth.of(String(word)) <= width {
      if !line.isEmpty { lines.append(line) }
      line = String(word)
      continue
    }
    if !line.isEmpty { line += " " }
    for scalar in word.unicodeScalars {
      if DisplayWidth.of(line) + DisplayWidth.of(scalar) > width {
        lines.append(line)
        line = ""
      }
      line.unicodeScalars.append(scalar)
    }
  }
  if !line.isEmpty { lines.append(line) }
  return lines
}
