import Dashboard
import Testing
import WeixinModel

@Suite struct MarkTests {
  @Test func `single days, ranges and yearly marks are all read`() throws {
    let single = try #require(try Mark.parse("2024-11-11 双11 大促"))
    #expect(single == Mark(name: "双11 大促", days: day("2024-11-11")...day("2024-11-11")))
    let range = try #require(try Mark.parse("2024-11-01..2024-11-11  warm up"))
    #expect(range.contains(day("2024-11-05")) && !range.contains(day("2024-11-12")))
    let yearly = try #require(try Mark.parse("11-11 双11"))
    #expect(
      yearly.contains(day("2019-11-11")) && yearly.contains(day("2024-11-11")) && !yearly.contains(day("2024-11-12")))
    let turn = try #require(try Mark.parse("12-30..12-31 turn"))
    #expect(turn.contains(day("2023-12-31")) && !turn.contains(day("2024-01-01")))
    #expect(try Mark.parse("# a comment") == nil)
    #expect(try Mark.parse("   ") == nil)
  }

  @Test(arguments: [
    ("2024年11月11日 双11", "2024-11-11", "2024-11-11", false), ("11月11日 双十一", "2024-11-11", "2024-11-11", true),
    ("2024年11月1日至2024年11月11日 预热", "2024-11-01", "2024-11-11", false),
    ("2024年11月1日至11日 预热", "2024-11-01", "2024-11-11", false),
    ("2024－11－01～11－11 预热", "2024-11-01", "2024-11-11", false),
    ("12月28日到1月3日 跨年", "2024-12-28", "2025-01-03", true), ("2024年11月 大促月", "2024-11-01", "2024-11-30", false),
    ("国庆..10月7日 黄金周", "2024-10-01", "2024-10-07", true), ("双十一　大促", "2024-11-11", "2024-11-11", true),
  ])
  func `a mark is read with dates as Chinese write them`(line: String, first: String, last: String, isYearly: Bool)
    throws
  {
    let mark = try #require(try Mark.parse(line))
    #expect(mark.days == day(first)...day(last))
    #expect(mark.isYearly == isYearly)
  }

  @Test(arguments: [
    ("昨天 x", Mark.Refusal.noDate("昨天")), ("上周 x", .noDate("上周")), ("11日 x", .noDate("11日")), ("去年 x", .noDate("去年")),
    ("11月1日至2024年11月2日 x", .noDate("2024年11月2日")), ("11月31日 x", .noDate("11月31日")),
    ("2024-02-30 x", Mark.Refusal.noDate("2024-02-30")), ("2024-11-11", .noName), ("soon x", .noDate("soon")),
    ("2024-11-11..2024-11-01 x", .endsBeforeItBegins),
  ])
  func `bad lines are refused with the reason`(line: String, refusal: Mark.Refusal) {
    #expect(throws: refusal) { try Mark.parse(line) }
  }

  @Test func `a yearly mark stands for its newest past day`() throws {
    let mark = try #require(try Mark.parse("11-11 双11"))
    #expect(mark.newest(before: day("2026-08-21")) == day("2025-11-11"))
    #expect(mark.newest(before: day("2026-11-12")) == day("2026-11-11"))
  }

  @Test func `control characters do not get into a mark's name`() throws {
    let mark = try #require(try Mark.parse("2024-11-11 \u{1B}]0;owned\u{7}x"))
    #expect(mark.name.unicodeScalars.allSatisfy { $0.value >= 0x20 })
  }

  private func day(_ text: String) -> BeijingDay { BeijingDay(text) ?? .firstKept }
}
