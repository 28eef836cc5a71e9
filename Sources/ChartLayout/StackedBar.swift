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

  /// A bar in eighths of a cell, for terminals that can draw them.
  public static func inEighths(_ values: [Int], scale: AxisScale) -> StackedBar {
    inEighths(values, units: scale.units(of: values.reduce(0, +), in: scale.rows * 8), rows: scale.rows)
  }

  /// A bar in eighths of a cell, `units` of them high.
  public static func inEighths(_ values: [Int], units total: Int, rows: Int) -> StackedBar {
    var split = Units.split(total, in: values)
    var cells: [BarCell] = []
    cells.reserveCapacity(rows)
    for row in 0..<rows { cells.append(cell(atRow: row, of: &split)) }
    return StackedBar(cells: cells, units: total, unseen: unseen(values, cells: cells))
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

  /// Takes up to eight units from the bottom of the split; units are moved between segments so that two at most share
  /// a cell, and one alone where the bar ends.
  private static func cell(atRow row: Int, of split: inout [Int]) -> BarCell {
    // Most cells are empty or of one segment.
    guard let lowest = split.firstIndex(where: { $0 > 0 }) else { return .empty }
    if split[lowest] >= 8 {
      split[lowest] -= 8
      return .full(lowest)
    }
    var pieces: [(segment: Int, eighths: Int)] = []
    var room = 8
    for segment in split.indices where split[segment] > 0 && room > 0 {
      let taken = min(room, split[segment])
      pieces.append((segment, taken))
      split[segment] -= taken
      room -= taken
    }
    while pieces.count > (room > 0 ? 1 : 2) {
      if room > 0, pieces.count == 2 {
        // The bar's end and a boundary share the cell: the boundary moves to the nearer edge.
        merge(pieces[0].eighths > pieces[1].eighths ? 1 : 0, in: &pieces)
      } else {
        let smallest = pieces.indices.min { pieces[$0].eighths < pieces[$1].eighths } ?? 0
        merge(smallest, in: &pieces)
      }
    }
    guard let lower = pieces.first else { return .empty }
    if let upper = pieces.dropFirst().first {
      return .boundary(lower: lower.segment, eighths: lower.eighths, upper: upper.segment)
    }
    return room > 0 ? .end(lower.segment, eighths: lower.eighths) : .full(lower.segment)
  }

  /// Gives a piece's units to its larger neighbour.
  private static func merge(_ index: Int, in pieces: inout [(segment: Int, eighths: Int)]) {
    let neighbours = [index - 1, index + 1].filter(pieces.indices.contains)
    guard let heir = neighbours.max(by: { pieces[$0].eighths < pieces[$1].eighths }) else { return }
    pieces[heir].eighths += pieces[index].eighths
    pieces.remove(at: index)
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
