import CNcurses
import Glibc
import TerminalScreen

/// A curses screen that `newterm` made, and the description it made it from.
///
/// Never `initscr`: that ends the process when `TERM` is unknown.
struct ScreenOpening {
  let screen: OpaquePointer
  let notice: TerminalNotice?

  private static let fallbacks = ["xterm-256color", "xterm", "vt100"]

  init(environment: [String: String], files: TerminalFiles, wantsDirectColor: Bool) throws(CursesTerminalError) {
    let name = environment["TERM"] ?? ""
    if name == "dumb" { throw .dumb(name) }
    // The size that the kernel knows beats LINES and COLUMNS, which a shell may have exported long ago.
    use_tioctl(true)
    let wanted = name.isEmpty ? [] : [name]
    let direct = wantsDirectColor ? DirectColor.descriptions(for: environment) : []
    for candidate in direct + wanted + Self.fallbacks {
      guard let screen = newterm(candidate, files.output, files.input) else { continue }
      if !Terminfo.has("cup") {
        endwin()
        delscreen(screen)
        throw .dumb(name)
      }
      self.screen = screen
      notice = candidate == name || direct.contains(candidate) ? nil : .unknownTerm(name, used: candidate)
      return
    }
    throw .noTerminalDescription(name)
  }

  /// Input by single keys, nothing echoed.
  static func setModes(_ environment: [String: String]) {
    raw()
    noecho()
    nonl()
    // Else a frame is left half drawn whenever a key waits, and every row asks for one.
    typeahead(-1)
    set_escdelay(environment["ESCDELAY"].flatMap { Int32($0) } ?? 25)
  }

  /// Prepares colours, and returns how many there are.
  static func startColors() -> Int {
    guard Terminfo.colors >= 8, start_color() == OK else { return 0 }
    use_default_colors()
    return Terminfo.colors
  }
}
