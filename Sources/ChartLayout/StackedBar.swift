/// One cell of a stacked bar, in eighths of its height. Segments are named by their index in the series.
public enum BarCell: Hashable, Sendable {
  /// Nothing of the bar.
  case empty
  /// One segment fills the cell.
  case full(Int)
  /// The bar ends here: `eighths` (1…7) of one segment from below, nothing above.
  case end(Int, eighths: Int)
  /// Two segments meet: `eighths` (1…7) of the lower one, the upper one above it.
  case boundary(lower: Int, eighths: Int, upper: Int)
}

/// A stacked bar, laid out in whole units that always add up to the rounded total.
public struct StackedBar: Hashable, Sendable {
  /// The bar's cells from the baseline up; as many as the chart has rows.
  public let cells: [BarCell]
  /// The height of the bar in the units that it was laid out in.
  public let units: Int
  /// Segments that had too few units to be drawn, though they are not zero: the inspect line names them.
  public let unseen: Set<Int>

  /// A segment this high, in eighths, is drawn wherever cells of two segments allow it; what is this high in no bar of a chart is too
  /// small for the chart.
  public static let leastDrawn = 3.0

  /// A bar in eighths of a cell, for terminals that can draw them.
  public static func inEighths(_ values: [Int], scale: AxisScale, leavingOut small: Set<Int> = []) -> StackedBar {
    inEighths(
      values, units: scale.units(of: values.reduce(0, +), in: scale.rows * 8), rows: scale.rows, leavingOut: small)
  }

  /// A bar in eighths of a cell, `units` of them high. Of all layouts with two segments in a cell at most, and one in the cell where the
  /// bar ends, it is the one with the least error over all segments. `small` are those that are drawn in no bar of the chart:
  /// ``tooSmall(_:units:)``.
  public static func inEighths(
    _ values: [Int], units total: Int, rows: Int, leavingOut small: Set<Int> = []
  ) -> StackedBar {
    let edges = edges(values, total, leavingOut: small)
    var cells: [BarCell] = []
    cells.reserveCapacity(rows)
    for row in 0..<rows { cells.append(cell(from: row * 8, edges)) }
    return StackedBar(cells: cells, units: total, unseen: unseen(values, cells: cells))
  }

  /// The segments that have three eighths in none of a chart's bars. They are drawn in no bar: in some, but not in their neighbours, they
  /// would seem to come and go. `bars` are the values of each bar's segments, `units` is each bar's height in eighths.
  public static func tooSmall(_ bars: [[Int]], units: [Int]) -> Set<Int> {
    var highest: [Int: Double] = [:]
    for (values, total) in zip(bars, units) {
      for (segment, height) in heights(values, total).enumerated() where values[segment] > 0 {
        highest[segment] = max(highest[segment] ?? 0, height)
      }
    }
    return Set(highest.filter { $0.value < leastDrawn }.keys)
  }

  /// A bar in whole cells, for terminals that tell segments apart by glyphs. `units` counts cells; a bar that is higher
  /// than zero but rounds to none has a lowest cell of `.end` with one eighth.
  public static func inWholeCells(_ values: [Int], scale: AxisScale) -> StackedBar {
    inWholeCells(values, eighths: scale.units(of: values.reduce(0, +), in: scale.rows * 8), rows: scale.rows)
  }

  /// A bar in whole cells that is nearest to a height in eighths.
  public static func inWholeCells(_ values: [Int], eighths: Int, rows: Int) -> StackedBar {
    let sum = values.reduce(0, +)
    let total = (eighths + 4) / 8
    let split = Units.split(total, in: values)
    var cells = split.enumerated().flatMap { Array(repeating: BarCell.full($0.offset), count: $0.element) }
    if total == 0, sum > 0 {
      let largest = values.indices.max { values[$0] < values[$1] } ?? 0
      cells = [.end(largest, eighths: 1)]
    }
    cells += Array(repeating: .empty, count: max(0, rows - cells.count))
    return StackedBar(cells: cells, units: total, unseen: unseen(values, cells: cells))
  }

  /// How high each segment would be, in eighths, if they could be drawn so exactly.
  private static func heights(_ values: [Int], _ total: Int) -> [Double] {
    let sum = values.reduce(0.0) { $0 + Double($1) }
    return values.map { sum > 0 ? Double($0) / sum * Double(total) : 0 }
  }

  /// Where each segment that is drawn ends, in eighths from the baseline. A dynamic program over the segments from below: what is
  /// best up to an edge does not depend on what comes above it.
  private static func edges(
    _ values: [Int], _ total: Int, leavingOut small: Set<Int>
  ) -> [(segment: Int, end: Int)] {
    guard total > 0 else { return [] }
    let heights = heights(values, total)
    let most = values.max() ?? 0
    // What there is most of is never left out: a low bar has its colour.
    let drawn = values.indices.filter { values[$0] > 0 && (values[$0] == most || !small.contains($0)) }
    // Those that are left out make room for the others.
    let stretch = Double(total) / drawn.reduce(0) { $0 + heights[$1] }
    var steps: [[(edge: Int, error: Double, before: Int)]] = [[(0, 0, 0)]]
    var middle = 0.0
    for (index, segment) in drawn.enumerated() {
      middle += heights[segment] * stretch
      let isLast = index == drawn.count - 1
      var step: [(edge: Int, error: Double, before: Int)] = []
      for edge in isLast ? total...total : max(0, Int(middle) - reach)...min(total, Int(middle) + reach) {
        guard isFree(edge, below: total) else { continue }
        var best: (error: Double, before: Int)?
        for (place, before) in steps[index].enumerated() where before.edge <= edge {
          if before.edge < edge, before.edge % 8 > 0, edge % 8 > 0, before.edge / 8 == edge / 8 { continue }
          let height = edge - before.edge
          var error = before.error + abs(Double(height) - heights[segment])
          if height == 0 {
            if heights[segment] >= leastDrawn { error += missing }
            // Of equal segments the lower one stays.
            error += 1e-6 * Double(drawn.count - index)
          }
          // Less by more than sums of fractions differ by chance.
          if error < (best?.error ?? .infinity) - 1e-9 { best = (error, place) }
        }
        if let best { step.append((edge, best.error, best.before)) }
      }
      steps.append(step)
    }
    guard var place = steps.last?.indices.first else { return [] }
    var edges: [(segment: Int, end: Int)] = []
    for (index, segment) in drawn.enumerated().reversed() {
      edges.append((segment, steps[index + 1][place].edge))
      place = steps[index + 1][place].before
    }
    return edges.reversed()
  }

  /// How far, in eighths, an edge may lie from where it would be exactly: two cells, since a segment may have to give way to its neighbour.
  private static let reach = 16
  /// Stands for the error of a segment that is missing though it is high enough: more than any other error.
  private static let missing = 1e6

  /// Whether an edge may lie there: not within the cell in which the bar ends.
  private static func isFree(_ edge: Int, below total: Int) -> Bool {
    edge == total || edge % 8 == 0 || edge / 8 < total / 8
  }

  /// What lies in the cell that begins at a height.
  private static func cell(from bottom: Int, _ edges: [(segment: Int, end: Int)]) -> BarCell {
    guard let lower = edges.first(where: { $0.end > bottom }) else { return .empty }
    if lower.end >= bottom + 8 { return .full(lower.segment) }
    guard let upper = edges.first(where: { $0.end > lower.end }) else {
      return .end(lower.segment, eighths: lower.end - bottom)
    }
    return .boundary(lower: lower.segment, eighths: lower.end - bottom, upper: upper.segment)
  }

  private static func unseen(_ values: [Int], cells: [BarCell]) -> Set<Int> {
    // A bit for each segment: this runs for every bar of every frame, and hardly ever finds one.
    var drawn: UInt64 = 0
    for cell in cells {
      switch cell {
      case .empty: break
      case .full(let segment), .end(let segment, _): drawn |= 1 << UInt64(segment)
      case .boundary(let lower, _, let upper): drawn |= 1 << UInt64(lower) | 1 << UInt64(upper)
      }
    }
    var unseen = Set<Int>()
    for index in values.indices where values[index] > 0 && drawn & 1 << UInt64(index) == 0 { unseen.insert(index) }
    return unseen
  }
}

extension BarCell {
  /// The eighths of the cell that belong to the bar, 0…8.
  public var eighths: Int {
    switch self {
    case .empty: 0
    case .full, .boundary: 8
    case .end(_, let eighths): eighths
    }
  }
}
