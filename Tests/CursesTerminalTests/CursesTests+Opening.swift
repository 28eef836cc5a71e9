import CNcurses
import Glibc
import TerminalScreen
import Testing

@testable import CursesTerminal

extension CursesTests {
  @Test(
    arguments: [
      (["TERM": "xterm-ghostty", "LANG": "C.UTF-8"], [.unknownTerm("xterm-ghostty", used: "xterm-256color")]),
      (["LANG": "C.UTF-8"], [.unknownTerm("", used: "xterm-256color")]),
      (["TERM": "xterm-256color"], []),
      (["TERM": "xterm-256color", "LC_ALL": "", "LANG": "C.UTF-8"], []),
      (["TERM": "xterm-256color", "LANG": "zz_ZZ.UTF-8"], [.replacedLocale("zz_ZZ.UTF-8", used: "C.UTF-8")]),
      (["TERM": "xterm-256color", "LC_ALL": "POSIX", "LANG": "C.UTF-8"], [.asciiOnly("POSIX")]),
      (["TERM": "xterm-256color", "LC_CTYPE": "C.UTF-8", "LANG": "C"], []),
    ] as [([String: String], [TerminalNotice])])
  func `what was replaced is said`(environment: [String: String], notices: [TerminalNotice]) async throws {
    try await withTerminal(environment) { terminal, _ in
      #expect(terminal.traits.notices == notices)
      #expect(terminal.traits.isUnicode == !notices.contains(.asciiOnly("POSIX")))
    }
  }

  @Test func `a locale of another character set is not said to be missing`() {
    let there = ["zh_CN.GB18030": "GB18030", "C.UTF-8": "UTF-8", "C": "ANSI_X3.4-1968"]
    let choice = LocaleChoice.choose("zh_CN.GB18030") { there[$0] }
    #expect(choice.isUnicode)
    #expect(choice.notice == .unusableCharset("zh_CN.GB18030", charset: "GB18030", used: "C.UTF-8"))
    let missing = LocaleChoice.choose("zh_CN.GBK") { there[$0] }
    #expect(missing.isUnicode && missing.notice == .replacedLocale("zh_CN.GBK", used: "C.UTF-8"))
    let bare = LocaleChoice.choose("zh_CN.GB18030") { $0 == "C.UTF-8" ? nil : there[$0] }
    #expect(!bare.isUnicode && bare.notice == .unusableCharset("zh_CN.GB18030", charset: "GB18030", used: "C"))
    #expect(LocaleChoice.choose("zh_CN.UTF-8") { _ in "utf-8" }.notice == nil)
  }

  @Test func `a dumb terminal and a file are refused, and nothing is written`() throws {
    let pty = try PseudoTerminal()
    #expect(throws: CursesTerminalError.dumb("dumb")) {
      _ = try CursesTerminal.open(environment: ["TERM": "dumb"], input: pty.slave, output: pty.slave)
    }
    #expect(try pty.output() == "")
    #expect(pty.isCooked)
    let file = open("/dev/null", O_RDWR)
    defer { close(file) }
    for (input, output) in [(file, pty.slave), (pty.slave, file), (-1, -1)] {
      #expect(throws: CursesTerminalError.notATerminal) {
        _ = try CursesTerminal.open(environment: Self.environment, input: input, output: output)
      }
    }
  }

  @Test func `closing gives the terminal back as it was, once`() throws {
    let pty = try PseudoTerminal()
    let terminal = try CursesTerminal.open(environment: Self.environment, input: pty.slave, output: pty.slave)
    #expect(throws: CursesTerminalError.alreadyOpen) {
      _ = try CursesTerminal.open(environment: Self.environment, input: pty.slave, output: pty.slave)
    }
    terminal.present(frame(terminal, "one"))
    #expect(!pty.isCooked)
    let before = try pty.output()
    #expect(before.contains("\u{1B}[?1049h") && before.contains("\u{1B}[?25l"))
    terminal.close()
    #expect(pty.isCooked)
    let after = try pty.output()
    #expect(after.contains("\u{1B}[?1049l") && after.contains("\u{1B}[?25h"))
    terminal.close()
    terminal.present(Frame(Size(width: 20, height: 4), filledWith: Cell("x")))
    terminal.invalidate()
    terminal.suspend()
    #expect(try pty.output() == "")
  }

  @Test func `what was typed before anybody listened is told first, and after the end nothing is`() async throws {
    try await withTerminal { terminal, pty in
      pty.type("ab")
      terminal.readKeys()
      var heard: [TerminalEvent] = []
      terminal.listen { heard.append($0) }
      pty.type("c")
      terminal.readKeys()
      #expect(heard == [.key("a"), .key("b"), .key("c")])
      pty.type("d")
      terminal.close()
      terminal.readKeys()
      terminal.listen { heard.append($0) }
      #expect(heard.count == 3)
    }
  }

  /// Once the event source's descriptor was closed before the source was cancelled, which crashed one run in twenty.
  @Test func `closing with input under way, again and again, leaves nothing behind`() async throws {
    let (descriptors, terminals) = (Self.descriptors(of: getpid()), Self.terminals)
    for _ in 0..<200 {
      var guardian: pid_t = 0
      try await withTerminal { terminal, pty in
        pty.type("a")
        await Task.yield()
        terminal.present(frame(terminal, "one"))
        guardian = cncurses_guard()
      }
      #expect(guardian > 0 && kill(guardian, 0) == -1 && errno == ESRCH)
    }
    // A source gives its descriptor back a moment after it was cancelled.
    try await until { Self.terminals == terminals }
    // Other suites may open some meanwhile, but none for each of these rounds.
    #expect(Self.descriptors(of: getpid()) < descriptors + 100)
  }

  /// How many descriptors of terminals this process has, and of files in memory that stand in for one.
  private static var terminals: Int {
    (0..<1_000).count { descriptor in
      var name = [CChar](repeating: 0, count: 64)
      let count = readlink("/proc/self/fd/\(descriptor)", &name, name.count)
      let text = String(decoding: name[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      return ["/dev/pts/", "/dev/ptmx", "/memfd:frame"].contains { text.hasPrefix($0) }
    }
  }
}
