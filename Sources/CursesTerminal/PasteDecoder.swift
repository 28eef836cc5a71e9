/// Collects what stands between the marks that a terminal puts around a paste: `ESC [ 200 ~` and `ESC [ 201 ~`.
nonisolated struct PasteDecoder {
  private var text = ""
  /// Counted as they come: a text counts its own from the beginning each time.
  private var count = 0
  private var tail: [UInt32] = []
  private static let end: [UInt32] = [0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E]
  /// Nothing on the screen takes more than a line, and a paste may be a book.
  private static let limit = 4_096

  /// Takes a character; gives the text once the end mark is complete.
  mutating func take(_ scalar: Unicode.Scalar) -> String? {
    tail.append(scalar.value)
    while !Self.end.starts(with: tail) { keep(tail.removeFirst()) }
    guard tail.count == Self.end.count else { return nil }
    defer { self = PasteDecoder() }
    return text
  }

  private mutating func keep(_ value: UInt32) {
    guard count < Self.limit, let scalar = Unicode.Scalar(value) else { return }
    if value == 0x0D || value == 0x0A {
      text += "\n"
      count += 1
    } else if value >= 0x20, !(0x7F..<0xA0).contains(value) {
      text.unicodeScalars.append(scalar)
      count += 1
    }
  }
}
