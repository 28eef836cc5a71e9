import WeixinModel

/// The date of an HTTP header.
enum HTTPDate {
  private static let months = [
    "Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "May": 5, "Jun": 6, "Jul": 7, "Aug": 8, "Sep": 9, "Oct": 10, "Nov": 11,
    "Dec": 12,
  ]

  /// Where a letter or a digit stands there may be any other; what else stands there must stand there.
  private static let pattern = Array("Aaa, 00 Aaa 0000 00:00:00 GMT".utf8)

  /// Seconds since 1970 of an IMF-fixdate, `Sun, 06 Nov 1994 08:49:37 GMT`; nil for anything else.
  ///
  /// Every reply has one, so it is not for a regular expression.
  static func seconds(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count == pattern.count, zip(bytes, pattern).allSatisfy(matches),
      let month = months[String(decoding: bytes[8..<11], as: UTF8.self)],
      let day = BeijingDay(year: number(bytes[12..<16]), month: month, day: number(bytes[5..<7]))
    else { return nil }
    let (hour, minute, second) = (number(bytes[17..<19]), number(bytes[20..<22]), number(bytes[23..<25]))
    guard hour < 24, minute < 60, second <= 60 else { return nil }
    // A day's number counts from 1970-01-01 wherever it is.
    return day.ordinal * 86_400 + hour * 3_600 + minute * 60 + second
  }

  private static func matches(_ byte: UInt8, _ expected: UInt8) -> Bool {
    switch expected {
    case UInt8(ascii: "A"): UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
    case UInt8(ascii: "a"): UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
    case UInt8(ascii: "0"): UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    default: byte == expected
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int {
    digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }
}
