import CNcurses
import Glibc
import TerminalScreen
import Testing

@testable import CursesTerminal

extension CursesTests {
  /// Waits for what a process does on its own account; asks the system, and no clock.
  func until(_ condition: () -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(10)
    while !condition() {
      try #require(ContinuousClock.now < end, "not within ten seconds")
      await Task.yield()
      usleep(200)
    }
  }

  private func expectRestored(_ pty: PseudoTerminal, after entered: String = "") async throws {
    try await until { pty.isCooked }
    var output = entered
    while !output.contains("\u{1B}[?1049l") { output += try String(decoding: pty.read(within: 10_000), as: UTF8.self) }
    #expect(output.contains("\u{1B}[?1049h") && output.contains("\u{1B}[?25h"))
    #expect(output.contains(PasteMarks.off) && output.contains(MouseReports.off))
    #expect(output.contains(SynchronizedOutput.end))
  }

  /// Draws in a process of its own, whose controlling terminal it is if that is wished.
  static func draw(on path: String, controls: Bool = false) -> CursesTerminal {
    if controls { setsid() }
    let slave = open(path, controls ? O_RDWR : O_RDWR | O_NOCTTY)
    guard let terminal = try? CursesTerminal.open(environment: environment, asks: false, input: slave, output: slave)
    else { exit(99) }
    terminal.present(Frame(terminal.size, filledWith: Cell("x")))
    return terminal
  }

  @Test(arguments: [true, false])
  func `after SIGKILL the terminal is as it was`(controls: Bool) async throws {
    let pty = try PseudoTerminal()
    let path = pty.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, controls = controls as Bool] in
      await MainActor.run {
        let terminal = CursesTests.draw(on: path, controls: controls)
        terminal.setMouse(true)
        kill(getpid(), SIGKILL)
      }
    }
    try await expectRestored(pty)
  }

  @Test func `killing the whole process group does not kill the guard`() async throws {
    let pty = try PseudoTerminal()
    let path = pty.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      await MainActor.run {
        _ = CursesTests.draw(on: path, controls: true)
        for signal in [SIGHUP, SIGTERM, SIGINT, SIGQUIT] { kill(cncurses_guard(), signal) }
        kill(0, SIGKILL)
      }
    }
    try await expectRestored(pty)
  }

  /// The child would hold the pipe open, and the guard would wait for it.
  @Test func `a child that lives on does not delay the guard`() async throws {
    let pty = try PseudoTerminal()
    let path = pty.path
    let note = "/tmp/wxtop-guard-test-\(getpid())"
    defer { unlink(note) }
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, note = note as String] in
      await MainActor.run {
        // The test's own pipes are not for the child.
        for descriptor in 3..<200 as Range<Int32> { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        _ = CursesTests.draw(on: path)
        var child: pid_t = 0
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("60"), nil]
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        for output in 1...2 as ClosedRange<Int32> {
          posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY, 0)
        }
        posix_spawnp(&child, "sleep", &actions, nil, &arguments, nil)
        let file = open(note, O_CREAT | O_WRONLY, 0o600)
        let text = "\(child)"
        write(file, text, text.utf8.count)
        kill(getpid(), SIGKILL)
      }
    }
    try await expectRestored(pty)
    var text = [UInt8](repeating: 0, count: 16)
    let file = open(note, O_RDONLY)
    let count = read(file, &text, text.count)
    close(file)
    let child = try #require(pid_t(String(decoding: text[..<max(0, count)], as: UTF8.self)))
    #expect(kill(child, SIGKILL) == 0, "it should still have been there")
  }

  /// The descriptors of pipes; the one that is new with the guard is the line to it.
  static var pipes: Set<Int32> {
    Set(
      (3..<200).filter {
        var facts = stat()
        return fstat($0, &facts) == 0 && facts.st_mode & S_IFMT == S_IFIFO
      })
  }

  @Test(arguments: [(true, false), (true, true), (false, false)])
  func `a death is made good where the terminal was the program's, not while it was away or another job has it`(
    isOurs: Bool, isAway: Bool
  ) async throws {
    let pty = try PseudoTerminal()
    let path = pty.path
    await #expect(processExitsWith: .exitCode(7)) {
      [path = path as String, isOurs = isOurs as Bool, isAway = isAway as Bool] in
      await MainActor.run {
        setsid()
        let slave = open(path, O_RDWR)
        guard
          let terminal = try? CursesTerminal.open(
            environment: CursesTests.environment, asks: false, input: slave, output: slave)
        else { exit(99) }
        let opened = CursesTests.pipes
        terminal.present(Frame(terminal.size, filledWith: Cell("x")))
        let guardian = cncurses_guard()
        if !isOurs {
          // Its own group is as good as any other.
          signal(SIGTTOU, SIG_IGN)
          tcsetpgrp(slave, guardian)
        }
        if isAway { cncurses_tell_guard(true) }
        // To the guard this is the end of the program, which here lives on to see what it does.
        for line in CursesTests.pipes.subtracting(opened) { close(line) }
        waitpid(guardian, nil, 0)
        _exit(7)
      }
    }
    let output = try pty.output()
    #expect(output.contains("\u{1B}[?1049h"))
    let isMadeGood = isOurs && !isAway
    #expect(pty.isCooked == isMadeGood && output.contains("\u{1B}[?1049l") == isMadeGood)
  }

  static func descriptors(of process: pid_t) -> Int {
    guard let folder = opendir("/proc/\(process)/fd") else { return -1 }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    return count - 2
  }

  /// The kilobytes that a process shares with no other.
  private static func privateMemory(of process: pid_t) -> Int {
    let file = open("/proc/\(process)/smaps_rollup", O_RDONLY)
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = read(file, &bytes, bytes.count)
    let text = String(decoding: bytes[..<max(0, count)], as: UTF8.self)
    let line = text.split(separator: "\n").first { $0.hasPrefix("Private_Dirty:") }
    return line.flatMap { $0.split(separator: " ").dropLast().last }.flatMap { Int($0) } ?? .max
  }

  @Test func `a guard keeps nothing but what it needs, and goes when the terminal is closed`() async throws {
    try await withTerminal { terminal, pty in
      #expect(cncurses_guard() < 0)
      terminal.present(frame(terminal, "one"))
      let guardian = cncurses_guard()
      #expect(guardian > 0 && kill(guardian, 0) == 0)
      _ = try pty.output()
      try await until { Self.descriptors(of: guardian) == 3 && Self.privateMemory(of: guardian) < 1_024 }
      terminal.close()
      #expect(kill(guardian, 0) == -1 && errno == ESRCH)
      #expect(cncurses_guard() < 0)
      #expect(pty.isCooked)
    }
  }

  @Test func `a guard that was stopped does not keep the program from closing`() async throws {
    try await withTerminal { terminal, pty in
      terminal.present(frame(terminal, "one"))
      let guardian = cncurses_guard()
      kill(guardian, SIGSTOP)
      _ = try pty.output()
      terminal.close()
      #expect(kill(guardian, 0) == -1)
    }
  }
}
