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
    var values = values.filter { $0 > 0 }
    maximum = values.max() ?? 0
    guard !values.isEmpty else {
      bounds = [1, 2, 3]
      return
    }
    // A few far out do not flatten the rest.
    let last = values.count - 1
    let low = Self.value(at: last / 20, ofSorted: &values)
    let high = Self.value(at: last - last / 20, ofSorted: &values)
    bounds = Self.bounds(low: low, high: high) ?? Self.bounds(low: 0, high: high) ?? [1, 2, 3]
  }

  /// The step of a value: 0 for zero, then 1…4.
  public func step(of value: Int) -> Int {
    if value <= 0 { return 0 }
    if value <= bounds[0] { return 1 }
    if value <= bounds[1] { return 2 }
    return value <= bounds[2] ? 3 : 4
  }

  /// The value that would stand at an index if the values were sorted (Hoare's selection). To sort all of them takes longer: thousands
  /// of days a frame, and in the library's way a type that is found by its name, among all conformances of the program.
  private static func value(at index: Int, ofSorted values: inout [Int]) -> Int {
    var (first, last) = (0, values.count - 1)
    while first < last {
      let pivot = values[first + (last - first) / 2]
      var (left, right) = (first, last)
      while left <= right {
        while values[left] < pivot { left += 1 }
        while values[right] > pivot { right -= 1 }
        if left <= right {
          values.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if index <= right {
        last = right
      } else if index >= left {
        first = left
      } else {
        break
      }
    }
    return values[index]
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
