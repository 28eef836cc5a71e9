import Glibc
import Subprocess
import SystemPackage
import WeixinAPI
import WeixinModel

/// A command of the user's that prints a secret, a token or a list, or takes an alert. No shell reads its words.
struct OutsideCommand: Hashable, Sendable {
  /// `secret_command` or `token_command`, for sentences.
  let key: String
  /// The program and its arguments; never empty.
  let words: [String]

  /// How long it may take.
  static let deadline = Duration.seconds(10)
  /// How much it may print.
  static let limit = 64 << 10

  /// The program, without its arguments: those are nobody else's business.
  var name: String { (words.first ?? "").cleaned(limit: 80) }

  /// The first line that it prints. It runs in a session of its own, so that it cannot ask on the dashboard's terminal,
  /// and is killed with all that it started when it takes too long or nobody waits any more.
  func firstLine(environment: Environment = .whole, deadline: Duration = Self.deadline) async throws -> Secret {
    let output = try await output(limit: Self.limit, environment: environment, deadline: deadline)
    for line in PlainText.lines(of: output.revealed) {
      do throws(CredentialText.Flaw) {
        return try CredentialText(String(line)).secret
      } catch {
        if error != .blank { throw CommandFault(command: self, cause: .unusable(error)) }
      }
    }
    throw CommandFault(command: self, cause: .empty(said: ""))
  }

  /// All that it prints, which is not empty.
  func output(
    limit: Int, environment: Environment = .whole, deadline: Duration = Self.deadline
  ) async throws -> Secret {
    try await within(deadline) { try await run(environment, limit) }
  }

  /// Runs a body that is cancelled, and fails, when it takes longer than it may.
  func within<Value: Sendable>(
    _ deadline: Duration, _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
      group.addTask { try await body() }
      group.addTask {
        try await Task.sleep(for: deadline)
        throw CommandFault(command: self, cause: .timedOut(seconds: Int(deadline.components.seconds)))
      }
      defer { group.cancelAll() }
      guard let value = try await group.next() else { throw CancellationError() }
      return value
    }
  }

  private func run(_ environment: Environment, _ limit: Int) async throws -> Secret {
    let result: ExecutionResult<Void, BytesOutput, BytesOutput>
    do {
      result = try await Subprocess.run(
        try program(environment), arguments: arguments, environment: variables(environment),
        platformOptions: Self.options, output: .bytes(limit: limit), error: .bytes(limit: Self.limit))
    } catch let error as SubprocessError {
      try Task.checkCancellation()
      throw CommandFault(command: self, cause: cause(of: error, limit))
    }
    try Task.checkCancellation()
    let output = result.standardOutput
    switch result.terminationStatus {
    case .exited(0):
      if let text = try text(of: output) { return Secret(text) }
      throw CommandFault(command: self, cause: .empty(said: SaidOnError.words(result.standardError, hiding: output)))
    case .exited(let status):
      let said = SaidOnError.words(result.standardError, hiding: output)
      throw CommandFault(command: self, cause: .exited(status: status, said: said))
    case .signaled(let signal): throw CommandFault(command: self, cause: .killed(signal: signal))
    }
  }

  /// What it printed, as text; nil where that is nothing but blanks.
  private func text(of output: [UInt8]) throws(CommandFault) -> String? {
    do throws(PlainText.Flaw) {
      let text = try PlainText.decoded(output)
      return text.unicodeScalars.allSatisfy(\.properties.isWhitespace) ? nil : text
    } catch {
      throw CommandFault(command: self, cause: .notText(error))
    }
  }

  /// The program: at a path, or where its name is found first. One that others may write, or replace, is not run.
  func program(_ environment: Environment) throws(CommandFault) -> Executable {
    let name = words.first ?? ""
    let folders = (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").map { "\($0)/\(name)" }
    let places = name.contains("/") ? [name] : folders
    guard let path = places.first(where: { access($0, X_OK) == 0 }) else {
      throw CommandFault(command: self, cause: .notFound)
    }
    if let problem = FileRights.problem(of: path, .program) {
      throw CommandFault(command: self, cause: .unsafe(problem))
    }
    return .path(FilePath(path))
  }

  var arguments: Subprocess.Arguments { Subprocess.Arguments(Array(words.dropFirst())) }

  /// What it sees of the environment: all but wxtop's own secrets.
  func variables(_ environment: Environment) -> Subprocess.Environment {
    let variables = environment.variables.filter { $0.key != "WXTOP_SECRET" && $0.key != "WXTOP_TOKEN" }
    return .custom(
      Dictionary(
        variables.compactMap { pair in Subprocess.Environment.Key(rawValue: pair.key).map { ($0, pair.value) } },
        uniquingKeysWith: { $1 }))
  }

  /// A session of its own, which ends with all that it started.
  static var options: PlatformOptions {
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [
      .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .milliseconds(200))
    ]
    return options
  }

  func cause(of error: SubprocessError, _ limit: Int = Self.limit) -> CommandFault.Cause {
    switch error.code {
    case .executableNotFound: .notFound
    case .outputLimitExceeded: .tooLong(limit: limit)
    default: .other(String(describing: error.underlyingError.map { "\($0)" } ?? "\(error)").cleaned(limit: 120))
    }
  }
}
