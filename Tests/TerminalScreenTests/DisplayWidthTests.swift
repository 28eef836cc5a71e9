import Glibc
import Testing

@testable import TerminalScreen

@Suite struct DisplayWidthTests {
  /// Where wxtop's table and glibc's `wcwidth` may differ, and why.
  private static let disagreements: [(ClosedRange<UInt32>, String)] = [
    (0x00...0x1F, "libc says -1 for a control character, or 0"),
    (0x7F...0x9F, "libc says -1 for a control character"),
    (0xAD...0xAD, "libc gives the soft hyphen a column; a terminal that hides it would shift the row"),
    (0x4DC0...0x4DFF, "hexagrams became wide in Unicode 16"),
  ]

  /// Everything that wxtop draws, and the scripts of account names.
  private static let used: [(String, ClosedRange<UInt32>)] = [
    ("ASCII", 0x00...0x7F), ("Latin-1", 0x80...0xFF), ("Latin Extended", 0x100...0x24F),
    ("Greek, Cyrillic", 0x370...0x377),
    ("Cyrillic", 0x400...0x45F), ("combining marks", 0x300...0x36F), ("dashes and quotes", 0x2010...0x2027),
    ("punctuation", 0x2030...0x205E), ("arrows", 0x2190...0x21FF), ("mathematical", 0x2200...0x22FF),
    ("technical", 0x2300...0x23FF), ("box drawing", 0x2500...0x257F), ("blocks", 0x2580...0x259F),
    ("geometric", 0x25A0...0x25FF), ("symbols", 0x2600...0x26FF), ("dingbats", 0x2701...0x27BF),
    ("braille", 0x2800...0x28FF), ("CJK punctuation", 0x3000...0x303E), ("kana", 0x3041...0x309F),
    ("katakana", 0x30A0...0x30FF), ("CJK extension A", 0x3400...0x4DBF), ("hexagrams", 0x4DC0...0x4DFF),
    ("CJK", 0x4E00...0x9FFF), ("Hangul", 0xAC00...0xD7A3), ("CJK compatibility", 0xF900...0xFA6D),
    ("fullwidth", 0xFF01...0xFF60), ("halfwidth", 0xFF61...0xFFBE), ("signs", 0xFFE0...0xFFE6),
    ("emoji", 0x1F300...0x1F320), ("faces", 0x1F600...0x1F64F), ("CJK extension B", 0x20000...0x2A6DF),
  ]

  @Test func `widths agree with libc for all that wxtop draws`() throws {
    // A locale of its own: setlocale would change the one of tests that run beside this.
    let locale = try #require(newlocale(1 << LC_CTYPE, "C.UTF-8", nil))
    let before = uselocale(locale)
    defer {
      uselocale(before)
      freelocale(locale)
    }
    var wrong: [String] = []
    for (name, range) in Self.used {
      for value in range {
        guard let scalar = Unicode.Scalar(value), !Self.disagreements.contains(where: { $0.0.contains(value) }) else {
          continue
        }
        let theirs = Int(cWidth(value))
        if theirs >= 0, theirs != DisplayWidth.of(scalar) {
          wrong.append("\(name) U+\(String(value, radix: 16)): \(DisplayWidth.of(scalar)), libc \(theirs)")
        }
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test func `the glyphs of charts are one column wide`() {
    for scalar in "─│┌┐└┘├┤┬┴┼╭╮╰╯╴╵▁▂▃▄▅▆▇█▏▎▍▌▋▊▉░▒▓▘▝▖▗◂▸▴▾◆●○·…⣿⠁→←↑↓√×÷°".unicodeScalars {
      #expect(DisplayWidth.of(scalar) == 1, "\(scalar)")
    }
  }

  @Test func `truncating fits, at every width`() {
    for text in ["", "abc", "今日消息", "a今b日", "e\u{301}e\u{301}e\u{301}"] {
      for width in 0...10 {
        let cut = DisplayWidth.truncate(text, to: width)
        #expect(DisplayWidth.of(cut) <= width)
        #expect(cut == text || width == 0 || cut.hasSuffix("…"))
      }
    }
    #expect(DisplayWidth.truncate("今日消息", to: 6) == "今日…")
    #expect(DisplayWidth.truncate("今日消息", to: 8) == "今日消息")
    #expect(DisplayWidth.truncate("abcdef", to: 5, ellipsis: "...") == "ab...")
    #expect(DisplayWidth.truncate("abcdef", to: 2, ellipsis: "...") == "..")
  }

  @Test func `padding counts columns`() {
    #expect(DisplayWidth.padEnd("今日", to: 6) == "今日  ")
    #expect(DisplayWidth.padStart("今日", to: 6) == "  今日")
    #expect(DisplayWidth.padEnd("今日", to: 3) == "今日")
    #expect(DisplayWidth.padStart("abc", to: -1) == "abc")
  }
}

// Glibc's wcwidth is hidden from Swift behind _XOPEN_SOURCE.
@_silgen_name("wcwidth")
private func cWidth(_ scalar: UInt32) -> Int32
