/// A vertical axis on which every tick lies on the edge of a row.
///
/// The value of one row is 1, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 times a power of ten: ticks are evenly spaced and round, and at
/// most a third of the height stays unused.
public struct AxisScale: Hashable, Sendable {
  /// A labelled value and the number of whole rows below its line.
  public struct Tick: Hashable, Sendable {
    /// The value: an integer, and one that a short label names exactly.
    public let value: Int
    /// Rows from the baseline up to the value, 1…rows.
    public let row: Int

    /// A tick.
    public init(value: Int, row: Int) {
      self.value = value
      self.row = row
    }
  }

  /// The height of the chart in rows.
  public let rows: Int
  /// The value at the top edge, in hundredths.
  public let topHundredths: Int
  /// The ticks, lowest first; zero is not among them.
  public let ticks: [Tick]

  /// The smallest scale of `rows` rows (at least 1) that holds values up to `maximum`.
  public init(maximum: Int, rows: Int) {
    self.rows = max(1, rows)
    let hundredths = max(1, maximum).multipliedReportingOverflow(by: 100)
    let needed = hundredths.overflow ? Int.max / 4 : hundredths.partialValue
    // Counts are whole numbers: a row is worth a tenth at the least, and only as little as the maximum asks for.
    var rowValue = 10
    var found: [Tick] = []
    search: for magnitude in 0... {
      let power = Self.powerOfTen(magnitude)
      for mantissa in [10, 15, 20, 25, 30, 40, 50, 60, 80] {
        rowValue = mantissa * power
        if rowValue > Int.max / 2 / self.rows { break search }
        guard rowValue * self.rows >= needed else { continue }
        found = Self.ticks(rowValue: rowValue, rows: self.rows)
        if !found.isEmpty { break search }
      }
    }
    topHundredths = rowValue * self.rows
    ticks = found
  }

  /// Units of a column so high: round-half-up of `value / top × units`, at least 1 for a value above zero.
  public func units(of value: Int, in units: Int) -> Int {
    guard value > 0, units > 0 else { return 0 }
    let scaled = Double(value) * 100 * Double(units) / Double(topHundredths)
    return min(units, max(1, Int(scaled + 0.5)))
  }

  private static func ticks(rowValue: Int, rows: Int) -> [Tick] {
    let most = min(6, max(2, rows / 3))
    let spacings = (1...rows).filter { spacing in
      let step = spacing * rowValue / 100
      return rows / spacing <= most && spacing * rowValue % 100 == 0
        && (1...(rows / spacing)).allSatisfy { hasShortName($0 * step) }
    }
    // The roundest steps that leave enough ticks; of these the closest.
    let enough = rows < 9 ? 2 : 3
    for least in [enough, 1] {
      for mantissas in [[1, 2, 5, 25], [4], [3, 6, 8], [15, 12]] {
        let spacing = spacings.first { spacing in
          rows / spacing >= least && mantissas.contains(mantissa(of: spacing * rowValue / 100))
        }
        guard let spacing else { continue }
        return (1...(rows / spacing)).map { Tick(value: $0 * spacing * rowValue / 100, row: $0 * spacing) }
      }
    }
    return []
  }

  private static func mantissa(of step: Int) -> Int {
    var mantissa = step
    while mantissa % 10 == 0 { mantissa /= 10 }
    return mantissa
  }

  /// Whether at most two digits from the left are not zero, so that `1.2k`, `12k` and `1.2万` say the value exactly.
  private static func hasShortName(_ value: Int) -> Bool {
    guard value >= 1_000 else { return true }
    var rest = value
    while rest >= 100 {
      guard rest % 10 == 0 else { return false }
      rest /= 10
    }
    return true
  }

  private static func powerOfTen(_ exponent: Int) -> Int {
    (0..<min(exponent, 17)).reduce(1) { power, _ in power * 10 }
  }
}
