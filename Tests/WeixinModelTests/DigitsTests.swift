import Testing
import WeixinModel

@Suite struct DigitsTests {
  @Test func `digits alone are a number`() {
    #expect(UInt8(digits: "127") == 127 && UInt8(digits: "0") == 0 && Int(digits: "007") == 7)
    for text in ["+1", "-1", " 1", "1 ", "", "１", "1_0", "256", "0x1", "1e1"] { #expect(UInt8(digits: text) == nil) }
    #expect(Int(digits: "9223372036854775808") == nil && UInt16(digits: "65536") == nil)
  }

  @Test func `more types than a day has become one, and the sums stay`() {
    let rows = (1...1_000).flatMap { type in
      (0..<3).map { HourlyRow(hour: $0, type: MessageType(type), users: type % 7, count: type) }
    }
    let day = HourlyMessages(day: .firstKept, rows: rows.shuffled())
    #expect(day.types.count == HourlyMessages.mostTypes && day.types.first == .other)
    #expect(Set(MessageType.documented).isSubset(of: day.types) && day.types.contains(MessageType(1_000)))
    #expect(day.total == 3 * 500_500 && day.hourTotals[0] == 500_500 && day.hourTotals[3] == 0)
    #expect(day.rows.filter { $0.type == .other }.map(\.users) == [6, 6, 6])
    #expect(HourlyMessages(day: .firstKept, rows: day.rows) == day, "what is kept reads as what came")
    let few = (1...32).map { HourlyRow(hour: 0, type: MessageType($0), users: 1, count: 1) }
    #expect(HourlyMessages(day: .firstKept, rows: few).rows == few)
  }
}
