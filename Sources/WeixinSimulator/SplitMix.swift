import Glibc

/// SplitMix64: a small generator whose numbers depend on nothing but its seed.
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  /// A generator for one purpose: the same words give the same numbers in any order of asking.
  init(seed: UInt64, _ words: Int...) {
    state = seed
    for word in words {
      state = next() ^ UInt64(bitPattern: Int64(word))
    }
    state = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// 0 ..< 1.
  mutating func fraction() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

  mutating func fraction(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + fraction() * (range.upperBound - range.lowerBound)
  }

  mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  mutating func happens(_ probability: Double) -> Bool { fraction() < probability }

  /// Mean 0, standard deviation 1, never beyond ±6: twelve uniform numbers.
  mutating func gauss() -> Double { (0..<12).reduce(-6) { sum, _ in sum + fraction() } }

  /// How often something happens that happens so often on average.
  mutating func occurrences(mean: Double) -> Int {
    if mean <= 0 { return 0 }
    if mean > 30 { return max(0, Int((mean + gauss() * mean.squareRoot()).rounded())) }
    let limit = exp(-mean)
    var product = fraction()
    var count = 0
    while product > limit {
      product *= fraction()
      count += 1
    }
    return count
  }
}
