/// A logarithmic axis: one decade is so many rows, and the lowest row begins at 1.
public struct LogScale: Hashable, Sendable {
  /// The height of the chart in rows.
  public let rows: Int
  /// The power of ten at the top edge, at least 1.
  public let decades: Int

  /// The smallest whole number of decades that holds values up to `maximum`.
  public init(maximum: Int, rows: Int) {
    self.rows = max(1, rows)
    var (decades, top) = (1, 10)
    while top < maximum, decades < 18 {
      decades += 1
      top *= 10
    }
    self.decades = decades
  }

  /// Units of a column so high; at least 1 for a value above zero. A value of 1 is as high as the smallest bar.
  public func units(of value: Int, in units: Int) -> Int {
    guard value > 0, units > 0 else { return 0 }
    let height = Self.logarithm(Double(value)) / Double(decades)
    return min(units, max(1, Int(height * Double(units) + 0.5)))
  }

  /// The powers of ten that have a row of their own, lowest first.
  public var ticks: [AxisScale.Tick] {
    var ticks: [AxisScale.Tick] = []
    var value = 1
    for decade in 1...decades {
      value *= 10
      let row = (rows * decade * 2 + decades) / (decades * 2)
      if row > (ticks.last?.row ?? 0) + 1 || ticks.isEmpty, row >= 1 { ticks.append(.init(value: value, row: row)) }
    }
    return ticks
  }

  /// The decimal logarithm of a number of at least 1, by halving: exact enough for eighths of a cell, and no libm.
  private static func logarithm(_ value: Double) -> Double {
    var (whole, rest) = (0.0, value)
    while rest >= 10 {
      rest /= 10
      whole += 1
    }
    var (fraction, step) = (0.0, 0.5)
    for _ in 0..<20 {
      rest *= rest
      if rest >= 10 {
        rest /= 10
        fraction += step
      }
      step /= 2
    }
    return whole + fraction
  }
}
