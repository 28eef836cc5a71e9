import CNcurses
import Glibc
import TerminalScreen
import Testing

@testable import CursesTerminal

extension CursesTests {
  static let width = "\u{1B}[2;3R"
  static let background = "\u{1B}]11;rgb:ffff/fdfd/e3e3\u{1B}\\"
  static let mode = "\u{1B}[?2026;2$y"
  static let sentinel = "\u{1B}[?62;22c"

  @Test func `a terminal is asked once, before the first frame, and what it says is told once`() async throws {
    try await withTerminal(asks: true) { terminal, pty in
      let opening = try pty.output()
      #expect(opening.contains("█\u{1B}[6n") && opening.contains("]11;?") && opening.contains("[?2026$p"))
      #expect(opening.hasSuffix("\u{1B}[c\u{1B}[2;1H\u{1B}[2K\u{1B}[H"))
      var events = terminal.events.makeAsyncIterator()
      pty.type("a" + Self.width + "b" + Self.mode + Self.background + Self.sentinel + "c")
      #expect(await events.next() == .key("a"))
      #expect(await events.next() == .key("b"))
      #expect(
        await events.next()
          == .learned(TerminalAnswers(isDark: false, isAmbiguousWide: true, isSynchronized: true)))
      #expect(await events.next() == .key("c"))
      pty.type(Self.sentinel + Self.width + "d")
      #expect(await events.next() == .key("d"))
    }
  }

  @Test(arguments: 1..<61)
  func `answers may come in pieces, cut anywhere`(cut: Int) async throws {
    try await withTerminal(asks: true) { terminal, pty in
      let text = Array((Self.width + Self.mode + Self.background + Self.sentinel).utf8)
      pty.type(Array(text.prefix(cut)))
      terminal.readKeys()
      pty.type(Array(text.dropFirst(cut)))
      terminal.readKeys()
      pty.type("!")
      var events = terminal.events.makeAsyncIterator()
      #expect(
        await events.next()
          == .learned(TerminalAnswers(isDark: false, isAmbiguousWide: true, isSynchronized: true)))
      #expect(await events.next() == .key("!"))
    }
  }

  @Test func `silence is told too, and what comes later is news and no keys`() async throws {
    try await withTerminal(asks: true) { terminal, pty in
      var events = terminal.events.makeAsyncIterator()
      // An Esc cannot be told from the beginning of an answer before that.
      pty.type("\u{1B}")
      #expect(await events.next() == .learned(TerminalAnswers()))
      #expect(await events.next() == .key(.escape))
      pty.type("\u{1B}[2;2R\u{1B}]11;rgb:0/0/0\u{7}" + Self.sentinel)
      #expect(await events.next() == .learned(TerminalAnswers(isDark: true, isAmbiguousWide: false)))
    }
  }

  @Test(arguments: ["linux", "vt100", "xterm-256color"])
  func `a terminal that would show a question is not asked`(term: String) async throws {
    try await withTerminal(["TERM": term, "LANG": "C.UTF-8"], asks: true) { terminal, pty in
      #expect(terminal.questions.areOpen == (term == "xterm-256color"))
      let opening = try pty.output()
      #expect(opening.contains("\u{1B}[c") == (term == "xterm-256color"))
      pty.type(Self.sentinel)
    }
  }

  @Test func `answers that are under way when it closes do not reach the shell`() async throws {
    try await withTerminal(asks: true) { terminal, pty in
      terminal.present(frame(terminal, "one"))
      pty.type(Self.width + Self.background + Self.sentinel)
      terminal.close()
      #expect(cncurses_readable_bytes(pty.slave) == 0)
    }
  }

  @Test func `frames are held together only where the terminal has said that it can`() async throws {
    try await withTerminal(asks: true) { terminal, pty in
      terminal.present(frame(terminal, "one"))
      #expect(try !pty.output().contains("2026h"))
      pty.type(Self.mode + Self.sentinel)
      var events = terminal.events.makeAsyncIterator()
      #expect(await events.next() == .learned(TerminalAnswers(isSynchronized: true)))
      terminal.present(frame(terminal, "two"))
      let output = try pty.output()
      #expect(output.hasPrefix(SynchronizedOutput.begin) && output.hasSuffix(SynchronizedOutput.end))
      terminal.present(frame(terminal, "two"))
      #expect(try pty.output() == "")
    }
  }
}

@Suite struct AnswerTests {
  @Test(
    arguments: [
      ("11;rgb:0000/0000/0000", true), ("11;rgb:ffff/ffff/ffff", false), ("11;rgb:0/0/0", true),
      ("11;rgb:fd/f6/e3", false), ("11;rgb:00/2b/36", true), ("11;rgba:1e1e/1e1e/1e1e/ffff", true),
      ("11;rgb:fff/fff/fff", false), ("11;rgb:8080/8080/8080", false), ("11;rgb:3030/0a0a/2424", true),
    ])
  func `a background is dark when white is easier to read upon it`(text: String, isDark: Bool) {
    #expect(Answer(string: Array(text.utf8)) == .background(isDark: isDark))
  }

  @Test(arguments: ["11;rgb:0/0", "11;rgb:0/0/0/0", "11;rgb:00000/0/0", "11;rgb:x/0/0", "10;rgb:0/0/0", "11;?", ""])
  func `anything else is no answer`(text: String) {
    #expect(Answer(string: Array(text.utf8)) == nil)
  }

  @Test(
    arguments: [
      ("xterm-256color", true), ("tmux-256color", true), ("screen.xterm-256color", true), ("st-256color", true),
      ("foot", true), ("alacritty-direct", true), ("xterm-ghostty", true), ("rxvt-unicode", true), ("linux", false),
      ("vt100", false), ("dumb", false), ("", false), ("stv52", false), ("xtermm", false),
    ])
  func `those that follow xterm are known by name`(term: String, follows: Bool) {
    #expect(TerminalKind(["TERM": term]).followsXterm == follows)
  }
}
