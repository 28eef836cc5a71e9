import CNcurses
import Glibc
import TerminalScreen
import Testing

@testable import CursesTerminal

extension CursesTests {
  @Test(
    arguments: [
      ("q", [.character("q")]), ("汉", [.character("汉")]), ("é?", [.character("é"), .character("?")]),
      ("\u{1}\u{3}\u{1A}", [.control("a"), .control("c"), .control("z")]),
      ("\r\n\t\u{7F}\u{8}", [.enter, .enter, .tab, .backspace, .backspace]),
      ("\u{1B}[A\u{1B}[B\u{1B}[C\u{1B}[D", [.up, .down, .right, .left]),
      ("\u{1B}OA\u{1B}OB\u{1B}OC\u{1B}OD", [.up, .down, .right, .left]),
      ("\u{1B}[1;2C\u{1B}[1;2D\u{1B}[Z", [.shiftRight, .shiftLeft, .backTab]),
      ("\u{1B}[H\u{1B}OH\u{1B}[1~\u{1B}[7~", [.home, .home, .home, .home]),
      ("\u{1B}[F\u{1B}OF\u{1B}[4~\u{1B}[8~", [.end, .end, .end, .end]),
      ("\u{1B}[5~\u{1B}[6~\u{1B}[2~\u{1B}[3~", [.pageUp, .pageDown, .insert, .delete]),
      ("\u{1B}OP\u{1B}[11~\u{1B}[[A\u{1B}[24~", [.function(1), .function(1), .function(1), .function(12)]),
      ("\u{1B}x\u{1B}[1;5C\u{1B}[1;3D\u{1B}[99z\u{1B}[3;5R", []),
      ("\u{1B}\u{1B}[D\u{1B}]11;rgb:0/0/0\u{7}\u{1B}P1$r\u{1B}\\\u{1B}[57;1u", []),
      ("\u{1B}\r\u{1B}\u{3}\u{1B}[1;\u{3}", [.control("c"), .control("c")]),
      ("\u{1B}", [.escape]), ("\u{1B}\u{1B}", [.escape, .escape]),
    ] as [(String, [Key])])
  func `keys are known in all their spellings, and nothing else is a key`(bytes: String, keys: [Key]) async throws {
    try await withTerminal { terminal, pty in
      pty.type(bytes)
      var events = terminal.events.makeAsyncIterator()
      for key in keys { #expect(await events.next() == .key(key)) }
      // No more than these: the next is what is typed next.
      pty.type("!")
      #expect(await events.next() == .key(.character("!")))
    }
  }

  @Test(arguments: [
    "xterm-256color", "xterm", "vt100", "vt220", "linux", "rxvt", "screen-256color", "tmux-256color", "ansi",
  ])
  func `the number pad gives what stands on its keys, whatever the terminal's description`(term: String) async throws {
    try await withTerminal(["TERM": term, "LANG": "C.UTF-8"]) { terminal, pty in
      var events = terminal.events.makeAsyncIterator()
      for (final, key) in zip("pqrstuvwxyjklmno", "0123456789*+,-./") {
        pty.type("\u{1B}O\(final)")
        #expect(await events.next() == .key(.character(key.unicodeScalars.first ?? " ")))
      }
      pty.type("\u{1B}OM\u{1B}OX\u{1B}O5A\u{1B}O2q\u{1B}[A")
      for key in [.enter, "=", .up] as [Key] { #expect(await events.next() == .key(key)) }
    }
  }

  @Test(arguments: [(nil, 25), ("100", 100), ("soon", 25)])
  func `a lone Esc is waited on for 25 ms, or as ESCDELAY says`(wish: String?, delay: Int32) async throws {
    var environment = Self.environment
    environment["ESCDELAY"] = wish
    try await withTerminal(environment) { _, _ in #expect(get_escdelay() == delay) }
  }

  @Test func `bytes that are no text do not stop the keys behind them`() async throws {
    try await withTerminal { terminal, pty in
      var events = terminal.events.makeAsyncIterator()
      pty.type([0xFF, 0xFE, 0x80] + Array(repeating: 0xC0, count: 40))
      pty.type("\u{1B}[A")
      #expect(await events.next() == .key(.up))
      // A character whose bytes come apart.
      pty.type([0xE6, 0xB1])
      pty.type([0x89])
      #expect(await events.next() == .key(.character("汉")))
    }
  }

  @Test func `a paste is text and no keys, and keys go on behind it`() async throws {
    try await withTerminal(["TERM": "xterm-256color", "LANG": "C.UTF-8"]) { terminal, pty in
      let opening = try pty.output()
      #expect(opening.contains(PasteMarks.on))
      var events = terminal.events.makeAsyncIterator()
      pty.type("\u{1B}[200~q2024-11汉\u{7}\r\u{1B}[201~x")
      #expect(await events.next() == .paste("q2024-11汉\n"))
      #expect(await events.next() == .key("x"))
      terminal.close()
      let closing = try pty.output()
      #expect(closing.contains(PasteMarks.off))
    }
  }

  @Test func `a new size is told once, and drawn to`() async throws {
    try await withTerminal { terminal, pty in
      var events = terminal.events.makeAsyncIterator()
      terminal.present(frame(terminal, "one"))
      for (width, height) in [(100, 30), (10, 2), (60, 20)] {
        pty.setSize(width: width, height: height)
        kill(getpid(), SIGWINCH)
        #expect(await events.next() == .resize(Size(width: width, height: height)))
        #expect(terminal.size == Size(width: width, height: height))
        terminal.present(Frame(terminal.size, filledWith: Cell("x")))
        #expect(cell(terminal, row: height - 1, column: width - 1).text == "x")
        _ = try pty.output()
      }
      // The same size again is no news.
      kill(getpid(), SIGWINCH)
      pty.type("k")
      #expect(await events.next() == .key(.character("k")))
    }
  }

  @Test func `of a storm of sizes the first and the last are told`() async throws {
    try await withTerminal { terminal, pty in
      var events = terminal.events.makeAsyncIterator()
      pty.setSize(width: 100, height: 30)
      kill(getpid(), SIGWINCH)
      #expect(await events.next() == .resize(Size(width: 100, height: 30)))
      for width in 101...120 {
        pty.setSize(width: width, height: 30)
        kill(getpid(), SIGWINCH)
      }
      #expect(await events.next() == .resize(Size(width: 120, height: 30)))
      pty.type("k")
      #expect(await events.next() == .key("k"))
    }
  }

  @Test func `continuing sets the modes again and asks for a frame`() async throws {
    try await withTerminal { terminal, pty in
      var events = terminal.events.makeAsyncIterator()
      let shown = frame(terminal, "one")
      terminal.present(shown)
      _ = try pty.output()
      kill(getpid(), SIGCONT)
      #expect(await events.next() == .resumed)
      #expect(!pty.isCooked)
      terminal.present(shown)
      let output = try pty.output()
      #expect(output.contains("\u{1B}[?1049h") && output.contains("one"))
    }
  }

  @Test func `a terminal that hangs up is told once and then left alone`() async throws {
    try await withTerminal { terminal, pty in
      var events = terminal.events.makeAsyncIterator()
      terminal.present(frame(terminal, "one"))
      pty.type("a")
      #expect(await events.next() == .key(.character("a")))
      pty.hangUp()
      #expect(await events.next() == .closed)
      terminal.present(frame(terminal, "two"))
      // Its end stays readable for ever, so listening on would be a busy loop.
      #expect(terminal.sources?.hasInput == false)
      terminal.close()
      #expect(terminal.listener == nil)
    }
  }
}
