import CNcurses
import Glibc
import TerminalScreen
import Testing

@testable import CursesTerminal

extension CursesTerminal {
  /// What it tells, to be waited for one by one.
  var events: AsyncStream<TerminalEvent> {
    AsyncStream { continuation in listen { continuation.yield($0) } }
  }
}

/// Owns curses, the locale and the terminal's signals: nothing that needs one of them may run outside of this suite.
@Suite(.serialized, .timeLimit(.minutes(5))) @MainActor
struct CursesTests {
  static let environment = ["TERM": "xterm-256color", "LANG": "C.UTF-8"]

  /// Opens a terminal on a pty, and closes it whatever happens.
  func withTerminal(
    width: Int = 20, height: Int = 4, _ environment: [String: String] = Self.environment,
    asks: Bool = false, _ body: (CursesTerminal, PseudoTerminal) async throws -> Void
  ) async throws {
    let pty = try PseudoTerminal(width: width, height: height)
    let terminal = try CursesTerminal.open(
      environment: environment, asks: asks, input: pty.slave, output: pty.slave)
    defer { terminal.close() }
    pty.flush = { [weak terminal] in terminal.map { $0.state == .closed || $0.outbox.send() } ?? true }
    try await body(terminal, pty)
  }

  func frame(_ terminal: CursesTerminal, _ lines: String...) -> Frame {
    var frame = Frame(terminal.size)
    for (row, line) in lines.enumerated() { frame.write(line, row: row, column: 0) }
    return frame
  }

  /// The scalars of a row as ncurses has them, each wide one once; the blanks at the end left out.
  func text(_ terminal: CursesTerminal, row: Int) -> String {
    var text = String.UnicodeScalarView()
    var column = 0
    while column < terminal.size.width {
      let found = cell(terminal, row: row, column: column)
      text.append(contentsOf: found.text.unicodeScalars)
      column += max(1, found.text.unicodeScalars.first.map { Int(cncurses_width($0.value)) } ?? 1)
    }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  func cell(_ terminal: CursesTerminal, row: Int, column: Int) -> (text: String, attributes: UInt32, pair: Int32) {
    var cell = cchar_t()
    var scalars = [wchar_t](repeating: 0, count: Int(CCHARW_MAX) + 1)
    var attributes: attr_t = 0
    var shortPair: Int16 = 0
    var pair: Int32 = 0
    mvwin_wch(terminal.window, Int32(row), Int32(column), &cell)
    getcchar(&cell, &scalars, &attributes, &shortPair, &pair)
    let text = scalars.prefix { $0 != 0 }.compactMap { Unicode.Scalar(UInt32(bitPattern: $0)) }
    return (String(String.UnicodeScalarView(text)), UInt32(attributes), pair)
  }
}
