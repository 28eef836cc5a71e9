import Glibc

/// What a terminal answers to a question.
nonisolated enum Answer: Hashable {
  /// Where the cursor is, counted from 1.
  case cursor(row: Int, column: Int)
  /// Whether the background is dark.
  case background(isDark: Bool)
  /// What a private mode is: 0 unknown, 1 set, 2 reset, 3 and 4 for ever so.
  case mode(Int, value: Int)
  /// What kind of terminal it is; all answer that.
  case attributes

  /// The answer that `ESC [`, parameters and a final character are, if they are one.
  init?(control final: UInt32, _ parameters: [UInt8]) {
    var text = parameters[...]
    let isPrivate = text.first == 0x3F
    if isPrivate { text = text.dropFirst() }
    switch (final, isPrivate) {
    case (0x63, true): self = .attributes
    case (0x52, false):
      let numbers = Self.numbers(text)
      guard numbers.count == 2 else { return nil }
      self = .cursor(row: numbers[0], column: numbers[1])
    case (0x79, true) where text.last == 0x24:
      let numbers = Self.numbers(text.dropLast())
      guard numbers.count == 2 else { return nil }
      self = .mode(numbers[0], value: numbers[1])
    default: return nil
    }
  }

  /// The answer that the text of `ESC ]` is, if it is one: `11;rgb:RRRR/GGGG/BBBB`, with one to four digits each.
  init?(string bytes: [UInt8]) {
    let parts = String(decoding: bytes, as: UTF8.self).split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == "11;rgb" || parts[0] == "11;rgba" else { return nil }
    let channels = parts[1].split(separator: "/", omittingEmptySubsequences: false)
    guard channels.count == (parts[0].hasSuffix("a") ? 4 : 3) else { return nil }
    var levels: [Double] = []
    for channel in channels {
      guard (1...4).contains(channel.utf8.count), let value = UInt16(channel, radix: 16) else { return nil }
      levels.append(Double(value) / Double(1 << (4 * channel.utf8.count) - 1))
    }
    self = .background(isDark: Self.isDark(red: levels[0], green: levels[1], blue: levels[2]))
  }

  /// Whether white is easier to read upon a colour than black, by relative luminance (WCAG).
  private static func isDark(red: Double, green: Double, blue: Double) -> Bool {
    func linear(_ level: Double) -> Double { level <= 0.04045 ? level / 12.92 : pow((level + 0.055) / 1.055, 2.4) }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) < 0.179
  }

  private static func numbers(_ text: ArraySlice<UInt8>) -> [Int] {
    text.split(separator: 0x3B, omittingEmptySubsequences: false)
      .compactMap { Int(String(decoding: $0, as: UTF8.self)) }
  }
}
