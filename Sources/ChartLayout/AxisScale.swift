/// A vertical axis on which every tick lies on the edge of a row.
///
/// The value of one row is 1, 2, 2.5, 4 or 5 times a power of ten, so that ticks are evenly spaced and round.
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
    var rowValue = 10
    // Counts are whole numbers: a row is worth a tenth at the least, and only as little as the maximum asks for.
    search: for magnitude in 0... {
      let power = Self.powerOfTen(magnitude)
      for mantissa in [10, 20, 25, 40, 50] {
        rowValue = mantissa * power
        if rowValue > Int.max / 2 / self.rows || rowValue * self.rows >= needed { break search }
      }
    }
    topHundredths = rowValue * self.rows
    ticks = Self.ticks(rowValue: rowValue, rows: self.rows)
  }

  /// Units of a column so high: round-half-up of `value / top × units`, at least 1 for a value above zero.
  public func units(of value: Int, in units: Int) -> Int {
    guard value > 0, units > 0 else { return 0 }
    let scaled = Double(value) * 100 * Double(units) / Double(topHundredths)
    return min(units, max(1, Int(scaled + 0.5)))
  }

  private static func ticks(rowValue: Int, rows: Int) -> [Tick] {
    let most = min(6, max(2, rows / 3))
    let spacings = (1...rows).filter { rows / $0 <= most && $0 * rowValue % 100 == 0 }
    let rounds = spacings.filter { spacing in
      let step = spacing * rowValue / 100
      return (1...(rows / spacing)).allSatisfy { hasShortName($0 * step) }
    }
    guard let spacing = rounds.first(where: { isRoundStep($0 * rowValue / 100) }) ?? rounds.first else { return [] }
    return (1...(rows / spacing)).map { Tick(value: $0 * spacing * rowValue / 100, row: $0 * spacing) }
  }

  private static func isRoundStep(_ step: Int) -> Bool {
    var mantissa = step
    while mantissa % 10 == 0 { mantissa /= 10 }
    return [1, 2, 25, 4, 5, 8].contains(mantissa)
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
