/// Puts characters together from the bytes of UTF-8, however they are spread over reads.
///
/// Not `wget_wch`: behind a byte that is no UTF-8 it swallows up to fifteen more, keys among them.
nonisolated struct ScalarDecoder {
  private var value: UInt32 = 0
  private var smallest: UInt32 = 0
  private var missing = 0

  /// Takes a byte and returns the character that it ends. Bytes that are no UTF-8 are left out.
  mutating func take(_ byte: UInt8) -> Unicode.Scalar? {
    switch byte {
    case 0x00..<0x80:
      missing = 0
      return Unicode.Scalar(byte)
    case 0x80..<0xC0:
      guard missing > 0 else { return nil }
      missing -= 1
      value = value << 6 | UInt32(byte & 0x3F)
      return missing == 0 && value >= smallest ? Unicode.Scalar(value) : nil
    case 0xC0..<0xE0: begin(byte & 0x1F, missing: 1, smallest: 0x80)
    case 0xE0..<0xF0: begin(byte & 0x0F, missing: 2, smallest: 0x800)
    case 0xF0..<0xF8: begin(byte & 0x07, missing: 3, smallest: 0x1_0000)
    default: missing = 0
    }
    return nil
  }

  private mutating func begin(_ bits: UInt8, missing: Int, smallest: UInt32) {
    value = UInt32(bits)
    self.missing = missing
    self.smallest = smallest
  }
}
