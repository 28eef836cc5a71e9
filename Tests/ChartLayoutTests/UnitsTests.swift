import ChartLayout
import Testing

@Suite struct UnitsTests {
  @Test func `parts add up to the total, and zeros get nothing`() {
    var numbers = SeededNumbers(3)
    for _ in 0..<5_000 {
      let values = (0..<Int.random(in: 1...7, using: &numbers)).map { _ in Int.random(in: 0...50, using: &numbers) }
      let total = Int.random(in: 0...120, using: &numbers)
      let parts = Units.split(total, in: values)
      let hasAny = values.contains { $0 > 0 }
      #expect(parts.reduce(0, +) == (hasAny ? total : 0), "\(total) in \(values)")
      for (value, part) in zip(values, parts) where value == 0 { #expect(part == 0) }
    }
  }

  @Test func `percentages add up to 100 unless all are zero`() {
    #expect(Units.percentages([1, 1, 1]) == [34, 33, 33])
    #expect(Units.percentages([57, 23, 11, 5, 4]) == [57, 23, 11, 5, 4])
    #expect(Units.percentages([0, 0]) == [0, 0])
  }

  @Test func `a spark tells zero from very little`() {
    #expect(Units.spark(0, maximum: 100) == 0)
    #expect(Units.spark(1, maximum: 1_000) == 1)
    #expect(Units.spark(1_000, maximum: 1_000) == 8)
  }
}

@Suite struct HourColumnsTests {
  @Test func `all 24 hours fit without overlap at every usable width`() throws {
    for width in 32...300 {
      let columns = try #require(HourColumns(width: width))
      #expect(columns.end <= width + (columns.pitch - columns.barWidth), "\(width)")
      #expect(columns.bar(ofHour: 23).upperBound <= width, "\(width)")
      for hour in 0..<23 {
        #expect(columns.bar(ofHour: hour).upperBound <= columns.start(ofHour: hour + 1), "\(width)")
        #expect(columns.hour(atColumn: columns.start(ofHour: hour)) == hour)
      }
    }
    #expect(HourColumns(width: 29) == nil)
  }

  @Test(arguments: [(40, 1, 1), (56, 1, 2), (79, 1, 2), (80, 2, 3), (104, 3, 4), (128, 4, 5), (200, 6, 8)])
  func `bars widen with the screen`(width: Int, bar: Int, pitch: Int) throws {
    let columns = try #require(HourColumns(width: width))
    #expect((columns.barWidth, columns.pitch) == (bar, pitch))
  }

  @Test func `hour labels never touch`() throws {
    for width in 32...200 {
      let columns = try #require(HourColumns(width: width))
      let starts = columns.labelled().map(columns.start(ofHour:))
      #expect(zip(starts, starts.dropFirst()).allSatisfy { $1 - $0 > 2 }, "\(width)")
      #expect(columns.labelled().first == 0)
    }
  }
}
