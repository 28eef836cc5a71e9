import FoundationEssentials
import GRDB
import WeixinModel

/// What stands in a row. SQLite keeps any kind of value in any column, and who copies or mends rows by hand may leave one that wxtop
/// never wrote: GRDB's subscript would end the process there.
extension Row {
  /// A text or truth value; with an optional type also none.
  /// - Throws: `ArchiveFault.other`, which names the column and not what stands in it: that may be a token.
  func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ column: Int) throws -> Value {
    do {
      return try decode(Value.self, atIndex: column)
    } catch {
      let name = Array(columnNames)[column].cleaned(limit: 40)
      throw ArchiveFault.other("a kept row cannot be read: its column \(name) holds another kind of value")
    }
  }

  /// A number, or the nearest one that a reply may have, so that sums and shares of it stay numbers.
  func number(_ column: Int) throws -> Int { Self.bounded(try value(column)) }

  /// A number; nil where there is none.
  func numberIfAny(_ column: Int) throws -> Int? { (try value(column) as Int?).map(Self.bounded) }

  private static func bounded(_ number: Int) -> Int {
    Swift.min(Swift.max(number, -HourlyMessages.mostMessages), HourlyMessages.mostMessages)
  }

  /// A value in JSON; nil for one that is of a newer wxtop, or of none: wxtop cleans texts and bounds numbers before it keeps them.
  func kept<Value: Decodable>(_ column: Int) throws -> Value? {
    let text: String = try value(column)
    return text.isAsKept ? try? JSONDecoder().decode(Value.self, from: Data(text.utf8)) : nil
  }

  /// A moment, or the nearest one that has a date.
  func moment(_ column: Int) throws -> Timestamp { Timestamp(nearest: try value(column)) }

  /// A moment; nil where there is none.
  func momentIfAny(_ column: Int) throws -> Timestamp? { (try value(column) as Int?).map(Timestamp.init(nearest:)) }
}

extension Timestamp {
  /// The moment, or the nearest one of the years 1 to 9999.
  init(nearest seconds: Int) {
    self.init(seconds: min(max(seconds, -62_135_596_800), 253_402_300_799))
  }
}

extension String {
  /// Whether a text in JSON has no character that ``cleaned(limit:)`` takes out, escaped or not, and no number beyond those of a reply.
  fileprivate var isAsKept: Bool {
    var (digits, isEscaped) = (0, false)
    for byte in utf8 {
      digits = (0x30...0x39).contains(byte) ? digits + 1 : 0
      if digits > 13 { return false }
      // Of what JSON escapes only these can be shown.
      if isEscaped, ![UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/")].contains(byte) { return false }
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
    }
    return unicodeScalars.allSatisfy {
      $0.isASCII ? $0.value >= 0x20 && $0 != "\u{7F}" : String($0).cleaned() == String($0)
    }
  }
}
