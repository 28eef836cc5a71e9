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
  func `dates are understood in many forms, Chinese ones too`(text: String, day: String) throws {
    #expect(try DateExpression.parse(text, today: Self.today).description == day)
  }

  /// Today is Friday, 21 August 2026.
  @Test(arguments: [
    ("2024年11月11日", "2024-11-11"), ("2024年11月11号", "2024-11-11"), ("2024 年 1 月 1 日", "2024-01-01"),
    ("24年1月1号", "2024-01-01"), ("11月11日", "2025-11-11"), ("8月20", "2026-08-20"), ("8月21日", "2025-08-21"),
    ("十一月十一号", "2025-11-11"), ("二〇二四年二月二十九日", "2024-02-29"), ("21号", "2026-07-21"), ("31日", "2026-07-31"),
    ("2024年11月11日星期一", "2024-11-11"), ("11月11日（周二）", "2025-11-11"), ("１１－１１", "2025-11-11"),
    ("今日", "2026-08-21"), ("今天", "2026-08-21"), ("昨日", "2026-08-20"), ("昨天", "2026-08-20"), ("前天", "2026-08-19"),
    ("大前天", "2026-08-18"), ("三天前", "2026-08-18"), ("7天前", "2026-08-14"), ("两周前", "2026-08-07"),
    ("3个月前", "2026-05-21"), ("本周三", "2026-08-19"), ("这周三", "2026-08-19"), ("上星期三", "2026-08-12"),
    ("上上周一", "2026-08-03"), ("礼拜天", "2026-08-16"), ("上月3号", "2026-07-03"), ("上个月底", "2026-07-31"),
    ("去年今日", "2025-08-21"), ("上个月今天", "2026-07-21"), ("月初", "2026-08-01"),
    ("去年11月11日", "2025-11-11"), ("前年双十一", "2024-11-11"), ("双11", "2025-11-11"), ("双十一", "2025-11-11"),
    ("元旦", "2026-01-01"), ("国庆节", "2025-10-01"), ("2024年国庆", "2024-10-01"), ("去年的十一", "2025-10-01"),
    ("618", "2026-06-18"), ("雙十一", "2025-11-11"), ("上週一", "2026-08-10"),
  ])
  func `a date is understood as Chinese write it`(text: String, day: String) throws {
    let days = try DateExpression.span(text, today: Self.today)
    #expect(days.lowerBound.description == day)
    #expect(days.count == 1)
  }

  @Test(arguments: [
    ("上周", "2026-08-10", "2026-08-16"), ("本周", "2026-08-17", "2026-08-23"), ("上周末", "2026-08-15", "2026-08-16"),
    ("上月", "2026-07-01", "2026-07-31"), ("上个月", "2026-07-01", "2026-07-31"), ("本月", "2026-08-01", "2026-08-31"),
    ("11月", "2025-11-01", "2025-11-30"), ("8月份", "2026-08-01", "2026-08-31"), ("2024年2月", "2024-02-01", "2024-02-29"),
    ("十二月", "2025-12-01", "2025-12-31"), ("去年", "2025-01-01", "2025-12-31"), ("2024年", "2024-01-01", "2024-12-31"),
    ("去年2月", "2025-02-01", "2025-02-28"), ("最近7天", "2026-08-14", "2026-08-20"),
    ("近一个月", "2026-07-21", "2026-08-20"),
  ])
  func `a week, a month or a year means all its days, and to go to it is to go to the first`(
    text: String, first: String, last: String
  ) throws {
    let days = try DateExpression.span(text, today: Self.today)
    #expect([days.lowerBound, days.upperBound].map(\.description) == [first, last])
    #expect(try DateExpression.parse(text, today: Self.today) == days.lowerBound)
  }

  @Test(arguments: ["2023年2月29日", "13月1日", "11月31日", "2024年11月11日星期二", "32号", "去年2月29日", "上月32号"])
  func `a Chinese date that there is not is refused as such`(text: String) {
    #expect(throws: DateExpression.Refusal.noSuchDate(text)) { try DateExpression.parse(text, today: Self.today) }
  }

  @Test(arguments: [
    "年", "月", "日", "周", "星期八", "十", "双", "上", "最近", "天前", "2024年前天", "11月11日11", "十一月十一日十一", "五百天",
    "99999年1月1日", "上周八", "一二三四五",
  ])
  func `Chinese words that are no date are refused as such`(text: String) {
    #expect(throws: DateExpression.Refusal.notUnderstood(text)) { try DateExpression.parse(text, today: Self.today) }
  }

  @Test func `any heap of words of dates is either a date or refused`() {
    let words = [
      "年", "月", "日", "号", "上", "个", "周", "十", "一", "双", "前", "天", "去年", "9999", "-", "(", "）", "２", "近", "。",
    ]
    var numbers = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0...8, using: &numbers)).map { _ in words.randomElement(using: &numbers) ?? "" }
        .joined()
      do throws(DateExpression.Refusal) {
        let days = try DateExpression.span(text, today: Self.today)
        #expect(days.count > 0, "\(text)")
      } catch {
        #expect(error == .notUnderstood(text) || error == .noSuchDate(text), "\(text)")
      }
    }
  }

  @Test func `a refusal names examples in the reader's language`() {
    #expect(Phrase.dateNotUnderstood("x").text(.en).contains("2024-11-11, 11-11, -7, last mon"))
    #expect(Phrase.dateNotUnderstood("x").text(.zh).contains("2024-11-11、11月11日、-7、昨天、上周一、上月"))
  }

  @Test(arguments: ["2023-02-29", "2024-13-01", "2024-00-10", "2-30", "20240230", "0000-01-01"])
  func `dates that do not exist are refused`(text: String) {
    #expect(throws: DateExpression.Refusal.noSuchDate(text)) { try DateExpression.parse(text, today: Self.today) }
  }

  @Test(arguments: [
    "", "x", "2024", "11", "2024-11", "24-11-11", "1-2-3-4", "--", "-x", "last", "last week", "2024-1١-11",
  ])
  func `text that is no date is refused`(text: String) {
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
  func `short numbers have four characters at most`(number: Int, english: String, chinese: String) {
    #expect(Numerals(.en).short(number) == english)
    #expect(Numerals(.zh).short(number) == chinese)
  }

  @Test func `exact numbers are grouped by thousands`() {
    #expect(
      [0, 999, 1_000, 23_390, 1_234_567].map(Numerals(.en).exact) == ["0", "999", "1,000", "23,390", "1,234,567"])
  }

  @Test func `changes are counted in tenths of a percent`() {
    #expect(Numerals.change(from: 1_000, to: 1_124) == 124)
    #expect(Numerals.change(from: 1_000, to: 876) == -124)
    #expect(Numerals.change(from: 0, to: 5) == nil)
    #expect(Numerals(.en).percent(tenths: -124) == "12.4%")
    #expect(Numerals(.en).percent(tenths: 12_345) == "1,235%")
  }

  @Test func `speeds are counted in thousands, in Chinese in Weixin's own unit`() {
    #expect(Numerals(.en).speed(15) == "150k/min")
    #expect(Numerals(.zh).speed(15) == "15万/分")
    #expect(Numerals(.en, isASCII: true).speed(15) == "150k/min")
  }
}
