/// A moment, in whole seconds since 1970-01-01 00:00 UTC.
///
/// Time enters the pure parts of wxtop only as a value of this type; no clock, locale or zone database is read there.
public struct Timestamp: Hashable, Comparable, Codable, Sendable {
  /// Seconds since the Unix epoch.
  public var seconds: Int

  /// A moment so many seconds after the Unix epoch; at most some 35,000 years before or after it, since a clock may say anything.
  public init(seconds: Int) {
    self.seconds = min(max(seconds, -Self.furthest), Self.furthest)
  }

  private static let furthest = 1 << 40

  /// Weixin's statistics are in Beijing time, which has been UTC+8 without daylight saving since 1991.
  public static let beijingOffset = 8 * 3_600

  /// The Beijing date of this moment.
  public var beijingDay: BeijingDay {
    BeijingDay(ordinal: (seconds + Self.beijingOffset).dividedDown(by: 86_400))
  }

  /// Seconds since Beijing midnight, 0…86,399.
  public var beijingSecondOfDay: Int {
    let shifted = seconds + Self.beijingOffset
    return shifted - shifted.dividedDown(by: 86_400) * 86_400
  }

  /// The Beijing hour, 0…23.
  public var beijingHour: Int { beijingSecondOfDay / 3_600 }

  /// `HH:mm` in Beijing time.
  public var beijingClock: String {
    let minute = beijingSecondOfDay / 60
    return "\(twoDigits(minute / 60)):\(twoDigits(minute % 60))"
  }

  /// `HH:mm:ss` in Beijing.
  public var beijingClockWithSeconds: String { "\(beijingClock):\(twoDigits(beijingSecondOfDay % 60))" }

  /// RFC 3339 with Beijing's offset, such as `2026-08-20T20:00:00+08:00`.
  public var rfc3339: String {
    "\(beijingDay)T\(beijingClock):\(twoDigits(beijingSecondOfDay % 60))+08:00"
  }

  /// Earlier moments come first.
  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }

  /// The moment so many seconds later.
  public static func + (left: Timestamp, seconds: Int) -> Timestamp { Timestamp(seconds: left.seconds + seconds) }

  /// Seconds from the right moment to the left one.
  public static func - (left: Timestamp, right: Timestamp) -> Int { left.seconds - right.seconds }
}

extension Int {
  /// Division that rounds toward minus infinity, so that days before 1970 come out right.
  func dividedDown(by divisor: Int) -> Int {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}

func twoDigits(_ number: Int) -> String {
  number < 10 ? "0\(number)" : "\(number)"
}
