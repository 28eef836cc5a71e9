/// When colours are given to the terminal as red, green and blue, and by which description of it.
nonisolated enum DirectColor {
  /// Whether the environment says that the terminal can, and nothing stands between that would spoil it.
  static func isWanted(_ environment: [String: String]) -> Bool {
    guard let name = environment["COLORTERM"], name == "truecolor" || name == "24bit" else { return false }
    let kind = TerminalKind(environment)
    return kind.followsXterm && !kind.isMultiplexer
  }

  /// The descriptions to try, best first. They may be missing: most systems have them in a package of its own.
  static func descriptions(for environment: [String: String]) -> [String] {
    let name = environment["TERM"] ?? ""
    let kind = TerminalKind(environment)
    guard kind.followsXterm else { return [] }
    let own = [name, name.split(separator: "-").dropLast().joined(separator: "-")].filter { !$0.isEmpty }
      .map { $0 + "-direct" }
    return own.first == "xterm-direct" || own.last == "xterm-direct" || !kind.hasXtermsColors
      ? own : own + ["xterm-direct"]
  }
}
