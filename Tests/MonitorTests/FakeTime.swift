import Monitor
import Synchronization
import WeixinModel

/// A clock that moves only when a test says so.
final class FakeTime: Sendable {
  private struct Sleeper {
    var deadline: Duration
    var continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now = Duration.zero
    var key = 0
    var sleepers: [Int: Sleeper] = [:]
    var cancelled: Set<Int> = []
  }

  private let start: Timestamp
  private let state = Mutex(State())

  init(start: Timestamp) { self.start = start }

  var elapsed: Duration { state.withLock { $0.now } }
  var wall: Timestamp { start + Int(elapsed.components.seconds) }
  var sleepers: Int { state.withLock { $0.sleepers.count } }
  var nextDeadline: Duration? { state.withLock { $0.sleepers.values.map(\.deadline).min() } }

  var clock: MonitorClock {
    MonitorClock(now: { self.wall }, monotonic: { self.elapsed }, sleep: { try await self.sleep($0) })
  }

  func sleep(_ duration: Duration) async throws {
    let key = state.withLock { state in
      state.key += 1
      return state.key
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isCancelled = state.withLock { state in
          if state.cancelled.remove(key) != nil || Task.isCancelled { return true }
          state.sleepers[key] = Sleeper(deadline: state.now + duration, continuation: continuation)
          return false
        }
        if isCancelled { continuation.resume(throwing: CancellationError()) }
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        let sleeper = state.sleepers.removeValue(forKey: key)
        if sleeper == nil { state.cancelled.insert(key) }
        return sleeper
      }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
  }

  /// Moves on, and wakes whoever is due.
  func move(to moment: Duration) {
    let due = state.withLock { state in
      state.now = max(state.now, moment)
      let due = state.sleepers.filter { $0.value.deadline <= state.now }
      for key in due.keys { state.sleepers[key] = nil }
      return due.values.sorted { $0.deadline < $1.deadline }
    }
    for sleeper in due { sleeper.continuation.resume() }
  }
}
