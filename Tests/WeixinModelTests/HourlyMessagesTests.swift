import Testing
import WeixinModel

@Suite("Hourly messages")
struct HourlyMessagesTests {
  private func day(_ counts: [Int: Int]) -> HourlyMessages {
    HourlyMessages(
      day: .firstKept, rows: counts.map { HourlyRow(hour: $0.key, type: .text, users: 1, count: $0.value) })
  }

  @Test func `rows are ordered, and of two for one pair the first counts`() {
    let rows = [
      HourlyRow(hour: 9, type: .image, users: 1, count: 2), HourlyRow(hour: 9, type: .text, users: 3, count: 4),
      HourlyRow(hour: 0, type: .link, users: 5, count: 6), HourlyRow(hour: 9, type: .image, users: 7, count: 8),
    ]
    let messages = HourlyMessages(day: .firstKept, rows: rows)
    #expect(messages.rows == [rows[2], rows[1], rows[0]])
    #expect(messages.total == 12)
    #expect(messages.hourTotals[9] == 6)
    #expect(messages.types == [.text, .image, .link])
    #expect(messages.typeTotals == [.text: 4, .image: 2, .link: 6])
    #expect(messages.rows(inHour: 9) == [rows[1], rows[0]])
  }

  @Test func `the peak is the first hour with the most messages`() {
    #expect(day([:]).peakHour == nil)
    #expect(day([5: 0]).peakHour == nil)
    #expect(day([5: 0]).isEmpty)
    #expect(day([3: 7, 20: 7, 21: 6]).peakHour == 3)
  }

  @Test func `the quiet hours are the longest run without a message, the earliest of equals`() {
    #expect(day([:]).quietHours == 0...23)
    #expect(day([0: 1]).quietHours == 1...23)
    #expect(day([23: 1]).quietHours == 0...22)
    #expect(day([8: 1, 16: 1]).quietHours == 0...7)
    #expect(day([7: 1, 16: 1]).quietHours == 8...15)
    #expect(day(Dictionary(uniqueKeysWithValues: (0..<24).map { ($0, 1) })).quietHours == nil)
    #expect(day(Dictionary(uniqueKeysWithValues: (0..<24).filter { $0 != 4 }.map { ($0, 1) })).quietHours == 4...4)
  }

  @Test func `speeds keep what was sent beside what the level should mean`() {
    #expect((0...4).map { MassSendSpeed.nominal(ofLevel: $0) } == [80, 60, 45, 30, 10])
    #expect(MassSendSpeed.nominal(ofLevel: -1) == nil)
    #expect(MassSendSpeed.nominal(ofLevel: 5) == nil)
    #expect(MassSendSpeed(level: 3, realspeed: 15).isOffNominal)
    #expect(!MassSendSpeed(level: 0, realspeed: 80).isOffNominal)
  }

  @Test func `types have stable names, unknown ones too`() {
    #expect(MessageType.documented.map(\.reportName) == ["text", "image", "voice", "video", "link"])
    #expect(MessageType.documented.map(\.number) == [1, 2, 3, 4, 6])
    #expect(MessageType(49).reportName == "type 49")
  }

  @Test func `sums that no number holds stop at the largest one`() throws {
    let day = try #require(BeijingDay("2026-03-09"))
    let rows = (1...3).map { HourlyRow(hour: 9, type: MessageType($0), users: 1, count: .max) }
    let messages = HourlyMessages(day: day, rows: rows + [HourlyRow(hour: 10, type: .text, users: 1, count: .max)])
    #expect(messages.total == .max)
    #expect(messages.hourTotals[9] == .max)
    #expect(messages.typeTotals[.text] == .max)
  }
}
