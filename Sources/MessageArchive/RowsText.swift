import WeixinModel

/// The rows of a day as JSON text: `[[hour,msg_type,msg_user,msg_count],…]`.
///
/// Written and read by hand: four thousand days are several megabytes, and a general decoder takes seconds for them.
enum RowsText {
  static func encode(_ rows: [HourlyRow]) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.count * 16 + 2)
    bytes.append(open)
    for (index, row) in rows.enumerated() {
      if index > 0 { bytes.append(comma) }
      bytes.append(open)
      append(row.hour, to: &bytes)
      bytes.append(comma)
      append(row.type.number, to: &bytes)
      bytes.append(comma)
      append(row.users, to: &bytes)
      bytes.append(comma)
      append(row.count, to: &bytes)
      bytes.append(close)
    }
    bytes.append(close)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads what ``encode(_:)`` wrote, also with spaces in between; nil for anything else, as for numbers that no reply may have.
  static func decode(_ text: String) -> [HourlyRow]? {
    var text = text
    return text.withUTF8 { bytes in
      var scanner = Scanner(bytes: bytes)
      return scanner.rows()
    }
  }

  private static let open = UInt8(ascii: "[")
  private static let close = UInt8(ascii: "]")
  private static let comma = UInt8(ascii: ",")

  private static func append(_ number: Int, to bytes: inout [UInt8]) {
    if number >= 0, number < 10 {
      bytes.append(UInt8(ascii: "0") + UInt8(number))
    } else {
      bytes.append(contentsOf: String(number).utf8)
    }
  }

  private struct Scanner {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    mutating func rows() -> [HourlyRow]? {
      var rows: [HourlyRow] = []
      rows.reserveCapacity(bytes.count / 12)
      guard skip(open) else { return nil }
      if skip(close) { return isAtEnd ? rows : nil }
      repeat {
        guard skip(open), let hour = number(), skip(comma), let type = number(), skip(comma), let users = number(),
          skip(comma), let count = number(), skip(close), (0...23).contains(hour),
          (0...HourlyMessages.mostMessages).contains(users), (0...HourlyMessages.mostMessages).contains(count)
        else { return nil }
        rows.append(HourlyRow(hour: hour, type: MessageType(type), users: users, count: count))
      } while skip(comma)
      return skip(close) && isAtEnd ? rows : nil
    }

    private var isAtEnd: Bool { position == bytes.count }

    @inline(__always) private mutating func skip(_ byte: UInt8) -> Bool {
      if position < bytes.count, bytes[position] == byte {
        position += 1
        return true
      }
      return skipSpacesAnd(byte)
    }

    private mutating func skipSpacesAnd(_ byte: UInt8) -> Bool {
      while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
      guard position < bytes.count, bytes[position] == byte else { return false }
      position += 1
      return true
    }

    @inline(__always) private mutating func number() -> Int? {
      var value = 0
      let start = position
      // Whatever has eighteen digits fits.
      let safe = min(bytes.count, start + 18)
      while position < safe, case let digit = Int(bytes[position]) - 48, digit >= 0, digit <= 9 {
        value = value &* 10 &+ digit
        position += 1
      }
      return position > start && position < safe ? value : unusualNumber(from: start)
    }

    /// A number with a sign, spaces before it, or more digits than most.
    private mutating func unusualNumber(from start: Int) -> Int? {
      position = start
      let isNegative = skip(UInt8(ascii: "-"))
      var value = 0
      let first = position
      while position < bytes.count, case let digit = Int(bytes[position]) - 48, digit >= 0, digit <= 9 {
        let (product, overflow) = value.multipliedReportingOverflow(by: 10)
        let (sum, carry) = product.addingReportingOverflow(digit)
        if overflow || carry { return nil }
        value = sum
        position += 1
      }
      return position > first ? (isNegative ? -value : value) : nil
    }
  }
}
