import Glibc
import Testing
import WeixinSimulator

/// A terminal with wxtop in it: tmux, on a server of its own that reads no configuration.
struct TerminalWindow {
  let place: Place
  private let environment: [String: String]

  /// What the terminal shows.
  struct Screen: Equatable {
    var rows: [String]
    var text: String { rows.joined(separator: "\n") }
    func has(_ part: String) -> Bool { text.contains(part) }
  }

  /// What tmux knows of the terminal beside its characters.
  struct Facts: Equatable {
    var isAlternate: Bool
    var hasCursor: Bool
    var width: Int
    var height: Int
  }

  /// Opens a window and runs a script in it, which finds the binary in `$WXTOP`.
  ///
  /// `$START` runs it and notes its process; `$END` says with which status it ended and in which modes it left the terminal.
  /// After SIGKILL (137) these are the work of another process, which is waited for.
  static func open(
    _ arguments: String, place: Place, _ simulator: RunningSimulator? = nil, size: (Int, Int) = (80, 24),
    adding more: [String: String] = [:], before: String = "", isInteractive: Bool = false
  ) async throws -> TerminalWindow {
    let window = TerminalWindow(place: place, environment: place.environment(adding: ["LC_ALL": "C.UTF-8"]))
    var variables = place.environment(simulator, adding: ["TERM": "xterm-256color"].merging(more) { $1 })
    variables["WXTOP"] = Wxtop.path
    variables["PS1"] = "prompt> "
    let exports = variables.map { "export \($0.key)='\($0.value)'\n" }.sorted().joined()
    let start = "sh -c 'echo $$ >\(place.file("pid")); exec \"$WXTOP\" \(arguments)'"
    let isDead = "[ $status = 137 ] && stty -a | grep -q '[-]icanon'"
    let end =
      "{ status=$?; while \(isDead); do sleep 0.1; done; echo \"status=$status\"; stty -a; } >\(place.file("end")); cat \(place.file("end"))"
    try place.write(
      isInteractive
        ? "\(exports)\(before)\nexec sh -i\n" : "\(exports)\(before)\n\(start)\n\(end)\nexec sleep 600\n", to: "script")
    // With `env -i`: what the server was started with is none of wxtop's business.
    try await window.tmux(
      "-u", "-f", "/dev/null", "new-session", "-d", "-x", "\(size.0)", "-y", "\(size.1)",
      "exec env -i PATH=/usr/bin:/bin sh \(place.file("script"))")
    try await window.tmux("set-option", "-g", "status", "off")
    try await window.tmux("set-option", "-g", "window-size", "manual")
    try await window.tmux("resize-window", "-x", "\(size.0)", "-y", "\(size.1)")
    return window
  }

  @discardableResult
  func tmux(_ arguments: String...) async throws -> String {
    let run = try await Wxtop.run(
      "tmux", ["-S", place.file("socket")] + arguments, in: place, environment: environment)
    guard run.status == 0 else {
      throw TimedOut(what: "tmux \(arguments.first ?? ""), which the tests need,", seen: run.error)
    }
    return run.output
  }

  /// Presses keys by tmux's names for them.
  func press(_ keys: String...) async throws {
    for key in keys { try await tmux("send-keys", key) }
  }

  /// Types characters as they are.
  func type(_ text: String) async throws { try await tmux("send-keys", "-l", text) }

  func screen(escapes: Bool = false) async throws -> Screen {
    let text = try await escapes ? tmux("capture-pane", "-p", "-e") : tmux("capture-pane", "-p")
    return Screen(rows: text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init))
  }

  /// The screen as soon as it is as wanted and stands still.
  @discardableResult
  func sees(
    _ what: String, within limit: Duration = .seconds(30), _ isWanted: (Screen) -> Bool
  ) async throws -> Screen {
    var last = Screen(rows: [])
    do {
      return try await until("“\(what)” on the screen", within: limit) {
        let screen = try await screen()
        defer { last = screen }
        return isWanted(screen) && screen == last ? screen : nil
      }
    } catch let error as TimedOut where error.seen.isEmpty {
      throw TimedOut(what: error.what, seen: last.text)
    }
  }

  @discardableResult
  func sees(_ parts: String...) async throws -> Screen {
    try await sees(parts.joined(separator: "”, “")) { screen in parts.allSatisfy(screen.has) }
  }

  func facts() async throws -> Facts {
    let words = try await tmux(
      "display-message", "-p", "#{alternate_on} #{cursor_flag} #{pane_width} #{pane_height}"
    ).split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    try #require(words.count == 4)
    return Facts(isAlternate: words[0] == 1, hasCursor: words[1] == 1, width: words[2], height: words[3])
  }

  /// Waits until the terminal hands over lines and not keys.
  func becomesCooked() async throws {
    let name = try await tmux("display-message", "-p", "#{pane_tty}").split(separator: "\n").first ?? ""
    let terminal = Glibc.open(String(name), O_RDONLY | O_NOCTTY | O_CLOEXEC)
    try #require(terminal >= 0)
    defer { Glibc.close(terminal) }
    _ = try await until("a terminal in its usual modes") {
      var modes = termios()
      return tcgetattr(terminal, &modes) == 0 && modes.c_lflag & UInt32(ICANON) != 0 ? true : nil
    }
  }

  func resize(_ width: Int, _ height: Int) async throws {
    try await tmux("resize-window", "-x", "\(width)", "-y", "\(height)")
  }

  /// The process of wxtop itself.
  func pid() async throws -> pid_t {
    try await until("the start of wxtop") {
      pid_t(place.text(of: "pid").split(separator: "\n").first ?? "")
    }
  }

  /// Waits for the end of wxtop, and expects its status and a terminal as it was before.
  func expectEnd(status: Int32, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let end = try await until("the end of wxtop") {
      let text = place.text(of: "end")
      return text.contains("echoke") ? text : nil
    }
    #expect(end.hasPrefix("status=\(status)\n"), sourceLocation: sourceLocation)
    let facts = try await facts()
    #expect(!facts.isAlternate, sourceLocation: sourceLocation)
    #expect(facts.hasCursor, sourceLocation: sourceLocation)
    let modes = end.split { $0 == " " || $0 == "\n" || $0 == ";" }
    for mode in ["echo", "icanon", "isig", "icrnl", "opost", "onlcr"] {
      #expect(modes.contains(Substring(mode)), "\(mode)", sourceLocation: sourceLocation)
    }
  }

  /// Ends the server and waits for the end of wxtop, which must not call a simulator that is about to stop.
  func close() async {
    _ = try? await tmux("kill-server")
    guard let pid = pid_t(place.text(of: "pid").split(separator: "\n").first ?? "") else { return }
    _ = try? await until("the end of wxtop") { isRunning(pid) ? nil : true }
  }
}

/// A window for the length of a body.
func withWindow(
  _ arguments: String, _ simulator: RunningSimulator? = nil, place: Place? = nil, size: (Int, Int) = (80, 24),
  adding more: [String: String] = [:], before: String = "", isInteractive: Bool = false,
  _ body: (TerminalWindow) async throws -> Void
) async throws {
  let window = try await TerminalWindow.open(
    arguments, place: try place ?? Place(), simulator, size: size, adding: more, before: before,
    isInteractive: isInteractive)
  let result: Result<Void, any Error>
  do {
    result = .success(try await body(window))
  } catch {
    result = .failure(error)
  }
  await window.close()
  try result.get()
}
