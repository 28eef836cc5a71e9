import CNcurses
import Glibc

/// What curses reads from and writes to, upon descriptors of their own, so that closing them leaves the originals open.
struct TerminalFiles {
  let input: UnsafeMutablePointer<FILE>
  /// The terminal while curses opens its screen, then the file in memory that a ``Capture`` puts in its place.
  let output: UnsafeMutablePointer<FILE>
  /// The terminal itself, which never blocks where it can be helped.
  let terminal: Int32

  init(input: Int32, output: Int32) throws(CursesTerminalError) {
    guard isatty(input) == 1, isatty(output) == 1 else { throw .notATerminal }
    terminal = cncurses_reopen_terminal(output)
    guard terminal >= 0 else { throw .noScreen }
    guard let reading = Self.open(input, "r") else {
      Glibc.close(terminal)
      throw .noScreen
    }
    guard let writing = Self.open(output, "w") else {
      fclose(reading)
      Glibc.close(terminal)
      throw .noScreen
    }
    self.input = reading
    self.output = writing
  }

  func close() {
    fclose(input)
    fclose(output)
    Glibc.close(terminal)
  }

  private static func open(_ descriptor: Int32, _ mode: String) -> UnsafeMutablePointer<FILE>? {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { return nil }
    guard let file = fdopen(copy, mode) else {
      Glibc.close(copy)
      return nil
    }
    return file
  }
}
