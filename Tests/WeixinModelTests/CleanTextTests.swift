import Testing
import WeixinModel

@Suite("Text from outside")
struct CleanTextTests {
  @Test(arguments: [
    ("plain text", "plain text"), ("\u{1B}[31mred\u{1B}[0m", "[31mred [0m"), ("\u{9B}2Jx", "2Jx"),
    ("\u{1B}]0;title\u{7}after", "]0;title after"), ("a\u{202E}b\u{2066}c\u{2069}", "abc"),
    ("zero\u{200B}width\u{FEFF}", "zerowidth"), ("two\r\n  lines\t", "two lines"), ("\u{2028}x\u{2029}y", "x y"),
    ("艾克美 公众号", "艾克美 公众号"), ("\u{E000}private", "private"), ("", ""), ("\u{0}\u{1}", ""),
    ("\u{3000}全角", "全角"), ("\u{AD}soft\u{61C}", "soft"),
  ])
  func `nothing that drives a terminal or hides text remains`(text: String, expected: String) {
    #expect(text.cleaned() == expected)
  }

  @Test func `it is cut by scalars`() {
    #expect(String(repeating: "字", count: 500).cleaned().unicodeScalars.count == 300)
    #expect("abcdef".cleaned(limit: 3) == "abc")
    #expect("ab cdef".cleaned(limit: 3) == "ab")
    #expect("abc".cleaned(limit: 0) == "")
  }

  @Test func `no control or format character of the first planes survives`() {
    var survivors: [UInt32] = []
    for value in UInt32(0)..<0x3_0000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let kept = "a\(Character(scalar))b".cleaned().unicodeScalars
      let bad = kept.contains {
        [.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
      }
      if bad { survivors.append(value) }
    }
    #expect(survivors.isEmpty)
  }
}
