import Testing
import WeixinModel

@testable import Dashboard

@Suite struct TypedNumberTests {
  @Test(arguments: [
    "999999999999亿", "9e99", "1e400", "inf", "nan", "99999999999999999999", "1000000000001", "-999999999999亿",
    "0x1p900k", "0x10", "1e5", "5_000", "+5",
    "1e12m", "99999999999999999999999999999万",
  ])
  func `a number that no day can have is none, and stops nothing`(number: String) {
    for sign in [">", "<", "≥", "≤", ">=", "<="] {
      #expect(Filter.unreadable(sign + number) == sign + number)
      #expect(Filter(sign + number) != nil)
    }
    _ = Filter(number)
  }

  @Test func `numbers up to the most that a day can have are read`() {
    for number in ["5000", "52,000", "1.2k", "3万", "2m", "1亿", "1000000000000", "1m", "0"] {
      #expect(Filter.unreadable(">" + number) == nil, "\(number)")
    }
  }

  @Test(arguments: [
    "+99999999999999999999", "-99999999999999999999", "-99999", "9999999999-11-11", "99999999999999999999",
  ])
  func `no date stops the program either`(text: String) {
    let today = BeijingDay(year: 2_026, month: 8, day: 21) ?? .firstKept
    _ = try? DateExpression.parse(text, today: today)
  }
}
