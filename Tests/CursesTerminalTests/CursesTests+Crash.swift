import Glibc
import TerminalScreen
import Testing

@testable import CursesTerminal

extension CursesTests {
  private func expectRestored(_ pty: PseudoTerminal) throws {
    #expect(pty.isCooked)
    let output = try pty.output()
    let entered = try #require(output.firstRange(of: "\u{1B}[?1049h"))
    let left = try #require(output.firstRange(of: "\u{1B}[?1049l"))
    #expect(entered.upperBound < left.lowerBound)
    #expect(output.contains("\u{1B}[?25h"))
    #expect(output.contains("last words"))
  }

  /// Draws in a process of its own, that is about to crash.
  static func drawInChild(on path: String) {
    let slave = open(path, O_RDWR | O_NOCTTY)
    guard let terminal = try? CursesTerminal.open(environment: environment, input: slave, output: slave) else {
      exit(99)
    }
    terminal.present(Frame(terminal.size, filledWith: Cell("x")))
    let words = "last words"
    write(slave, words, words.utf8.count)
  }

  @Test func `after SIGSEGV the terminal is as it was`() async throws {
    let pty = try PseudoTerminal()
    let path = pty.path
    await #expect(processExitsWith: .signal(SIGSEGV)) { [path = path as String] in
      await CursesTests.drawInChild(on: path)
      raise(SIGSEGV)
    }
    try expectRestored(pty)
  }

  @Test func `after SIGABRT the terminal is as it was`() async throws {
    let pty = try PseudoTerminal()
    let path = pty.path
    await #expect(processExitsWith: .signal(SIGABRT)) { [path = path as String] in
      await CursesTests.drawInChild(on: path)
      abort()
    }
    try expectRestored(pty)
  }

  @Test func `after a trap of Swift the terminal is as it was`() async throws {
    let pty = try PseudoTerminal()
    let path = pty.path
    await #expect(processExitsWith: .failure) { [path = path as String] in
      await CursesTests.drawInChild(on: path)
      fatalError("as asked for")
    }
    try expectRestored(pty)
  }

  @Test func `after SIGTRAP, SIGILL, SIGBUS and SIGFPE the terminal is as it was`() async throws {
    for signal in [SIGTRAP, SIGILL, SIGBUS, SIGFPE] {
      let pty = try PseudoTerminal()
      let path = pty.path
      await #expect(processExitsWith: .signal(signal)) { [path = path as String, signal = signal as Int32] in
        await CursesTests.drawInChild(on: path)
        raise(signal)
      }
      try expectRestored(pty)
    }
  }
}
