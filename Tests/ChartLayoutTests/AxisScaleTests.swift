import ChartLayout
import Testing

@Suite struct AxisScaleTests {
  /// Every maximum up to 3,000 and the edges of each power of ten after it.
  static let maxima =
    Array(0...3_000)
    + (3...12).flatMap { exponent in
      let power = (0..<exponent).reduce(1) { value, _ in value * 10 }
      return [power - 1, power, power + 1, power * 3 / 2, power * 5 + 1]
    }

  @Test(arguments: [1, 2, 3, 4, 5, 8, 10, 12, 13, 20, 33, 48, 90])
  func `the scale reaches the maximum with evenly spaced ticks`(rows: Int) {
    for maximum in Self.maxima {
      let scale = AxisScale(maximum: maximum, rows: rows)
      #expect(scale.topHundredths >= maximum * 100, "\(maximum) in \(rows)")
      #expect(scale.ticks.count <= min(6, max(2, rows / 3)), "\(maximum) in \(rows)")
      #expect(Set(scale.ticks.map(\.value)).count == scale.ticks.count)
      for (index, tick) in scale.ticks.enumerated() {
        #expect(tick.row <= rows)
        #expect(tick.value * 100 * rows == scale.topHundredths * tick.row, "a tick lies on a row's edge")
        #expect(tick.value == scale.ticks[0].value * (index + 1), "ticks are evenly spaced")
      }
    }
  }

  @Test func `no more than a third of the chart stays empty`() {
    for maximum in Self.maxima where maximum >= 10 {
      let scale = AxisScale(maximum: maximum, rows: 12)
      #expect(scale.topHundredths <= maximum * 100 * 3 / 2 + 100, "\(maximum)")
    }
  }

  @Test func `every usual height has at least one tick`() {
    for rows in Array(3...60) {
      for maximum in [1, 3, 7, 42, 99, 120, 999, 1_540, 2_030, 18_000, 240_000] {
        #expect(!AxisScale(maximum: maximum, rows: rows).ticks.isEmpty, "\(maximum) in \(rows)")
      }
    }
  }

  @Test func `values round half up and never vanish`() {
    let scale = AxisScale(maximum: 2_400, rows: 12)
    #expect(scale.units(of: 0, in: 96) == 0)
    #expect(scale.units(of: 1, in: 96) == 1)
    #expect(scale.units(of: 37, in: 96) == 1)
    #expect(scale.units(of: 38, in: 96) == 2)
    #expect(scale.units(of: 2_400, in: 96) == 96)
    #expect(scale.units(of: 9_999, in: 96) == 96)
  }
}
