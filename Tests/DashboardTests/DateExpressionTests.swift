import Dashboard
import Testing
import WeixinModel

@Suite struct DateExpressionTests {
  /// A Friday.
  static let today = BeijingDay(ordinal: 20_686)  // 2026-08-21

  @Test(arguments: [
    ("2024-11-11", "2024-11-11"), ("2024/11/11", "2024-11-11"), ("20241111", "2024-11-11"), ("11-11", "2025-11-11"),
    ("8-20", "2026-08-20"), ("08-21", "2025-08-21"), ("2-29", "2024-02-29"), ("-7", "2026-08-14"), ("-0", "2026-08-21"),
    ("\u{2212}7", "2026-08-14"),
    ("yesterday", "2026-08-20"), ("Yesterday", "2026-08-20"), ("today", "2026-08-21"), ("last mon", "2026-08-17"),
    ("mon", "2026-08-17"), ("fri", "2026-08-14"), ("last sunday", "2026-08-16"), ("昨天", "2026-08-20"),
    ("上周一", "2026-08-10"), ("周一", "2026-08-17"), ("上周天", "2026-08-16"), ("  2024-11-11 ", "2024-11-11"),
  ])
  func understands(text: String, day: String) throws {
    #expect(try DateExpression.parse(text, today: Self.today).description == day)
  }

  @Test(arguments: ["2023-02-29", "2024-13-01", "2024-00-10", "2-30", "20240230", "0000-01-01"])
  func refusesDatesThatDoNotExist(text: String) {
    #expect(throws: DateExpression.Refusal.noSuchDate(text)) { try DateExpression.parse(text, today: Self.today) }
  }

  @Test(arguments: [
    "", "x", "2024", "11", "2024-11", "24-11-11", "1-2-3-4", "--", "-x", "last", "last week", "１１-１１", "2024-1١-11",
  ])
  func refusesWhatIsNoDate(text: String) {
    #expect(throws: DateExpression.Refusal.notUnderstood(text)) { try DateExpression.parse(text, today: Self.today) }
  }
}

@Suite struct NumeralsTests {
  @Test(arguments: [
    (0, "0", "0"), (999, "999", "999"), (1_000, "1.0k", "1000"), (1_249, "1.2k", "1249"), (9_949, "9.9k", "9949"),
    (9_999, "10k", "9999"), (12_345, "12k", "1.2万"), (99_499, "99k", "9.9万"), (120_000, "120k", "12万"),
    (999_499, "999k", "100万"), (999_500, "1.0M", "100万"), (1_234_567, "1.2M", "123万"),
    (123_456_789, "123M", "1.2亿"),
  ])
  func shortNumbersHaveFourCharactersAtMost(number: Int, english: String, chinese: String) {
    #expect(Numerals(.en).short(number) == english)
    #expect(Numerals(.zh).short(number) == chinese)
  }

  @Test func exactNumbersAreGrouped() {
    #expect(
      [0, 999, 1_000, 23_390, 1_234_567].map(Numerals(.en).exact) == ["0", "999", "1,000", "23,390", "1,234,567"])
  }

  @Test func changesAreInTenthsOfAPercent() {
    #expect(Numerals.change(from: 1_000, to: 1_124) == 124)
    #expect(Numerals.change(from: 1_000, to: 876) == -124)
    #expect(Numerals.change(from: 0, to: 5) == nil)
    #expect(Numerals(.en).percent(tenths: -124) == "12.4%")
    #expect(Numerals(.en).percent(tenths: 12_345) == "1,235%")
  }

  @Test func speedsKeepWeixinsUnit() {
    #expect(Numerals(.en).speed(15) == "15万/min")
    #expect(Numerals(.zh).speed(15) == "15万/分")
    #expect(Numerals(.en, isASCII: true).speed(15) == "150k/min")
  }
}
