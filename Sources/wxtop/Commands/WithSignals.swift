import Dispatch
import Glibc
import UnixSignals

/// Runs a body that SIGINT and SIGTERM cancel; the command then ends with the signal's status. So does SIGHUP, unless a body is
/// given that it calls instead, as for whatever runs without a terminal. What was ignored from the start stays ignored.
func withSignals(
  _ surroundings: Surroundings, onHangUp: (@Sendable () -> Void)? = nil,
  _ body: @escaping @Sendable () async throws -> Void
) async throws {
  guard surroundings.heedsSignals else { return try await body() }
  // One that is a wish for something does not end anything, so it is heard even under nohup.
  let trapped = [UnixSignal.sigint, .sigterm, .sighup].filter {
    ($0 == .sighup && onHangUp != nil) || !InheritedSignals.isIgnored($0)
  }
  guard !trapped.isEmpty else { return try await body() }
  let signals = await UnixSignalsSequence(trapping: trapped)
  try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { try await body() }
    group.addTask {
      for await signal in signals {
        guard signal == .sighup, let onHangUp else {
          if onHangUp == nil { endAnyhow(after: .seconds(4), signal: signal.rawValue) }
          throw CommandFailure.stopped(signal: signal.rawValue)
        }
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

/// Ends the process by itself where a body does not, as one that waits for whoever reads its report.
private func endAnyhow(after pause: DispatchTimeInterval, signal: Int32) {
  DispatchQueue.global().asyncAfter(deadline: .now() + pause) { _exit(128 + signal) }
}
