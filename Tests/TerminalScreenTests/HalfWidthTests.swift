import TerminalScreen
import Testing

@Suite struct HalfWidthTests {
  @Test func `every full-width sign is the ASCII sign with the same key`() {
    for value in UInt32(0x21)...0x7E {
      let (plain, wide) = (Unicode.Scalar(value), Unicode.Scalar(value + 0xFEE0))
      #expect(wide?.halfWidth == plain)
      #expect(plain?.halfWidth == plain)
    }
    #expect("　，。、；：？！（）《》〈〉「」‘’“”￥…－—".halfWidth == " ,./;:?!()<><>{}''\"\"$^--")
  }

  @Test func `words and keys without a twin stay as they are`() {
    for text in ["双十一 2024", "é", "", "\u{301}", "🎉"] { #expect(text.halfWidth == text) }
    #expect(Key.character("？").halfWidth == "?")
    #expect(Key.control("c").halfWidth == .control("c"))
    #expect(Key.home.halfWidth == .home)
  }
}
