import Glibc
import Synchronization
import Testing
import WeixinSimulator

/// A terminal with wxtop in it: tmux, on a server of its own that reads no configuration. One client in control mode carries
/// all that is asked of it, so that a look at the screen starts no process.
final class TerminalWindow: Sendable {
  let place: Place
  private let client: Child
  /// The client's stdin.
  private let descriptor: Int32
  /// The file with what the client says.
  private let replies: String
  /// How much of what the client said has been read.
  private let position = Mutex(0)

  private init(place: Place, client: Child, descriptor: Int32, replies: String) {
    (self.place, self.client, self.descriptor, self.replies) = (place, client, descriptor, replies)
  }

  deinit { Glibc.close(descriptor) }

  /// What the terminal shows.
  struct Screen: Equatable {
    var rows: [String]
    var text: String { rows.joined(separator: "\n") }
    func has(_ part: String) -> Bool { text.contains(part) }
    /// Whether a shell waits for a command.
    var hasPrompt: Bool { rows.last { !$0.allSatisfy(\.isWhitespace) }?.filter { $0 != " " } == "prompt>" }
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
    var variables = place.environment(simulator, adding: ["TERM": "xterm-256color"].merging(more) { $1 })
    variables["WXTOP"] = Wxtop.path
    variables["PS1"] = "prompt> "
    let exports = variables.map { "export \($0.key)='\($0.value)'\n" }.sorted().joined()
    let start = "sh -c 'echo $$ >\(place.file("pid")); exec \"$WXTOP\" \(arguments) --deadline 600'"
    let isDead = "[ $status = 137 ] && stty -a | grep -q '[-]icanon'"
    let end =
      "{ status=$?; while \(isDead); do sleep 0.1; done; echo \"status=$status\"; stty -a; } >\(place.file("end")); cat \(place.file("end"))"
    try place.write(
      isInteractive
        ? "\(exports)\(before)\nexec sh -i\n" : "\(exports)\(before)\n\(start)\n\(end)\nexec sleep 600\n", to: "script")
    for name in ["pid", "end"] { unlink(place.file(name)) }
    let number = UInt32.random(in: 0 ... .max)
    let (socket, requests, replies) = (
      place.file("socket-\(number)"), place.file("requests-\(number)"), "replies-\(number)"
    )
    guard mkfifo(requests, 0o600) == 0, case let descriptor = Glibc.open(requests, O_RDWR | O_CLOEXEC), descriptor >= 0
    else { throw SystemError(call: "pipe \(requests)", code: errno) }
    let client = try Child.start(
      "tmux",
      [
        "-S", socket, "-u", "-f", "/dev/null", "-C",
        // With `env -i`: what the server was started with is none of wxtop's business.
        "new-session", "-d", "-x", "\(size.0)", "-y", "\(size.1)",
        "exec env -i PATH=/usr/bin:/bin sh \(place.file("script"))", ";", "set-option", "-g", "status", "off", ";",
        "set-option", "-g", "window-size", "manual", ";", "attach-session", "-f", "no-output",
      ], environment: place.environment(adding: ["LC_ALL": "C.UTF-8"]), input: requests, output: place.file(replies),
      error: place.file("tmux-err"))
    let window = TerminalWindow(place: place, client: client, descriptor: descriptor, replies: replies)
    // Before it is attached it has no window to do anything with.
    _ = try await until("the session of tmux") { place.text(of: replies).contains("%session-changed ") ? true : nil }
    try await window.tmux("resize-window", "-x", "\(size.0)", "-y", "\(size.1)")
    return window
  }

  /// Has tmux do something, and gives what it answers, each line with its end.
  @discardableResult
  func tmux(_ arguments: String...) async throws -> String {
    let words = arguments.map { word in
      let escapes: [(String, String)] = [("\\", "\\\\"), ("\"", "\\\""), ("$", "\\$"), ("~", "\\~"), ("\n", "\\n")]
      return "\"" + escapes.reduce(word) { $0.replacing($1.0, with: $1.1) } + "\""
    }
    let request = Array((words.joined(separator: " ") + "\n").utf8)
    guard write(descriptor, request, request.count) == request.count else {
      throw SystemError(call: "write", code: errno)
    }
    return try await until("an answer of tmux to \(arguments)", every: .milliseconds(2)) { () throws -> String? in
      if let answer = try answer(to: arguments[0]) { return answer }
      guard isRunning(client.pid) else {
        throw TimedOut(what: "tmux, which the tests need,", seen: place.text(of: "tmux-err"))
      }
      return nil
    }
  }

  /// The next answer, if it is whole: what stands between a line that begins with `%begin` and its `%end`.
  private func answer(to command: String) throws -> String? {
    let begun = position.withLock { $0 }
    let text = String(decoding: place.bytes(of: replies).dropFirst(begun), as: UTF8.self)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    // The last field tells answers from those to the words that the client was started with.
    guard let begin = lines.firstIndex(where: { $0.hasPrefix("%begin ") && $0.hasSuffix(" 1") }) else { return nil }
    let mark = lines[begin].dropFirst("%begin".utf8.count)
    lines = lines[(begin + 1)...].dropLast()
    guard let end = lines.firstIndex(where: { $0 == "%end" + mark || $0 == "%error" + mark }) else { return nil }
    let answer = lines[..<end].map { $0 + "\n" }.joined()
    position.withLock { $0 += text[..<lines[end].endIndex].utf8.count + 1 }
    guard lines[end].hasPrefix("%end") else { throw TimedOut(what: "tmux \(command)", seen: answer) }
    return answer
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
    _ what: String, within limit: Duration = .seconds(120), _ isWanted: (Screen) -> Bool
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
    let request = Array("kill-server\n".utf8)
    _ = write(descriptor, request, request.count)
    _ = try? await client.ended()
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
