import Foundation
import Testing
import WeixinModel

@Suite("Beijing dates")
struct BeijingDayTests {
  /// Foundation's calendar in a fixed zone knows nothing of our arithmetic.
  private static var oracle: Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: 8 * 3_600) ?? .gmt
    return calendar
  }

  @Test func `every date of 2014 to 2100 agrees with Foundation's calendar`() throws {
    let calendar = Self.oracle
    var day = try #require(BeijingDay("2014-01-01"))
    let end = try #require(BeijingDay("2101-01-01"))
    var wrong: [String] = []
    while day < end {
      let date = Date(timeIntervalSince1970: Double(day.start.seconds))
      let parts = calendar.dateComponents([.year, .month, .day, .hour, .weekday], from: date)
      let (year, month, dayOfMonth) = day.components
      let text = String(format: "%04d-%02d-%02d", year, month, dayOfMonth)
      let agrees =
        parts.year == year && parts.month == month && parts.day == dayOfMonth && parts.hour == 0
        && (parts.weekday ?? 0) == day.weekday % 7 + 1 && day.description == text && BeijingDay(text) == day
        && BeijingDay(year: year, month: month, day: dayOfMonth) == day && day.start.beijingDay == day
        && (day.start + 86_399).beijingDay == day && (day.start + -1).beijingDay == day - 1
        && day.isWeekend == calendar.isDateInWeekend(date)
      if !agrees { wrong.append(text) }
      day = day + 1
    }
    #expect(wrong.isEmpty)
    #expect(day.ordinal - BeijingDay.firstKept.ordinal == 31_442)
  }

  @Test func `the first kept date is 2014-12-01, a Monday`() {
    #expect(BeijingDay.firstKept.description == "2014-12-01")
    #expect(BeijingDay.firstKept.weekday == 1)
    #expect(BeijingDay("2026-08-20").map { $0 - .firstKept } == 4_280)
  }

  @Test(arguments: [(2_015, 28), (2_016, 29), (2_000, 29), (2_100, 28), (2_400, 29), (1_900, 28), (2_024, 29)])
  func `months have their lengths, leap years included`(year: Int, february: Int) {
    #expect(BeijingDay.length(ofMonth: 2, year: year) == february)
    #expect((1...12).map { BeijingDay.length(ofMonth: $0, year: year) }.reduce(0, +) == 337 + february)
    #expect((BeijingDay(year: year, month: 2, day: 29) != nil) == (february == 29))
  }

  @Test(arguments: [
    "", "2024", "2024-1-01", "2024-01-1", "2024-13-01", "2024-00-10", "2024-06-31", "2023-02-29", "2024-01-00",
    "2024-01-32", "20240101", "2024/01/01", "2024-01-01 ", " 2024-01-01", "2024-01-01T", "-024-01-01", "2024-+1-01",
    "2024-01--1", "０２４-01-01", "0000-01-01", "2024-0a-01", "２０２４-01-01",
  ])
  func `only yyyy-MM-dd of a real date is parsed`(text: String) {
    #expect(BeijingDay(text) == nil)
  }

  @Test func `substrings are parsed too`() {
    #expect(BeijingDay("date=2024-02-29".dropFirst(5))?.description == "2024-02-29")
    #expect(BeijingDay("0001-01-01")?.description == "0001-01-01")
    #expect(BeijingDay("9999-12-31")?.description == "9999-12-31")
  }

  @Test func `adding months keeps the day or takes the month's last`() throws {
    let table: [(String, Int, String)] = [
      ("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"), ("2024-03-31", -1, "2024-02-29"),
      ("2024-12-31", 2, "2025-02-28"), ("2024-01-15", -1, "2023-12-15"), ("2024-02-29", 12, "2025-02-28"),
      ("2024-02-29", -48, "2020-02-29"), ("2024-05-31", 0, "2024-05-31"), ("2024-11-30", 3, "2025-02-28"),
    ]
    for (from, months, to) in table {
      #expect(try #require(BeijingDay(from)).adding(months: months).description == to)
    }
    var day = BeijingDay.firstKept
    for _ in 0..<2_000 {
      for step in [-25, -12, -1, 1, 12, 25] {
        let moved = day.adding(months: step)
        let distance = (moved.year * 12 + moved.month) - (day.year * 12 + day.month)
        #expect(distance == step)
        #expect(
          moved.dayOfMonth
            == min(day.dayOfMonth, BeijingDay.length(ofMonth: moved.month, year: moved.year)))
      }
      day = day + 13
    }
  }

  @Test func `days can be strode, subtracted and compared`() throws {
    let day = try #require(BeijingDay("2024-02-28"))
    #expect((day...(day + 2)).map(\.description) == ["2024-02-28", "2024-02-29", "2024-03-01"])
    #expect((day + 366) - day == 366)
    #expect(day.distance(to: day - 3) == -3)
    #expect(day.advanced(by: 2) == day + 2)
    #expect(day.start(ofHour: 24) == (day + 1).start)
  }
}

@Suite("Moments")
struct TimestampTests {
  @Test func `Beijing's clock is eight hours ahead, before 1970 as well`() throws {
    let moment = Timestamp(seconds: 1_787_227_384)
    #expect(moment.rfc3339 == "2026-08-20T20:03:04+08:00")
    #expect(moment.beijingClock == "20:03")
    #expect(moment.beijingHour == 20)
    let early = Timestamp(seconds: -8 * 3_600 - 1)
    #expect(early.rfc3339 == "1969-12-31T23:59:59+08:00")
    #expect(Timestamp(seconds: 0).rfc3339 == "1970-01-01T08:00:00+08:00")
    #expect(moment + 60 - moment == 60)
    #expect(moment < moment + 1)
  }
}
