import Glibc
import UnixSignals

/// Runs a body that SIGINT and SIGTERM cancel; the command then ends with the signal's status. So does SIGHUP, unless a body is
/// given that it calls instead, as for whatever runs without a terminal.
func withSignals(
  _ surroundings: Surroundings, onHangUp: (@Sendable () -> Void)? = nil,
  _ body: @escaping @Sendable () async throws -> Void
) async throws {
  guard surroundings.heedsSignals else { return try await body() }
  let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
  try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { try await body() }
    group.addTask {
      for await signal in signals {
        guard signal == .sighup, let onHangUp else { throw CommandFailure.stopped(signal: signal.rawValue) }
        onHangUp()
      }
      throw CancellationError()
    }
    defer { group.cancelAll() }
    do {
      try await group.next()
    } catch is CancellationError {
      throw CommandFailure.stopped(signal: SIGINT)
    }
  }
}
