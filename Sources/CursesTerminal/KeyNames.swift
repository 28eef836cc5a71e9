import CNcurses
import TerminalScreen

/// Which key a character, an escape sequence or a number of curses stands for; nil for one that has no name here.
nonisolated enum KeyNames {
  /// The key of a single character.
  static func key(_ scalar: Unicode.Scalar) -> Key? {
    switch scalar.value {
    case 0x00: nil
    case 0x08, 0x7F: .backspace
    case 0x09: .tab
    case 0x0A, 0x0D: .enter
    case 0x1B: .escape
    case 0x01...0x1A: Unicode.Scalar(scalar.value + 0x60).map { .control($0) }
    case 0x1C...0x1F: Unicode.Scalar(scalar.value + 0x40).map { .control($0) }
    case 0x80..<0xA0: nil
    default: .character(scalar)
    }
  }

  /// The key that curses names by a number.
  static func key(code: Int32) -> Key? {
    if let key = codes[code] { return key }
    for number in 1...12 where cncurses_function_key(Int32(number)) == code { return .function(number) }
    return nil
  }

  /// The key of `ESC O` and a letter.
  static func single(_ final: UInt32) -> Key? {
    switch final {
    case 0x50...0x53: .function(Int(final) - 0x4F)
    default: pad[final] ?? letters[final]
    }
  }

  /// The number pad, which in its application mode sends `ESC O` and one of these for what stands on its keys.
  static let pad: [UInt32: Key] = {
    var keys: [UInt32: Key] = [0x20: " ", 0x49: .tab, 0x4D: .enter, 0x58: "="]
    for final in UInt32(0x6A)...0x79 {
      keys[final] = Unicode.Scalar(final - 0x40).map { .character($0) }
    }
    return keys
  }()

  /// The key of `ESC [`, parameters and a letter or tilde.
  static func control(_ final: UInt32, _ parameters: [UInt8]) -> Key? {
    let numbers = parameters.split(separator: 0x3B, omittingEmptySubsequences: false)
      .map { Int(String(decoding: $0, as: UTF8.self)) }
    let first = numbers.first ?? nil
    let modifier = numbers.count > 1 ? numbers[1] ?? 0 : 1
    guard numbers.count < 3, numbers.allSatisfy({ $0 != nil }) || parameters.isEmpty else { return nil }
    if final == 0x7E { return modifier == 1 ? first.flatMap { tildes[$0] } : nil }
    guard first == nil || first == 1 else { return nil }
    switch (final, modifier) {
    case (0x43, 2): return .shiftRight
    case (0x44, 2): return .shiftLeft
    case (0x5A, 1): return .backTab
    // With a parameter, R is the answer to a question about the cursor.
    case (0x50...0x53, 1): return first == nil ? .function(Int(final) - 0x4F) : nil
    default: return modifier == 1 ? letters[final] : nil
    }
  }

  private static let letters: [UInt32: Key] = [
    0x41: .up, 0x42: .down, 0x43: .right, 0x44: .left, 0x46: .end, 0x48: .home,
  ]

  private static let tildes: [Int: Key] = [
    1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5), 17: .function(6),
    18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10), 23: .function(11), 24: .function(12),
  ]

  private static let codes: [Int32: Key] = [
    KEY_UP: .up, KEY_DOWN: .down, KEY_LEFT: .left, KEY_RIGHT: .right, KEY_SLEFT: .shiftLeft, KEY_SRIGHT: .shiftRight,
    KEY_HOME: .home, KEY_END: .end, KEY_PPAGE: .pageUp, KEY_NPAGE: .pageDown, KEY_FIND: .home, KEY_SELECT: .end,
    KEY_A1: .home, KEY_C1: .end, KEY_A3: .pageUp, KEY_C3: .pageDown, KEY_IC: .insert, KEY_DC: .delete,
    KEY_ENTER: .enter, KEY_BTAB: .backTab, KEY_BACKSPACE: .backspace,
  ]
}
