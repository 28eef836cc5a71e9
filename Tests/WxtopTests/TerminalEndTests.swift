import Glibc
import Testing
import WeixinModel
import WeixinSimulator

/// However wxtop ends, the terminal is as it was.
@Suite(.terminals)
struct TerminalEndTests {
  private static let day = "--date 2024-11-11"

  @Test(arguments: ["q", "Q", "C-c"])
  func `a key ends it`(key: String) async throws {
    try await withSimulator { simulator, place in
      try await withWindow(Self.day, simulator, place: place) { window in
        try await window.sees("52,635 messages")
        #expect(try await window.facts().isAlternate)
        #expect(try await !window.facts().hasCursor)
        try await window.press(key)
        try await window.expectEnd(status: 0)
      }
    }
  }

  /// With a token that never comes and days that never come: calls that may last ten minutes must not hold it up.
  @Test(arguments: [Fault(.silent, on: .token), Fault(.silent, on: .hourly)])
  func `it ends at once while calls are under way`(fault: Fault) async throws {
    try await withSimulator(fault: fault) { simulator, place in
      try await withWindow(Self.day, simulator, place: place) { window in
        _ = try await until("the call") { await simulator.calls[fault.endpoint ?? .token] }
        try await window.sees("Mon 2024-11-11")
        try await window.press("q")
        try await window.expectEnd(status: 0)
      }
    }
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
  func `a signal ends it in order`(signal: Int32) async throws {
    try await withSimulator { simulator, place in
      try await withWindow(Self.day, simulator, place: place) { window in
        try await window.sees("52,635 messages")
        #expect(kill(try await window.pid(), signal) == 0)
        try await window.expectEnd(status: 128 + signal)
      }
    }
  }

  @Test(arguments: [SIGSEGV, SIGABRT, SIGILL, SIGTRAP, SIGBUS, SIGFPE])
  func `a crash leaves a sane terminal`(signal: Int32) async throws {
    try await withSimulator { simulator, place in
      try await withWindow(Self.day, simulator, place: place, before: "export SWIFT_BACKTRACE=enable=yes") { window in
        try await window.sees("52,635 messages")
        #expect(kill(try await window.pid(), signal) == 0)
        try await window.expectEnd(status: 128 + signal)
      }
    }
  }

  @Test func `sudden death leaves a sane terminal`() async throws {
    try await withSimulator { simulator, place in
      try await withWindow(Self.day, simulator, place: place) { window in
        try await window.sees("52,635 messages")
        #expect(kill(try await window.pid(), SIGKILL) == 0)
        try await window.expectEnd(status: 128 + SIGKILL)
      }
    }
  }

  @Test func `sudden death gives a shell its terminal back`() async throws {
    try await withSimulator { simulator, place in
      try await withWindow("", simulator, place: place, isInteractive: true) { window in
        try await window.sees("prompt>")
        try await window.type("sh -c 'echo $$ >\(place.file("pid")); exec $WXTOP \(Self.day)'\n")
        try await window.sees("52,635 messages")
        #expect(kill(try await window.pid(), SIGKILL) == 0)
        try await window.sees("the shell") { !$0.has("52,635 messages") && $0.has("prompt>") }
        // This shell leaves the modes to the guard.
        try await window.becomesCooked()
        try await window.type("stty -a; printf 'still %s\\n' here\n")
        try await window.sees(" icanon", " echo ", "\nstill here")
        #expect(try await !window.facts().isAlternate)
        #expect(try await window.facts().hasCursor)
      }
    }
  }

  @Test func `the demo's folder goes at a signal too`() async throws {
    try await withWindow("--demo") { window in
      try await window.sees(" messages", "? help")
      #expect(try !window.place.files(in: "tmp").isEmpty)
      #expect(kill(try await window.pid(), SIGTERM) == 0)
      try await window.expectEnd(status: 143)
      #expect(try window.place.files(in: "tmp").isEmpty)
    }
  }

  @Test func `when the terminal closes it goes`() async throws {
    try await withSimulator { simulator, place in
      let window = try await TerminalWindow.open(Self.day, place: place, simulator)
      let pid = try await window.pid()
      try await window.sees("52,635 messages")
      await window.close()
      _ = try await until("the end of wxtop") { isRunning(pid) ? nil : true }
    }
  }

  @Test func `when the terminal closes it goes though nobody passes the hang-up on`() async throws {
    try await withSimulator { simulator, place in
      // Under sudo or nohup SIGHUP is ignored from the start.
      let window = try await TerminalWindow.open(Self.day, place: place, simulator, before: "trap '' HUP")
      let pid = try await window.pid()
      try await window.sees("52,635 messages")
      await window.close()
      _ = try await until("the end of wxtop") { isRunning(pid) ? nil : true }
    }
  }

  @Test func `^Z goes to the shell, and fg comes back`() async throws {
    try await withSimulator { simulator, place in
      try await withWindow("", simulator, place: place, isInteractive: true) { window in
        try await window.sees("prompt>")
        try await window.type("$WXTOP \(Self.day)\n")
        let before = try await window.sees("52,635 messages", "▴250%")
        try await window.press("C-z")
        // Not before its prompt is there: until then keys are wxtop's.
        try await window.sees("the shell") { !$0.has("52,635 messages") && $0.hasPrompt }
        #expect(try await !window.facts().isAlternate)
        #expect(try await window.facts().hasCursor)
        try await window.type("stty -a; echo still here\n")
        try await window.sees(" icanon", " echo ", "\nstill here")
        try await window.resize(100, 30)
        try await window.type("fg\n")
        try await window.sees("the day again, wider") { screen in
          screen.rows.count == 30 && screen.rows[1].hasPrefix(" 52,635 messages")
            && screen.rows[1].hasSuffix("final ✓") && screen.rows[1].count == 99
        }
        try await window.resize(80, 24)
        try await window.sees("the day as before") { $0.rows[0] == before.rows[0] && $0.rows[1] == before.rows[1] }
        try await window.press("C-z")
        try await window.sees("the shell again") { !$0.has("52,635 messages") && $0.hasPrompt }
        try await window.type("kill %1; wait; echo ended\n")
        try await window.sees("\nended")
        #expect(try await !window.facts().isAlternate)
      }
    }
  }
}
