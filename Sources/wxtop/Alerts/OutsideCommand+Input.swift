import CProcess
import Glibc
import Subprocess
import SystemPackage
import WeixinModel

extension OutsideCommand {
  /// Hands a text to the command on its stdin and waits for its end. What it prints is thrown away, whatever it is and
  /// however much, but for the first words on stderr, which a failure is told with.
  func take(
    _ text: String, environment: Environment = .whole, deadline: Duration = Self.deadline
  ) async throws(CommandFault) {
    do {
      try await within(deadline) { try await hand(text, environment) }
    } catch {
      throw error as? CommandFault ?? CommandFault(command: self, cause: .other("\(error)".cleaned(limit: 120)))
    }
  }

  private func hand(_ text: String, _ environment: Environment) async throws {
    let input = try Self.pipe(holding: text)
    let result: ExecutionResult<String, DiscardedOutput, SequenceOutput>
    do {
      result = try await Subprocess.run(
        try program(environment), arguments: arguments, environment: variables(environment),
        platformOptions: Self.options, input: .fileDescriptor(input, closeAfterSpawningProcess: true),
        output: .discarded, error: .sequence
      ) { execution in
        var said: [UInt8] = []
        // Read to the end, so that a command that says much is not stopped by a pipe that nobody empties.
        for try await chunk in execution.standardError where said.count < 1_000 {
          chunk.withUnsafeBytes { said += $0.prefix(1_000) }
        }
        return String(decoding: said, as: UTF8.self).cleaned(limit: 200)
      }
    } catch let error as SubprocessError {
      try Task.checkCancellation()
      throw CommandFault(command: self, cause: cause(of: error))
    }
    try Task.checkCancellation()
    switch result.terminationStatus {
    case .exited(0): return
    case .exited(let status):
      throw CommandFault(command: self, cause: .exited(status: status, said: result.closureResult))
    case .signaled(let signal): throw CommandFault(command: self, cause: .killed(signal: signal))
    }
  }

  /// A pipe in which a text waits to be read. It holds all of it, so that a command that reads nothing stops nobody, and one
  /// that closes its stdin breaks nothing.
  private static func pipe(holding text: String) throws -> FileDescriptor {
    var ends: [Int32] = [-1, -1]
    guard cprocess_pipe(&ends) else { throw Errno(rawValue: errno) }
    let bytes = Array(text.utf8.prefix(60_000))
    let written = write(ends[1], bytes, bytes.count)
    close(ends[1])
    guard written == bytes.count else {
      close(ends[0])
      throw Errno(rawValue: errno)
    }
    return FileDescriptor(rawValue: ends[0])
  }
}
