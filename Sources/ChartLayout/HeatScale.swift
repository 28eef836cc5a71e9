/// The four steps of a heatmap: which values are shaded alike.
///
/// The bounds are multiples of one round number and lie where most values do, so that days of about the same size still
/// differ; zero is a step of its own, never the lowest shade.
public struct HeatScale: Hashable, Sendable {
  /// The number of steps above zero.
  public static let steps = 4

  /// The highest values of the first three steps, rising; the fourth is open.
  public let bounds: [Int]
  /// The largest of the values that the scale was made for.
  public let maximum: Int

  /// The scale for some values; those that are not above zero do not count.
  public init(_ values: [Int]) {
    let sorted = values.filter { $0 > 0 }.sorted()
    maximum = sorted.last ?? 0
    guard let least = sorted.first else {
      bounds = [1, 2, 3]
      return
    }
    // A few far out do not flatten the rest.
    let low = max(least, sorted[(sorted.count - 1) / 20])
    let high = sorted[(sorted.count - 1) - (sorted.count - 1) / 20]
    bounds = Self.bounds(low: low, high: high) ?? Self.bounds(low: 0, high: high) ?? [1, 2, 3]
  }

  /// The step of a value: 0 for zero, then 1…4.
  public func step(of value: Int) -> Int {
    if value <= 0 { return 0 }
    if value <= bounds[0] { return 1 }
    if value <= bounds[1] { return 2 }
    return value <= bounds[2] ? 3 : 4
  }

  /// The widest round steps of which the second begins above `low` and the fourth below `high`.
  private static func bounds(low: Int, high: Int) -> [Int]? {
    let (low, high) = (min(low, Int.max / 32), min(high, Int.max / 16))
    var power = 1
    while power <= high / 10, power <= Int.max / 100 { power *= 10 }
    while power > 0 {
      for tenths in [50, 40, 30, 25, 20, 15, 10] {
        guard (tenths * power).isMultiple(of: 10) else { continue }
        let width = tenths * power / 10
        // What is shaded low should mean little, so the first step is never narrower than the others by much.
        let first = low / width * width + width
        let bounds = [first, first + width, first + 2 * width]
        if bounds[2] < high, bounds.allSatisfy(hasShortName) { return bounds }
      }
      power /= 10
    }
    return nil
  }

  /// Whether at most two digits from the left are not zero, so that `1.2k` and `12k` say the value exactly.
  private static func hasShortName(_ value: Int) -> Bool {
    var rest = value
    while rest >= 100 {
      guard rest.isMultiple(of: 10) else { return false }
      rest /= 10
    }
    return true
  }
}
