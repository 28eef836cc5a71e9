/// Text as people, other programs and other systems write it: the one place that makes text and lines of bytes from outside.
enum PlainText {
  /// Why bytes are no text.
  enum Flaw: Error, Hashable {
    case utf16, notUTF8
  }

  /// What some editors put before UTF-8.
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The text, without a byte order mark before it.
  static func decoded(_ bytes: some Collection<UInt8>) throws(Flaw) -> String {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { throw .utf16 }
    let content = withoutMark(bytes)
    // Of each pair that is an ASCII character in UTF-16 one byte is zero.
    if content.prefix(2).contains(0), content.count > 1 { throw .utf16 }
    guard !content.contains(0), let text = String(validating: content, as: UTF8.self) else { throw .notUTF8 }
    return text
  }

  /// The lines of a text without their ends, which may be LF, CR LF or CR, and mixed.
  static func lines(of text: String) -> [Substring] {
    let bytes = text.utf8
    var lines: [Substring] = []
    var (start, place) = (bytes.startIndex, bytes.startIndex)
    while place < bytes.endIndex {
      let byte = bytes[place]
      var next = bytes.index(after: place)
      if byte == 0x0A || byte == 0x0D {
        lines.append(text[start..<place])
        // In Swift CR LF is one Character, in a file it is two bytes.
        if byte == 0x0D, next < bytes.endIndex, bytes[next] == 0x0A { next = bytes.index(after: next) }
        start = next
      }
      place = next
    }
    lines.append(text[start...])
    return lines
  }

  private static func withoutMark<Bytes: Collection<UInt8>>(_ bytes: Bytes) -> Bytes.SubSequence {
    var content = bytes[...]
    while content.starts(with: byteOrderMark) { content = content.dropFirst(byteOrderMark.count) }
    return content
  }
}
