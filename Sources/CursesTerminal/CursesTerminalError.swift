/// Why a terminal could not be opened.
public enum CursesTerminalError: Error, Hashable, Sendable {
  /// Standard input or output is not a terminal.
  case notATerminal
  /// `TERM` names a terminal that cannot move its cursor, such as `dumb`: only plain text is of use there.
  case dumb(String)
  /// Neither `TERM` nor any of the fallbacks has a description on this system.
  case noTerminalDescription(String)
  /// curses could not make its window; there is no memory, or the system refused a file descriptor.
  case noScreen
  /// The process has a terminal open already: curses has room for one.
  case alreadyOpen
}
