/// Asks the terminal to put marks around a paste, so that a pasted text does not act as keys. curses knows nothing of it.
nonisolated struct PasteMarks {
  let isOn: Bool

  static let on = "\u{1B}[?2004h"
  static let off = "\u{1B}[?2004l"

  /// What asks for marks, where the terminal has them.
  var begin: String { isOn ? Self.on : "" }
  /// What asks for none.
  var end: String { isOn ? Self.off : "" }
}
