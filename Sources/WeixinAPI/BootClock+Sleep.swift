import Dispatch
import HeapModule
import Synchronization

extension BootClock {
  /// Sleeps for so long, or throws `CancellationError`. The time in which the machine sleeps counts, though it may notice that
  /// half a minute late.
  ///
  /// Not `Task.sleep`: of that each call sets up a timer, which lives on to its end when the task is cancelled. A thousand
  /// accounts with a deadline for each request spend more on those than on the requests.
  public static func sleep(for duration: Duration) async throws { try await sleepers.sleep(for: duration) }

  private static let sleepers = Sleepers()
}

/// All who sleep, with one timer for the first to wake.
private final class Sleepers: Sendable {
  /// When somebody wants to wake. It stays when that one has woken early, and then wakes nobody.
  private struct Wish: Comparable {
    let end: Int64
    let number: Int

    static func < (left: Wish, right: Wish) -> Bool { left.end < right.end }
  }

  private struct State {
    var asleep: [Int: CheckedContinuation<Void, any Error>] = [:]
    var wishes = Heap<Wish>()
    var count = 0
    /// When the timer goes off.
    var alarm = Int64.max
  }

  private let state = Mutex(State())
  // Any thread may use a source of Dispatch, of which its Swift declaration does not speak.
  private nonisolated(unsafe) let timer = DispatchSource.makeTimerSource(queue: .global())

  init() {
    timer.setEventHandler { [weak self] in self?.wake() }
    timer.activate()
  }

  func sleep(for duration: Duration) async throws {
    let number = state.withLock { state in
      state.count += 1
      return state.count
    }
    let end = BootClock.nanoseconds + duration.nanoseconds
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isCancelled = state.withLock { state in
          if Task.isCancelled { return true }
          state.asleep[number] = continuation
          state.wishes.insert(Wish(end: end, number: number))
          setAlarm(to: end, &state)
          return false
        }
        if isCancelled { continuation.resume(throwing: CancellationError()) }
      }
    } onCancel: {
      let continuation = state.withLock { $0.asleep.removeValue(forKey: number) }
      continuation?.resume(throwing: CancellationError())
    }
  }

  private func wake() {
    let now = BootClock.nanoseconds
    let awake = state.withLock { state in
      var awake: [CheckedContinuation<Void, any Error>] = []
      while let first = state.wishes.min {
        let isAsleep = state.asleep[first.number] != nil
        if isAsleep, first.end > now { break }
        state.wishes.removeMin()
        if let continuation = state.asleep.removeValue(forKey: first.number) { awake.append(continuation) }
      }
      state.alarm = .max
      if let next = state.wishes.min { setAlarm(to: next.end, &state) }
      return awake
    }
    for continuation in awake { continuation.resume() }
  }

  /// Lets the timer go off by so early a moment at the latest.
  private func setAlarm(to end: Int64, _ state: inout State) {
    guard end < state.alarm else { return }
    state.alarm = end
    // Timers stand still while the machine sleeps; the clock does not.
    let wait = max(0, min(end - BootClock.nanoseconds, 30_000_000_000))
    timer.schedule(deadline: .now() + .nanoseconds(Int(wait)), leeway: .milliseconds(1))
  }
}

extension Duration {
  /// Up to a century, so that a moment and a duration never overflow.
  fileprivate var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return min(max(seconds, 0), 3_200_000_000) * 1_000_000_000 + max(attoseconds, 0) / 1_000_000_000
  }
}
