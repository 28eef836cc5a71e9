import TerminalScreen
import Testing

@testable import CursesTerminal
@testable import WeixinSimulator

/// What a terminal sends: keys, pastes, the mouse, answers, and what a broken link makes of them.
@Suite struct TerminalFuzzTests {
  private static let corpus = [
    "q\u{1B}[A\u{1B}OP\u{1B}[15~\u{1B}[1;2C", "\u{1B}[200~pasted\r\nlines\u{1B}[201~x",
    "\u{1B}[<0;12;34M\u{1B}[<64;1;1M",
    "\u{1B}]11;rgb:1616/1818/1d1d\u{1B}\\", "\u{1B}]11;rgba:ff/ff/ff/ff\u{7}",
    "\u{1B}[2;3R\u{1B}[?2026;2$y\u{1B}[?62;c",
    "\u{1B}\u{1B}[A", "\u{1B}P1$r0m\u{1B}\\", "\u{1B}[[A\u{1B}[[E", "\u{1B}[M !!\u{1B}[Mabc", "\u{1B}[200~中\u{9B}31m",
    "\u{1B}[99999999999999999999;99999999999999999999R", "\u{1B}[<9223372036854775807;9223372036854775807;1M",
    "\u{1B}]11;rgb:/\u{7}\u{1B}X\u{1B}^\u{1B}_", "中文\u{7F}\u{8}\t\r",
  ]

  @Test func `any bytes are keys, pastes, places and answers, and after them ^C still is ^C`() async throws {
    let tokens = [
      "\u{1B}[", "\u{1B}O", "\u{1B}]11;rgb:", "\u{1B}[200~", "\u{1B}[201~", "\u{1B}[<", "\u{1B}[M", "\u{1B}\\", "\u{7}",
      ";", "M",
      "R", "c", "$y", "\u{3}",
    ]
    try await Fuzz("bytes of a terminal", Self.corpus, tokens: tokens, bounded: 1_000).run { bytes, generator in
      var (scalars, decoder) = (ScalarDecoder(), EscapeDecoder())
      var inputs: [EscapeDecoder.Input] = []
      func take(_ bytes: [UInt8]) {
        for byte in bytes {
          if decoder.take(byte, emit: { inputs.append($0) }) { continue }
          if let scalar = scalars.take(byte) { decoder.take(scalar) { inputs.append($0) } }
        }
      }
      var questions = Questions(areAsked: true, at: .now)
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = generator.number(in: 1...16)
        take(Array(rest.prefix(count)))
        rest = rest.dropFirst(count)
        if generator.happens(0.1) { decoder.take(Key.up) { inputs.append($0) } }
        if generator.happens(0.3) { decoder.pause(expectsAnswers: generator.happens(0.5)) { inputs.append($0) } }
      }
      for input in inputs {
        switch input {
        case .key(let key): try Self.check(key)
        case .paste(let text):
          try require(text.unicodeScalars.count <= 4_097, "a paste of \(text.unicodeScalars.count)")
          let isClean = text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control }
          try require(isClean, "a control character in a paste")
        case .mouse(let mouse): try require(mouse.row >= 0 && mouse.column >= 0, "the mouse at \(mouse)")
        case .answer(let answer): _ = questions.take(answer)
        }
      }
      // Whatever stands open is closed: a paste by its end, all else by the key itself.
      inputs = []
      take(Array("\u{1B}[201~".utf8) + [0x03])
      guard case .key(.control("c"))? = inputs.last else { throw Fuzz.Wrong("^C is lost behind it: \(inputs)") }
    }
  }

  @Test func `of a paste as long as a book what fits is kept`() {
    var (paste, text) = (PasteDecoder(), String?.none)
    for scalar in (String(repeating: "中", count: 400_000) + "\u{1B}[201~").unicodeScalars {
      text = paste.take(scalar) ?? text
    }
    #expect(text == String(repeating: "中", count: 4_096))
  }

  private static func check(_ key: Key) throws {
    switch key {
    case .character(let scalar):
      try require(scalar.properties.generalCategory != .control, "the key U+\(String(scalar.value, radix: 16))")
    case .function(let number): try require((1...12).contains(number), "F\(number)")
    default: break
    }
  }
}
