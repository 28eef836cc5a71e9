@testable import WeixinSimulator

/// Makes an input of a corpus: one of its seeds, changed in a few places.
struct Mutation {
  let corpus: [[UInt8]]
  let tokens: [[UInt8]]
  let limit: Int

  func next(_ generator: inout SplitMix) -> [UInt8] {
    var input = seed(&generator)
    for _ in 0..<generator.number(in: 1...6) { mutate(&input, &generator) }
    if input.count > limit { input.removeLast(input.count - limit) }
    return input
  }

  private func seed(_ generator: inout SplitMix) -> [UInt8] {
    corpus.isEmpty ? [] : corpus[generator.number(in: 0...(corpus.count - 1))]
  }

  private func mutate(_ input: inout [UInt8], _ generator: inout SplitMix) {
    let place = generator.number(in: 0...input.count)
    switch generator.number(in: 0...9) {
    case 0:
      if place < input.count { input[place] ^= 1 << UInt8(generator.number(in: 0...7)) }
    case 1:
      if place < input.count { input[place] = UInt8(generator.number(in: 0...255)) }
    case 2: input.removeSubrange(stretch(from: place, input, &generator))
    case 3:
      let copy = Array(input[stretch(from: place, input, &generator)])
      input.insert(contentsOf: copy, at: generator.number(in: 0...input.count))
    case 4:
      let other = seed(&generator)
      input = Array(input[..<place]) + other[generator.number(in: 0...other.count)...]
    case 5: input.removeSubrange(place...)
    case 6:
      // Once more and more of the same.
      let copy = Array(input[stretch(from: place, input, &generator)])
      let times = min(1 << generator.number(in: 0...10), limit / max(1, copy.count))
      input.insert(contentsOf: repeatElement(copy, count: max(0, times)).joined(), at: place)
    default:
      guard !tokens.isEmpty else { return }
      let token = tokens[generator.number(in: 0...(tokens.count - 1))]
      if generator.happens(0.5) {
        input.replaceSubrange(stretch(from: place, input, &generator), with: token)
      } else {
        input.insert(contentsOf: token, at: place)
      }
    }
  }

  private func stretch(from place: Int, _ input: [UInt8], _ generator: inout SplitMix) -> Range<Int> {
    let longest = generator.happens(0.7) ? 8 : input.count
    return place..<min(input.count, place + generator.number(in: 0...longest))
  }
}

/// What parsers of text have stumbled over.
enum Nasty {
  static let tokens: [[UInt8]] =
    texts.map { Array($0.utf8) } + [
      // No UTF-8: alone, cut, overlong, surrogates, beyond the last character.
      [0x80], [0xFF], [0xC3], [0xE4, 0xB8], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xF0, 0x80, 0x80, 0xAF],
      [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80],
      // UTF-16.
      [0xFF, 0xFE], [0xFE, 0xFF], [0x61, 0x00], [0x00, 0x61],
    ]

  static let texts: [String] = [
    "\u{FEFF}", "\r", "\r\n", "\n", "\u{0}", "\t", "\u{1B}", "\u{1B}[31m", "\u{1B}]0;x\u{7}", "\u{9B}31m", "\u{7F}",
    "\u{85}", "\u{2028}", "\u{2029}", "\u{202E}", "\u{202A}", "\u{2066}", "\u{2069}", "\u{200B}", "\u{200D}",
    "\u{200E}", "\u{61C}", "\u{E0041}", "\u{FE0F}", "\u{301}", "\u{301}\u{301}\u{301}\u{301}", "\u{20DD}", "\u{3099}",
    "\u{1F468}\u{200D}\u{1F469}", "\u{1F1E8}\u{1F1F3}", "\u{A0}", "\u{3000}", "\u{FFFD}", "\u{FFFE}", "\u{10FFFF}",
    "\u{E000}", "\u{AC00}\u{11A8}", "中", "ｆ", "０", "９", "①", "٣", "二", "İ", "ß", "ﬃ",
    "0", "-0", "-1", "1e400", "-1e400", "1e-400", "1e15", "9223372036854775807", "9223372036854775808",
    "-9223372036854775808", "18446744073709551616", "99999999999999999999999999999999", "1000000000000",
    "1000000000001", "0x7fffffffffffffff", "NaN", "nan", "inf", "-inf", "Infinity", "1.5", "1.", ".5", "0.0", "+1",
    "null", "true", "false", "~", "\"", "'", "\\", "\\\\", "\\\"", "\\ud800", "\\udc00", "\\ud83d\\ude00", "\\u0000",
    "\\u001b", "\\u202e", "\\u2028", "{", "}", "[", "]", "{}", "[]", ":", ": ", ",", "#", " #", "&a ", "*a", "&a [*a]",
    "<<: ", "!!binary ", "!!int ", "---\n", "...\n", "%YAML 1.2\n", "? ", "- ", "| \n", "> \n", "@", "`", "%s%n",
    "$(x)",
    "../", "/", "//", "..", "~1", "=", "=1+1", " ", "  ", "                                                        ",
    String(repeating: "[", count: 600), String(repeating: "{\"a\":", count: 600), String(repeating: "9", count: 400),
    String(repeating: "\u{301}", count: 200), String(repeating: "- ", count: 600),
  ]
}
