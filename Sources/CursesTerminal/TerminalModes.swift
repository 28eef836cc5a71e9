import CNcurses
import Glibc

/// The line discipline's modes, before us and while we draw. Not left to curses, which no longer has the terminal's descriptor
/// once its output is caught.
final class TerminalModes {
  private let terminal: Int32
  private var before: termios
  private var drawing: termios

  /// Notes the modes as they are. Fails where there is no terminal.
  init?(of terminal: Int32) {
    var modes = termios()
    guard tcgetattr(terminal, &modes) == 0 else { return nil }
    self.terminal = terminal
    before = modes
    drawing = modes
  }

  /// Notes the modes that curses has set.
  func keepForDrawing() { tcgetattr(terminal, &drawing) }

  func setForDrawing() { tcsetattr(terminal, TCSANOW, &drawing) }

  /// Sets the modes as they were, once all output has arrived: not where the terminal takes none, which would be for ever.
  func restore(afterOutput: Bool) { tcsetattr(terminal, afterOutput ? TCSADRAIN : TCSANOW, &before) }

  /// Prepares the same for a crash, with what is to be sent then.
  func armRestore(leave: String) { cncurses_arm_crash_restore(terminal, &before, leave, leave.utf8.count) }
}
