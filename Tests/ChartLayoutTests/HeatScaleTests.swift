import ChartLayout
import Testing

@Suite struct HeatScaleTests {
  @Test func `an ordinary day steps at 500, 1,000 and 1,500`() {
    let scale = HeatScale([800, 590, 400, 310, 0, 0, 300, 520, 940, 1_320, 1_230, 1_410, 1_850, 2_030, 2_010, 1_730])
    #expect(scale.bounds == [500, 1_000, 1_500])
  }

  @Test func `days of similar size still differ in shade`() {
    let scale = HeatScale([13_597, 17_171, 16_151, 17_844, 21_230, 22_900, 23_390, 15_000])
    #expect(scale.bounds.allSatisfy { $0 > 13_597 && $0 < 23_390 })
    #expect(Set([14_000, 17_171, 20_000, 23_390].map(scale.step)).count >= 3)
  }

  @Test func `no value, a single one and the largest have a scale`() {
    #expect(HeatScale([]).step(of: 0) == 0)
    #expect(HeatScale([0, 0]).maximum == 0)
    #expect(HeatScale([1]).step(of: 1) == 1)
    #expect(HeatScale([5, 5, 5]).step(of: 5) == 4)
    #expect(HeatScale([.max]).step(of: .max) == 4)
  }

  @Test func `one outlier does not flatten the rest`() {
    let scale = HeatScale(Array(stride(from: 100, through: 2_000, by: 50)) + [1_000_000_000_000])
    #expect(Set([150, 700, 1_200, 1_900].map(scale.step)) == [1, 2, 3, 4])
  }

  @Test func `the order of the values does not matter`() {
    var numbers = SeededNumbers(12)
    for count in 1...300 {
      let values = (0..<count).map { _ in Int.random(in: 0...(count.isMultiple(of: 3) ? 5 : 50_000), using: &numbers) }
      let scale = HeatScale(values.sorted())
      #expect(HeatScale(values.shuffled(using: &numbers)) == scale)
      #expect(HeatScale(values.sorted(by: >)) == scale)
    }
  }

  @Test func `bounds are round and rising, and only zero has no shade`() {
    var numbers = SeededNumbers(11)
    for _ in 0..<2_000 {
      let top = [3, 10, 99, 2_030, 45_000, 1_000_000, 7_777_777_777].randomElement(using: &numbers) ?? 1
      let values = (0..<Int.random(in: 1...60, using: &numbers)).map { _ in Int.random(in: 0...top, using: &numbers) }
      let scale = HeatScale(values)
      #expect(scale.bounds.count == 3)
      #expect(zip(scale.bounds, scale.bounds.dropFirst()).allSatisfy { $0 < $1 })
      #expect(scale.bounds[0] >= 1)
      for bound in scale.bounds { #expect(Self.isRound(bound), "\(bound)") }
      #expect(scale.maximum == values.max())
      var last = 0
      for value in values.sorted() {
        let step = scale.step(of: value)
        #expect((value == 0) == (step == 0))
        #expect(step >= last && step <= HeatScale.steps)
        last = step
      }
    }
  }

  /// At most two digits that are not zero at the end.
  private static func isRound(_ value: Int) -> Bool {
    var rest = value
    while rest >= 100, rest.isMultiple(of: 10) { rest /= 10 }
    return rest < 100
  }
}
