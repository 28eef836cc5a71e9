import TerminalScreen

/// Numbers above the bars, as far as they do not touch each other.
struct BarLabels {
  let rows: Range<Int>
  /// The first column that is the chart's.
  let first: Int
  /// The column after the last label of each row.
  private var ends: [Int: Int] = [:]

  init(rows: Range<Int>, from first: Int) {
    self.rows = rows
    self.first = first
  }

  /// Writes a number over a bar whose highest cell lies in the row `top`.
  mutating func place(_ text: String, over bar: Range<Int>, top: Int, _ frame: inout Frame) {
    let width = DisplayWidth.of(text)
    let row = max(rows.lowerBound, top - 1)
    let column = max(bar.lowerBound + (bar.count - width) / 2, first)
    guard column >= ends[row] ?? 0, column + width <= frame.size.width,
      (column..<(column + width)).allSatisfy({ isFree(frame[row, $0]) })
    else { return }
    frame.write(text, row: row, column: column, style: .standard)
    ends[row] = column + width + 1
  }

  /// A grid's dot or a mark beside a bar may be covered; a bar may not.
  private func isFree(_ cell: Cell) -> Bool {
    cell.style.background == .standard && (cell.scalar == " " || [.grid, .ghost].contains(cell.style.foreground))
  }
}
