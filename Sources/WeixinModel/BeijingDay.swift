/// One calendar date in Beijing, the unit of Weixin's statistics (`ref_date`, `begin_date`, `end_date`).
///
/// Plain arithmetic on the proleptic Gregorian calendar: no zone database and no `Calendar`.
public struct BeijingDay: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1970-01-01.
  public let ordinal: Int

  /// The date so many days after 1970-01-01.
  public init(ordinal: Int) {
    self.ordinal = ordinal
  }

  /// The date, or nil when the calendar has no such date (31 June, month 13).
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9_999).contains(year), (1...12).contains(month), day >= 1, day <= Self.length(ofMonth: month, year: year)
    else { return nil }
    // Days from civil: count years from March, so that the leap day is the last of its year.
    let marchYear = month > 2 ? year : year - 1
    let era = marchYear.dividedDown(by: 400)
    let yearOfEra = marchYear - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    ordinal = era * 146_097 + dayOfEra - 719_468
  }

  /// Parses exactly `yyyy-MM-dd`, the only form that the API takes and gives; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let digits = Array(text.utf8)
    let day = digits.withUnsafeBufferPointer { BeijingDay(utf8: $0) }
    guard let day else { return nil }
    self = day
  }

  /// Parses exactly `yyyy-MM-dd` where it lies, as a row of the archive has it; nil for anything else.
  public init?(utf8 digits: UnsafeBufferPointer<UInt8>) {
    guard digits.count == 10, digits[4] == 0x2D, digits[7] == 0x2D else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for index in range {
        guard case let digit = Int(digits[index]) - 0x30, (0...9).contains(digit) else { return nil }
        value = value * 10 + digit
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// The first date that Weixin keeps: 2014-12-01 (getupstreammsghour, "Note").
  public static let firstKept = BeijingDay(ordinal: 16_405)

  /// Year, month (1…12) and day of month (1…31).
  public var components: (year: Int, month: Int, day: Int) {
    let shifted = ordinal + 719_468
    let era = shifted.dividedDown(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }

  /// The year, such as 2026.
  public var year: Int { components.year }
  /// The month, 1…12.
  public var month: Int { components.month }
  /// The day of the month, 1…31.
  public var dayOfMonth: Int { components.day }

  /// ISO weekday: 1 is Monday, 7 is Sunday.
  public var weekday: Int { (ordinal + 3).remainderUp(of: 7) + 1 }

  /// Whether the date is a Saturday or a Sunday.
  public var isWeekend: Bool { weekday >= 6 }

  /// Beijing midnight at the start of the date.
  public var start: Timestamp { Timestamp(seconds: ordinal * 86_400 - Timestamp.beijingOffset) }

  /// The moment when an hour (0…24) of the date begins.
  public func start(ofHour hour: Int) -> Timestamp { start + hour * 3_600 }

  /// `yyyy-MM-dd`.
  public var description: String {
    let (year, month, day) = components
    let digits = "\(year)"
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "-\(twoDigits(month))-\(twoDigits(day))"
  }

  /// The same day of the month so many months away, or the last day of that month where it is shorter.
  public func adding(months: Int) -> BeijingDay {
    let (year, month, day) = components
    let index = year * 12 + month - 1 + months
    let newYear = index.dividedDown(by: 12)
    let newMonth = index - newYear * 12 + 1
    let newDay = min(day, Self.length(ofMonth: newMonth, year: newYear))
    return BeijingDay(year: newYear, month: newMonth, day: newDay) ?? self
  }

  /// The number of days in a month, 28…31.
  public static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Earlier dates come first.
  public static func < (left: BeijingDay, right: BeijingDay) -> Bool { left.ordinal < right.ordinal }
  /// The date so many days later.
  public static func + (left: BeijingDay, days: Int) -> BeijingDay { BeijingDay(ordinal: left.ordinal + days) }
  /// The date so many days earlier.
  public static func - (left: BeijingDay, days: Int) -> BeijingDay { BeijingDay(ordinal: left.ordinal - days) }
  /// Days from the right date to the left one.
  public static func - (left: BeijingDay, right: BeijingDay) -> Int { left.ordinal - right.ordinal }
}

extension BeijingDay: Strideable {
  /// Days from this date to another.
  public func distance(to other: BeijingDay) -> Int { other.ordinal - ordinal }
  /// The date so many days later.
  public func advanced(by days: Int) -> BeijingDay { self + days }
}

extension Int {
  fileprivate func remainderUp(of divisor: Int) -> Int { self - dividedDown(by: divisor) * divisor }
}
