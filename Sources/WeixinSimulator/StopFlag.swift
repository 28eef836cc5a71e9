import NIOCore
import Synchronization

/// Tells everything that waits in a simulator that it is being stopped. A fault that hangs on purpose must end then, since
/// the server ends only after its last answer.
final class StopFlag: Sendable {
  private struct State {
    var isRaised = false
    /// The connections of the calls that are being answered.
    var channels: [ObjectIdentifier: any Channel] = [:]
  }

  private let state = Mutex(State())

  /// Closes the connections of all calls, and lets no other begin.
  func raise() {
    let channels = state.withLock { state in
      state.isRaised = true
      return state.channels.values
    }
    for channel in channels { channel.close(promise: nil) }
  }

  /// Notes that a call on a connection is being answered. When the flag is raised the connection is closed, so that no
  /// write waits for a reader.
  func begin(on channel: any Channel) throws {
    try state.withLock { state in
      if state.isRaised { throw CancellationError() }
      state.channels[ObjectIdentifier(channel)] = channel
    }
  }

  /// Notes that the answer has been written.
  func end(on channel: any Channel) {
    state.withLock { $0.channels[ObjectIdentifier(channel)] = nil }
  }

  /// Waits for so long; throws `CancellationError` as soon as the flag is raised.
  func pause(for duration: Duration) async throws {
    let end = ContinuousClock.now + duration
    while case let now = ContinuousClock.now, now < end {
      try check()
      try await Task.sleep(until: min(end, now + .milliseconds(20)), clock: .continuous)
    }
    try check()
  }

  /// Throws `CancellationError` once the flag is raised.
  func check() throws {
    if state.withLock(\.isRaised) { throw CancellationError() }
  }
}
