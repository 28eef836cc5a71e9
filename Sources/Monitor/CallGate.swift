import Synchronization

/// Bounds the calls that the accounts of one process have under way at once.
///
/// Calls of accounts that failed last time go through a lane of their own, so that one that hangs never delays another.
public final class CallGate: Sendable {
  /// The ways through.
  enum Lane: Sendable {
    case sound, failing
  }

  private struct Waiter {
    let number: Int
    let continuation: CheckedContinuation<Bool, Never>
  }

  private struct Way {
    var free: Int
    var waiting: [Waiter] = []
  }

  private struct State {
    var sound: Way
    var failing: Way
    var nextNumber = 0
    var cancelled: Set<Int> = []

    subscript(lane: Lane) -> Way {
      get { lane == .sound ? sound : failing }
      _modify { if lane == .sound { yield &sound } else { yield &failing } }
    }
  }

  private let state: Mutex<State>

  /// A gate for so many calls at once of accounts that work, and of those that failed last time.
  public init(sound: Int = 16, failing: Int = 4) {
    state = Mutex(State(sound: Way(free: max(1, sound)), failing: Way(free: max(1, failing))))
  }

  /// Runs a body when its turn has come. Throws `CancellationError` if the task is cancelled before.
  func pass<Value: Sendable>(_ lane: Lane, _ body: () async throws -> Value) async throws -> Value {
    guard await enter(lane) else { throw CancellationError() }
    defer { leave(lane) }
    return try await body()
  }

  private func enter(_ lane: Lane) async -> Bool {
    let number = state.withLock { state in
      state.nextNumber += 1
      return state.nextNumber
    }
    defer { state.withLock { _ = $0.cancelled.remove(number) } }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let answer = state.withLock { state -> Bool? in
          if state.cancelled.contains(number) { return false }
          if state[lane].free > 0 {
            state[lane].free -= 1
            return true
          }
          state[lane].waiting.append(Waiter(number: number, continuation: continuation))
          return nil
        }
        if let answer { continuation.resume(returning: answer) }
      }
    } onCancel: {
      let waiter = state.withLock { state -> Waiter? in
        let index = state[lane].waiting.firstIndex { $0.number == number }
        if let index { return state[lane].waiting.remove(at: index) }
        state.cancelled.insert(number)
        return nil
      }
      waiter?.continuation.resume(returning: false)
    }
  }

  private func leave(_ lane: Lane) {
    let next = state.withLock { state -> Waiter? in
      if !state[lane].waiting.isEmpty { return state[lane].waiting.removeFirst() }
      state[lane].free += 1
      return nil
    }
    next?.continuation.resume(returning: true)
  }
}
