import CNcurses
import Glibc

/// What the terminal's description says, once a screen is open.
enum Terminfo {
  /// Whether a string capability is there.
  static func has(_ capability: String) -> Bool { string(capability) != nil }

  /// A string capability, without the delays that old terminals needed.
  static func string(_ capability: String) -> String? {
    // tigetstr answers (char *)-1 for a name that is no string capability.
    guard let value = tigetstr(capability), UInt(bitPattern: value) != .max else { return nil }
    var text = String(cString: value)
    while let start = text.utf8.indices.first(where: { text.utf8[$0...].starts(with: "$<".utf8) }),
      let end = text[start...].firstIndex(of: ">")
    {
      text.removeSubrange(start...end)
    }
    return text
  }

  /// The number of colours, 0 for none.
  static var colors: Int { max(0, Int(tigetnum("colors"))) }

  /// Whether colours beyond the first eight are given as red, green and blue, as `xterm-direct` does.
  static var isDirectColor: Bool {
    // Depending on the description it is a flag, a number or a string.
    tigetflag("RGB") > 0 || tigetnum("RGB") > 0 || has("RGB")
  }

  /// Whether the terminal puts marks around a paste when it is asked to: a description that has xterm's alternate screen is of
  /// one that knows xterm's private modes, or skips those that it doesn't.
  static var marksPastes: Bool { string("rmcup").map { strstr($0, "[?1049l") != nil } ?? false }

  /// What takes the terminal back from a full-screen program: attributes, cursor, keypad, alternate screen.
  static var leaveSequence: String {
    ["sgr0", "op", "cnorm", "rmkx", "rmcup"].compactMap(string).reduce("", +) + "\r"
  }
}
