import ChartLayout
import Testing

@Suite struct StackedBarTests {
  @Test func `a bar is exactly as tall as its rounded total`() {
    var numbers = SeededNumbers(7)
    for rows in 1...30 {
      for _ in 0..<200 {
        let values = Self.values(&numbers)
        let scale = AxisScale(maximum: Int.random(in: 1...20_000, using: &numbers), rows: rows)
        let bar = StackedBar.inEighths(values, scale: scale)
        let expected = scale.units(of: values.reduce(0, +), in: rows * 8)
        #expect(bar.units == expected)
        #expect(bar.cells.count == rows)
        #expect(bar.cells.reduce(0) { $0 + $1.eighths } == expected, "\(values) in \(rows)")
      }
    }
  }

  @Test func `zeros get no segment, and the others keep their order`() {
    var numbers = SeededNumbers(11)
    for _ in 0..<2_000 {
      let values = Self.values(&numbers)
      let scale = AxisScale(maximum: max(1, values.reduce(0, +)), rows: Int.random(in: 1...24, using: &numbers))
      for bar in [StackedBar.inEighths(values, scale: scale), .inWholeCells(values, scale: scale)] {
        let order = bar.cells.flatMap(Self.segments)
        #expect(order == order.sorted(), "\(values)")
        #expect(order.allSatisfy { values[$0] > 0 }, "\(values)")
        for (index, value) in values.enumerated() where value > 0 {
          #expect(order.contains(index) != bar.unseen.contains(index), "\(values): \(index)")
        }
      }
    }
  }

  @Test func `a bar has no gaps and ends once`() {
    var numbers = SeededNumbers(13)
    for _ in 0..<2_000 {
      let values = Self.values(&numbers)
      let scale = AxisScale(maximum: 9_000, rows: 12)
      let heights = StackedBar.inEighths(values, scale: scale).cells.map(\.eighths)
      let end = heights.firstIndex { $0 < 8 } ?? heights.count
      #expect(heights[..<end].allSatisfy { $0 == 8 })
      #expect(heights.dropFirst(end + 1).allSatisfy { $0 == 0 })
    }
  }

  @Test func `a cell on a boundary shows both segments`() {
    // 16 eighths in two rows, 12 and 4: the boundary lies in the upper cell.
    let scale = AxisScale(maximum: 20, rows: 2)
    #expect(
      StackedBar.inEighths([15, 5], scale: scale).cells == [.full(0), .boundary(lower: 0, eighths: 4, upper: 1)])
  }

  @Test func `a boundary in the top cell moves to the nearer edge`() {
    // 40 a row: an eighth is 5.
    let scale = AxisScale(maximum: 400, rows: 10)
    // 8 + 1 eighths, then 4 more of the other: the second cell would hold 1 and 4 with an end above them.
    #expect(StackedBar.inEighths([45, 20], scale: scale).cells.prefix(3) == [.full(0), .end(1, eighths: 5), .empty])
    #expect(StackedBar.inEighths([60, 5], scale: scale).cells.prefix(3) == [.full(0), .end(0, eighths: 5), .empty])
    #expect(StackedBar.inEighths([60, 5], scale: scale).unseen == [1])
  }

  @Test func `of three segments in one cell, the smallest gives way`() {
    let scale = AxisScale(maximum: 40, rows: 1)
    #expect(StackedBar.inEighths([15, 5, 20], scale: scale).cells == [.boundary(lower: 0, eighths: 3, upper: 2)])
    #expect(StackedBar.inEighths([15, 5, 20], scale: scale).unseen == [1])
  }

  /// The heights of the segments as they are drawn.
  private static func drawn(_ bar: StackedBar, count: Int) -> [Int] {
    bar.cells.reduce(into: Array(repeating: 0, count: count)) { heights, cell in
      switch cell {
      case .empty: break
      case .full(let segment): heights[segment] += 8
      case .end(let segment, let eighths): heights[segment] += eighths
      case .boundary(let lower, let eighths, let upper):
        heights[lower] += eighths
        heights[upper] += 8 - eighths
      }
    }
  }

  /// All ways to draw a bar of three segments with two in a cell at most, and one in the cell where the bar ends.
  private static func layouts(_ total: Int) -> [[Int]] {
    let isFree = { (edge: Int) in edge % 8 == 0 || edge == total || edge / 8 < total / 8 }
    return (0...total).filter(isFree).flatMap { first in
      (first...total).filter(isFree).compactMap { second in
        let shareACell = first % 8 > 0 && second % 8 > 0 && first / 8 == second / 8 && first < second
        return shareACell && second < total ? nil : [first, second - first, total - second]
      }
    }
  }

  @Test func `no other layout has less error, and what is high enough is drawn wherever one shows it`() {
    var numbers = SeededNumbers(17)
    for _ in 0..<600 {
      let values = (0..<3).map { _ in Int.random(in: 1...40, using: &numbers) }
      let total = Int.random(in: 1...40, using: &numbers)
      let ideal = values.map { Double($0) / Double(values.reduce(0, +)) * Double(total) }
      func error(_ heights: [Int]) -> Double { zip(heights, ideal).reduce(0) { $0 + abs(Double($1.0) - $1.1) } }
      func missing(_ heights: [Int]) -> Int { zip(heights, ideal).count { $0.0 == 0 && $0.1 >= 3 } }
      let layouts = Self.layouts(total)
      let drawn = Self.drawn(StackedBar.inEighths(values, units: total, rows: 6), count: 3)
      let fewest = layouts.map(missing).min() ?? 0
      #expect(missing(drawn) == fewest, "\(values) in \(total): \(drawn)")
      let least = layouts.filter { missing($0) == fewest }.map(error).min() ?? 0
      #expect(error(drawn) < least + 0.001, "\(values) in \(total): \(drawn)")
    }
  }

  @Test func `a bar of one cell has the colour of what there is most of`() {
    for (values, segment) in [([18, 11, 10], 0), ([11, 18, 10], 1), ([1, 0, 2], 2), ([4, 4, 1], 0)] {
      for units in 1...3 {
        let bar = StackedBar.inEighths(values, units: units, rows: 12, leavingOut: [2])
        #expect(bar.cells[0] == .end(segment, eighths: units), "\(values)")
      }
    }
  }

  @Test func `a type is too small for a chart or for no bar of it`() {
    let bars = [[80, 14, 4], [40, 2, 6]]
    #expect(StackedBar.tooSmall(bars, units: [48, 24]) == [])
    #expect(StackedBar.tooSmall(bars, units: [24, 12]) == [2])
    let bar = StackedBar.inEighths(bars[0], units: 24, rows: 3, leavingOut: [2])
    #expect(Self.drawn(bar, count: 3) == [20, 4, 0] && bar.unseen == [2])
  }

  @Test func `a low bar in whole cells does not fill its cell`() {
    let scale = AxisScale(maximum: 100, rows: 10)
    #expect(StackedBar.inWholeCells([4, 0], scale: scale).cells[0] == .end(0, eighths: 1))
    #expect(StackedBar.inWholeCells([0, 5], scale: scale).cells[0] == .full(1))
    #expect(StackedBar.inWholeCells([0, 0], scale: scale).cells.allSatisfy { $0 == .empty })
  }

  private static func segments(_ cell: BarCell) -> [Int] {
    switch cell {
    case .empty: []
    case .full(let segment), .end(let segment, _): [segment]
    case .boundary(let lower, _, let upper): [lower, upper]
    }
  }

  /// Six numbers, many of them zero, some large.
  private static func values(_ numbers: inout SeededNumbers) -> [Int] {
    (0..<6).map { _ in
      [0, 0, Int.random(in: 0...9, using: &numbers), Int.random(in: 0...3_000, using: &numbers)]
        .randomElement(using: &numbers) ?? 0
    }
  }
}
