import TerminalScreen

/// The mouse as xterm reports it (modes 1000 and 1006).
nonisolated enum MouseReports {
  static let on = "\u{1B}[?1000h\u{1B}[?1006h"
  static let off = "\u{1B}[?1006l\u{1B}[?1000l"

  /// What `ESC [ <`, parameters and `M` report; nil for what is no event of ours, as a release.
  static func mouse(_ final: UInt32, _ parameters: [UInt8]) -> Mouse? {
    guard final == 0x4D, parameters.first == 0x3C else { return nil }
    let numbers = parameters.dropFirst().split(separator: 0x3B, omittingEmptySubsequences: false)
      .compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    guard numbers.count == 3 else { return nil }
    return mouse(button: numbers[0], column: numbers[1], row: numbers[2])
  }

  /// What the three bytes behind `ESC [ M` report: terminals that do not know mode 1006 send these.
  static func mouse(legacy bytes: [UInt8]) -> Mouse? {
    guard bytes.count == 3 else { return nil }
    return mouse(button: Int(bytes[0]) - 32, column: Int(bytes[1]) - 32, row: Int(bytes[2]) - 32)
  }

  private static func mouse(button: Int, column: Int, row: Int) -> Mouse? {
    guard column > 0, row > 0 else { return nil }
    let modifiers = 4 | 8 | 16
    let deed: Mouse.Deed? =
      switch button & ~modifiers {
      case 0: .press
      case 64: .wheelUp
      case 65: .wheelDown
      default: nil
      }
    return deed.map { Mouse($0, row: row - 1, column: column - 1) }
  }
}
