import CNcurses
import Glibc

/// The two streams that curses wants, upon copies of the descriptors, so that closing them leaves the originals open.
struct TerminalFiles {
  let input: UnsafeMutablePointer<FILE>
  let output: UnsafeMutablePointer<FILE>

  init(input: Int32, output: Int32) throws(CursesTerminalError) {
    guard isatty(input) == 1, isatty(output) == 1 else { throw .notATerminal }
    guard let reading = Self.open(input, "r") else { throw .noScreen }
    guard let writing = Self.open(output, "w") else {
      fclose(reading)
      throw .noScreen
    }
    self.input = reading
    self.output = writing
  }

  func close() {
    fclose(input)
    fclose(output)
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
