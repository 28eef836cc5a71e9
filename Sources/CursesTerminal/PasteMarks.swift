import Glibc

/// Asks the terminal to put marks around a paste, so that a pasted text does not act as keys. curses knows nothing of it.
struct PasteMarks {
  let output: Int32
  let isOn: Bool

  static let on = "\u{1B}[?2004h"
  static let off = "\u{1B}[?2004l"

  /// Asks for marks, or for none.
  func ask(_ wanted: Bool) {
    guard isOn else { return }
    let bytes = Array((wanted ? Self.on : Self.off).utf8)
    _ = write(output, bytes, bytes.count)
  }
}
