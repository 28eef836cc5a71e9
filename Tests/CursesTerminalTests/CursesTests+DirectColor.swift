import Glibc
import TerminalScreen
import Testing

@testable import CursesTerminal

extension CursesTests {
  private static let description = """
    xterm-direct|xterm with red and green and blue,
    \tRGB, colors#0x1000000, pairs#0x10000,
    \tsetab=\\E[%?%p1%{8}%<%t4%p1%d%e48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,
    \tsetaf=\\E[%?%p1%{8}%<%t3%p1%d%e38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,
    \tsetb@, setf@, initc@, use=xterm-256color,

    """

  /// Runs a program and returns its exit status.
  static func run(_ command: String...) -> Int32 {
    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var child: pid_t = 0
    var status: Int32 = -1
    guard posix_spawnp(&child, command[0], nil, nil, &arguments, environ) == 0 else { return -1 }
    waitpid(child, &status, 0)
    return status
  }

  static func temporaryFolder() throws -> String {
    var template = Array("/tmp/wxtop-test-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    return template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }

  @Test func `with a description for it, colours are sent as red, green and blue, and the terminal's own stay its own`()
    async throws
  {
    let folder = try Self.temporaryFolder()
    defer { _ = Self.run("rm", "-r", folder) }
    let source = open("\(folder)/source", O_CREAT | O_WRONLY, 0o600)
    write(source, Self.description, Self.description.utf8.count)
    close(source)
    try #require(Self.run("tic", "-x", "-o", folder, "\(folder)/source") == 0)
    let pty = try PseudoTerminal()
    let path = pty.path
    // In a process of its own, as curses reads the variable from the process's environment.
    await #expect(processExitsWith: .exitCode(7)) { [path = path as String, folder = folder as String] in
      await MainActor.run {
        setenv("TERMINFO", folder, 1)
        let slave = open(path, O_RDWR | O_NOCTTY)
        let environment = CursesTests.environment.merging(["COLORTERM": "truecolor"]) { $1 }
        guard
          let terminal = try? CursesTerminal.open(environment: environment, asks: false, input: slave, output: slave),
          terminal.traits.hasDirectColor, terminal.traits.notices.isEmpty
        else { exit(99) }
        var palette = Palette()
        palette[.failure] = .rgb(1, 2, 3)
        palette[.selection] = .indexed(196)
        palette[.good] = .indexed(2)
        terminal.use(palette)
        var shown = Frame(terminal.size)
        shown.write("bad", row: 0, column: 0, style: Style(.failure, on: .selection))
        shown.write("good", row: 1, column: 0, style: Style(.good))
        terminal.present(shown)
        terminal.close()
        exit(7)
      }
    }
    let output = try pty.output()
    #expect(output.contains("38;2;1;2;3") && output.contains("48;2;255;0;0") && output.contains("\u{1B}[32m"))
  }

  @Test func `without a description for it, the nearest of 256 is sent, and nobody is told`() async throws {
    let environment = ["TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"]
    try await withTerminal(environment) { terminal, pty in
      #expect(terminal.traits.notices.isEmpty)
      if terminal.traits.hasDirectColor { return }
      var palette = Palette()
      palette[.failure] = .rgb(250, 2, 3)
      terminal.use(palette)
      var shown = Frame(terminal.size)
      shown.write("bad", row: 0, column: 0, style: Style(.failure))
      terminal.present(shown)
      let output = try pty.output()
      #expect(output.contains("\u{1B}[38;5;196m"))
    }
  }
}

@Suite struct DirectColorTests {
  @Test(
    arguments: [
      ("xterm-256color", "truecolor", true), ("xterm-kitty", "24bit", true), ("xterm-256color", "yes", false),
      ("xterm-256color", nil, false), ("tmux-256color", "truecolor", false), ("screen", "truecolor", false),
      ("linux", "truecolor", false), ("dumb", "truecolor", false),
    ])
  func `the environment decides`(term: String, color: String?, isWanted: Bool) {
    var environment = ["TERM": term]
    environment["COLORTERM"] = color
    #expect(DirectColor.isWanted(environment) == isWanted)
  }

  @Test(
    arguments: [
      ("xterm-256color", ["xterm-256color-direct", "xterm-direct"]),
      ("alacritty", ["alacritty-direct", "xterm-direct"]),
      ("foot", ["foot-direct", "xterm-direct"]), ("tmux-256color", ["tmux-256color-direct", "tmux-direct"]),
      ("rxvt-unicode", ["rxvt-unicode-direct", "rxvt-direct"]), ("linux", []), ("", []),
    ])
  func `a terminal's own description comes first, and xterm's only where the keys are xterm's`(
    term: String, descriptions: [String]
  ) {
    #expect(DirectColor.descriptions(for: ["TERM": term]) == descriptions)
  }
}
