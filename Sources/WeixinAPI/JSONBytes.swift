import FoundationEssentials

/// The bytes of a reply, repaired so that a JSON decoder takes them: Weixin has sent raw control characters inside
/// strings, and invalid UTF-8.
struct JSONBytes {
  private let bytes: [UInt8]

  init(repairing body: [UInt8]) {
    var repaired =
      String(validating: body, as: UTF8.self) == nil ? Array(String(decoding: body, as: UTF8.self).utf8) : body
    if repaired.starts(with: [0xEF, 0xBB, 0xBF]) { repaired.removeFirst(3) }
    // Outside strings a control character is white space or an error, so a blank may stand for each of them.
    for index in repaired.indices where repaired[index] < 0x20 { repaired[index] = 0x20 }
    bytes = repaired
  }

  var data: Data { Data(bytes) }
  var isBlank: Bool { bytes.allSatisfy { $0 == 0x20 } }

  /// The first characters as text, more than anybody shows, so that redaction sees a secret whole.
  var start: String { String(decoding: bytes.prefix(4_096), as: UTF8.self) }

  /// Whether it looks like JSON whose end is missing: an open bracket or string at the end.
  var endsEarly: Bool {
    guard startsWithBracket else { return false }
    let (depth, isInString) = nesting
    return isInString || depth > 0
  }

  /// Whether it looks like whole JSON: brackets that close.
  var isBracketed: Bool { startsWithBracket && nesting == (0, false) }

  private var startsWithBracket: Bool {
    guard let first = bytes.first(where: { $0 != 0x20 }) else { return false }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  private var nesting: (depth: Int, isInString: Bool) {
    var depth = 0
    var isInString = false
    var isEscaped = false
    for byte in bytes {
      if isEscaped {
        isEscaped = false
      } else if isInString {
        if byte == UInt8(ascii: "\\") { isEscaped = true }
        if byte == UInt8(ascii: "\"") { isInString = false }
      } else {
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
      }
    }
    return (depth, isInString)
  }
}
