import CNcurses
import Glibc
import TerminalScreen
import Testing

@testable import CursesTerminal

extension CursesTests {
  @Test func `a copy goes to the terminal behind the frame`() async throws {
    try await withTerminal { terminal, pty in
      terminal.present(frame(terminal, "one"))
      let first = try pty.output()
      #expect(terminal.copy("今日 7") == .sent)
      #expect(try pty.output() == "\u{1B}]52;c;5LuK5pelIDc=\u{1B}\\")
      terminal.invalidate()
      terminal.present(frame(terminal, "one"))
      let again = try pty.output()
      #expect(again.contains("one") && first.contains("one"))
    }
  }

  @Test func `as much is copied as terminals take, whole, and no more`() async throws {
    try await withTerminal { terminal, pty in
      _ = try pty.output()
      #expect(terminal.copy(String(repeating: "x", count: 56_247)) == .tooLong)
      #expect(try pty.output() == "")
      #expect(terminal.copy(String(repeating: "x", count: 56_244)) == .sent)
      #expect(try pty.output().utf8.count == 74_992 + 9)
    }
  }

  @Test(arguments: ["linux", "vt100"])
  func `a terminal without a clipboard is told nothing`(term: String) async throws {
    try await withTerminal(["TERM": term, "LANG": "C.UTF-8"]) { terminal, pty in
      _ = try pty.output()
      #expect(terminal.copy("one") == .unsupported)
      terminal.setMouse(true)
      #expect(try pty.output() == "")
    }
  }

  @Test func `inside tmux a copy goes to its buffer`() async throws {
    let folder = try Self.temporaryFolder()
    defer { _ = Self.run("rm", "-r", folder) }
    let socket = "\(folder)/socket"
    try #require(Self.run("tmux", "-S", socket, "-f", "/dev/null", "new-session", "-d", "sleep 60") == 0)
    defer { _ = Self.run("tmux", "-S", socket, "kill-server") }
    let environment = ["TERM": "tmux-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "TMUX": "\(socket),1,0"]
    try await withTerminal(environment) { terminal, pty in
      _ = try pty.output()
      let text = "today\n" + String(repeating: "汉", count: 9_000)
      #expect(terminal.copy(text) == .tmux)
      #expect(try pty.output() == "")
      try #require(Self.run("tmux", "-S", socket, "save-buffer", "\(folder)/copy") == 0)
      let copy = open("\(folder)/copy", O_RDONLY)
      defer { close(copy) }
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(copy, &bytes, bytes.count)
      #expect(String(decoding: bytes[..<max(0, count)], as: UTF8.self) == text)
    }
  }

  @Test func `GNU screen hands the sequence on in strings that it can hold`() async throws {
    let environment = ["TERM": "screen-256color", "LANG": "C.UTF-8", "STY": "1.pts"]
    try await withTerminal(environment) { terminal, pty in
      _ = try pty.output()
      #expect(terminal.copy("today") == .sent)
      #expect(try pty.output() == "\u{1B}P\u{1B}]52;c;dG9kYXk=\u{07}\u{1B}\\")
      #expect(terminal.copy(String(repeating: "x", count: 600)) == .sent)
      let strings = try pty.output().split(separator: "\u{1B}\\").map(String.init)
      #expect(strings.allSatisfy { $0.hasPrefix("\u{1B}P") && $0.utf8.count <= 256 })
      let inside = strings.map { String($0.dropFirst(2)) }.joined()
      #expect(inside == "\u{1B}]52;c;" + String(repeating: "eHh4", count: 200) + "\u{07}")
    }
  }

  @Test func `where tmux does not answer, the terminal is asked`() async throws {
    let environment = ["TERM": "xterm-256color", "LANG": "C.UTF-8", "TMUX": "/nowhere,1,0"]
    try await withTerminal(environment) { terminal, _ in #expect(terminal.copy("one") == .sent) }
  }

  @Test func `a program that does not end is not waited for`() {
    for command in [["sleep", "60"], ["no-such-program"], ["false"]] {
      var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
      var variables: [UnsafeMutablePointer<CChar>?] = [nil]
      let text = String(repeating: "x", count: 1 << 20)
      let begin = ContinuousClock.now
      #expect(cncurses_feed(&arguments, &variables, text, text.utf8.count, 50) == -1)
      #expect(ContinuousClock.now - begin < .seconds(5))
      for argument in arguments { free(argument) }
    }
  }
}
