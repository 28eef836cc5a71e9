/// Whole units for shares that do not divide evenly.
public enum Units {
  /// Splits `total` units among values by largest remainder; the parts add up to `total`, and a zero gets none.
  ///
  /// Of equal remainders the earlier value wins, so that the order of drawing never changes the picture.
  /// - Complexity: O(n²) for n values, of which there are few.
  public static func split(_ total: Int, in values: [Int]) -> [Int] {
    let sum = values.reduce(0.0) { $0 + Double($1) }
    guard sum > 0, total > 0 else { return values.map { _ in 0 } }
    let shares = values.map { Double($0) / sum * Double(total) }
    var parts = shares.map { Int($0) }
    var missing = total - parts.reduce(0, +)
    while missing > 0 {
      // The largest remainder that has got nothing; a handful of values needs no sorting.
      var best = -1
      for index in values.indices where values[index] > 0 && Double(parts[index]) <= shares[index] {
        if best < 0 || shares[index] - Double(parts[index]) > shares[best] - Double(parts[best]) { best = index }
      }
      guard best >= 0 else { break }
      parts[best] += 1
      missing -= 1
    }
    return parts
  }

  /// Percentages that add up to 100; all zero when there is nothing.
  public static func percentages(_ values: [Int]) -> [Int] { split(100, in: values) }

  /// The height of a small bar of one cell: 1…8 for a value above zero, 0 for zero.
  public static func spark(_ value: Int, maximum: Int) -> Int {
    guard value > 0, maximum > 0 else { return 0 }
    return min(8, max(1, Int(Double(value) / Double(maximum) * 8 + 0.5)))
  }
}
