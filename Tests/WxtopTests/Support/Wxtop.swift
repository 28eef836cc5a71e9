import CursesTerminal
import Glibc
import Synchronization
import Testing
import WeixinSimulator

@testable import wxtop

/// The real binary, as the build has put it beside the tests.
enum Wxtop {
  static let path: String = {
    var buffer = [CChar](repeating: 0, count: 4_096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let tests = String(decoding: buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return tests[..<(tests.lastIndex(of: "/") ?? tests.startIndex)] + "/wxtop"
  }()

  /// Arguments that let an answer take its time, as on a busy machine it does, and show what one call met; those that set a
  /// deadline stay as they are.
  static func patient(_ arguments: [String]) -> [String] {
    let calling: Set = ["speed", "hours", "backfill", "monitor", "metrics", "doctor", "--once", "--plain", "--demo"]
    guard arguments.contains(where: calling.contains), !arguments.contains("--deadline"), !arguments.contains("--")
    else { return arguments }
    return arguments + ["--deadline", "600", "--no-retry"]
  }

  /// What a run left behind.
  struct Run: Hashable, Sendable {
    var status: Int32
    var output: String
    var error: String

    var lines: [Substring] { output.split(separator: "\n", omittingEmptySubsequences: false).dropLast() }
  }

  /// Does what a run of wxtop without a terminal would do, in this process: for tests of what is said, not of how it ends.
  static func call(
    _ arguments: String..., in place: Place, _ simulator: RunningSimulator? = nil, adding more: [String: String] = [:]
  ) async -> Run {
    await call(arguments, in: place, environment: place.environment(simulator, adding: more))
  }

  static func call(_ arguments: [String], in place: Place, environment: [String: String]) async -> Run {
    let arguments = patient(arguments)
    let (output, error) = (Words(), Words())
    let surroundings = Surroundings(
      environment: Environment(variables: environment), output: Output { output.add($0) },
      error: Output { error.add($0) },
      // Suites beside this one hold the one screen that ncurses has.
      survey: { TerminalSurvey(colors: 256, movesCursor: true, isUnicode: $0.isUnicode) }, heedsSignals: false)
    let status = await Main.run(arguments, in: surroundings)
    return Run(status: status, output: output.all, error: error.all)
  }

  private final class Words: Sendable {
    private let words = Mutex("")
    var all: String { words.withLock { $0 } }
    func add(_ text: String) { words.withLock { $0 += text } }
  }

  /// Runs wxtop without a terminal until it ends.
  static func run(
    _ arguments: String..., in place: Place, _ simulator: RunningSimulator? = nil, adding more: [String: String] = [:],
    within limit: Duration = .seconds(120)
  ) async throws -> Run {
    try await run(path, arguments, in: place, environment: place.environment(simulator, adding: more), within: limit)
  }

  /// Runs a script in which `$WXTOP` is the binary.
  static func script(
    _ text: String, in place: Place, _ simulator: RunningSimulator? = nil, adding more: [String: String] = [:]
  ) async throws -> Run {
    var environment = place.environment(simulator, adding: more)
    environment["WXTOP"] = path
    return try await run("sh", ["-c", text], in: place, environment: environment)
  }

  static func run(
    _ program: String, _ arguments: [String], in place: Place, environment: [String: String],
    within limit: Duration = .seconds(120)
  ) async throws -> Run {
    let arguments = program == path ? patient(arguments) : arguments
    let number = UInt32.random(in: 0 ... .max)
    let (output, error) = ("out-\(number)", "err-\(number)")
    let child = try Child.start(
      program, arguments, environment: environment, output: place.file(output), error: place.file(error))
    let status = try await child.ended(within: limit)
    return Run(status: status, output: place.text(of: output), error: place.text(of: error))
  }
}

/// What runs beside each other is slower, and each takes a dozen descriptors.
private let simulators = Room(for: 6)

/// Runs a body beside a simulator of its own.
func withSimulator(
  _ options: Simulator.Options = Simulator.Options(), fault: Fault = .none,
  _ body: (RunningSimulator, Place) async throws -> Void
) async throws {
  var options = options
  options.fault = fault
  await simulators.enter()
  defer { simulators.leave() }
  let simulator = try await Simulator.start(options)
  let result: Result<Void, any Error>
  do {
    result = .success(try await body(simulator, try Place()))
  } catch {
    result = .failure(error)
  }
  await simulator.stop()
  try result.get()
}
