import Testing
import WeixinModel

@Suite struct HistoryTests {
  static let thursday = BeijingDay(ordinal: 20_685)  // 2026-08-20

  static func record(_ day: BeijingDay, _ rows: [HourlyRow], isFinal: Bool = true, revision: Int = 1) -> DayRecord {
    DayRecord(
      messages: HourlyMessages(day: day, rows: rows), isFinal: isFinal, fetchedAt: (day + 1).start(ofHour: 8),
      revision: revision)
  }

  /// A day with one number at 20h and a quiet rest.
  static func day(_ day: BeijingDay, at20 count: Int, at4: Int = 0) -> DayRecord {
    var rows = (8..<20).map { HourlyRow(hour: $0, type: .text, users: 400, count: 1_000) }
    rows.append(HourlyRow(hour: 20, type: .text, users: count / 2, count: count))
    if at4 > 0 { rows.append(HourlyRow(hour: 4, type: .text, users: at4, count: at4)) }
    return record(day, rows)
  }

  @Test func `a day comes out as it went in`() {
    var history = History()
    let rows = [
      HourlyRow(hour: 0, type: .text, users: 3, count: 5), HourlyRow(hour: 0, type: .image, users: 2, count: 7),
      HourlyRow(hour: 23, type: MessageType(49), users: 9, count: 11),
      HourlyRow(hour: 23, type: MessageType(50), users: 4, count: 2),
    ]
    history.insert(Self.record(Self.thursday, rows, isFinal: false))
    #expect(history.standing(of: Self.thursday) == .provisional)
    #expect(history.total(of: Self.thursday) == 25)
    #expect(history.hours(of: Self.thursday)?.first == 12)
    #expect(history.value(of: Self.thursday, hour: 23) == 13)
    #expect(history.value(of: Self.thursday, hour: 23, Measure(hiddenSlots: [5])) == 0)
    // Users of two types may be the same people: the larger number is all that is sure.
    #expect(history.value(of: Self.thursday, hour: 0, Measure(.users)) == 3)
    #expect(history.total(of: Self.thursday, Measure(.users)) == 9)
    #expect(history.total(of: Self.thursday + 1) == nil)
    #expect(history.standing(of: Self.thursday + 1) == nil)
    #expect(history.count == 1)
  }

  @Test func `a revised day replaces the earlier one`() {
    var history = History()
    history.insert(Self.record(Self.thursday, [HourlyRow(hour: 3, type: .text, users: 1, count: 10)], isFinal: false))
    history.insert(
      Self.record(Self.thursday, [HourlyRow(hour: 4, type: .text, users: 1, count: 12)], revision: 2))
    #expect(history.count == 1)
    #expect(history.hours(of: Self.thursday)?[3] == 0)
    #expect(history.total(of: Self.thursday) == 12)
    #expect(history.wasRevised(Self.thursday))
    #expect(history.standing(of: Self.thursday) == .final)
  }

  @Test func `the whole archive fits, from its first day on`() {
    var history = History()
    for day in [BeijingDay.firstKept, BeijingDay.firstKept + 4_300, BeijingDay.firstKept - 1] {
      history.insert(Self.day(day, at20: 5))
    }
    #expect(history.count == 2)
    #expect(history.first == .firstKept && history.last == .firstKept + 4_300)
    #expect(history.days(in: (.firstKept - 50)...(.firstKept + 9_000)) == [.firstKept, .firstKept + 4_300])
  }

  @Test func `the usual range needs four samples and surrounds their median`() {
    #expect(Usual([1, 2, 3]) == nil)
    let usual = Usual([100, 110, 120, 130, 140, 150, 160, 170])
    #expect(usual?.median == 135)
    #expect(usual?.low == 107)
    #expect(usual?.high == 163)
    #expect(usual?.side(of: 106) == .below && usual?.side(of: 107) == .within && usual?.side(of: 164) == .above)
  }

  @Test func `a handful of messages in a quiet hour is not unusual`() throws {
    let quiet = try #require(Usual([0, 0, 0, 0, 0, 0, 0, 0]))
    #expect(quiet.isUnusual(11))
    #expect(!quiet.isUnusual(11, typical: 850))
    #expect(quiet.isUnusual(120, typical: 850))
    let busy = try #require(Usual([1_000, 1_020, 990, 1_010, 1_000, 980, 1_030, 1_000]))
    #expect(!busy.isUnusual(1_100))
    #expect(busy.isUnusual(1_400))
    #expect(busy.isUnusual(500))
  }

  /// A year of Thursdays alike, but for one peak and one breakdown.
  private func year() -> History {
    var history = History()
    for back in 0..<365 { history.insert(Self.day(Self.thursday - back, at20: 2_000 + back % 5 * 10)) }
    history.insert(Self.day(Self.thursday - 30, at20: 9_000))
    history.insert(Self.day(Self.thursday - 100, at20: 100))
    return history
  }

  @Test func `the next unusual hour is found in both directions`() throws {
    let history = year()
    let back = try #require(history.nextUnusualHour(from: Self.thursday, hour: 12, isForward: false))
    #expect((back.day, back.hour, back.value) == (Self.thursday - 30, 20, 9_000))
    #expect((2_000...2_040).contains(back.usual.median))
    let further = try #require(history.nextUnusualHour(from: back.day, hour: 20, isForward: false))
    #expect((further.day, further.value) == (Self.thursday - 100, 100))
    #expect(history.nextUnusualHour(from: further.day, hour: 20, isForward: true)?.day == back.day)
    #expect(history.nextUnusualHour(from: back.day, hour: 20, isForward: true) == nil)
  }

  @Test func `the next unusual day is found`() throws {
    let history = year()
    let back = try #require(history.nextUnusualDay(from: Self.thursday, isForward: false))
    #expect(back.day == Self.thursday - 30 && back.hour == nil && back.value == 21_000)
    #expect(history.nextUnusualDay(from: back.day, isForward: true) == nil)
  }

  @Test func `a hidden type makes no hour unusual`() {
    let history = year()
    #expect(history.nextUnusualHour(from: Self.thursday, hour: 12, isForward: false, Measure(hiddenSlots: [0])) == nil)
  }
}
