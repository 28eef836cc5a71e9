/// What can be presumed of a terminal by its name, where its description says nothing.
nonisolated struct TerminalKind {
  private let name: String

  init(_ environment: [String: String]) { name = environment["TERM"] ?? "" }

  /// Whether it follows xterm: takes questions and private modes, or skips those that it doesn't know.
  var followsXterm: Bool {
    Self.names.contains { known in
      name.hasPrefix(known) && name.dropFirst(known.count).first?.isLetter != true
    }
  }

  /// Whether it takes red, green and blue as xterm does, and has xterm's keys.
  var hasXtermsColors: Bool { followsXterm && !isMultiplexer && !name.hasPrefix("rxvt") }

  /// Whether another terminal is behind it, with colours of its own.
  var isMultiplexer: Bool { name.hasPrefix("screen") || name.hasPrefix("tmux") }

  private static let names = [
    "xterm", "tmux", "screen", "foot", "alacritty", "rxvt", "kitty", "ghostty", "vte", "gnome", "konsole", "st",
    "stterm",
    "wezterm", "iterm", "iTerm", "mintty", "contour", "putty", "mlterm",
  ]
}
