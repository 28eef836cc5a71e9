import Synchronization

/// Bounds the calls that the accounts of one process have under way at once.
///
/// Calls of accounts that failed last time go through a lane of their own, so that one that hangs never delays another.
public final class CallGate: Sendable {
  /// The ways through.
  enum Lane: Int, Sendable {
    case sound, failing
  }

  private struct Waiter {
    let number: Int
    let continuation: CheckedContinuation<Bool, Never>
  }

  private struct State {
    var free: [Int]
    var waiting: [[Waiter]] = [[], []]
    var nextNumber = 0
    var cancelled: Set<Int> = []
  }

  private let state: Mutex<State>

  /// A gate for so many calls at once of accounts that work, and of those that failed last time.
  public init(sound: Int = 16, failing: Int = 4) {
    state = Mutex(State(free: [max(1, sound), max(1, failing)]))
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
          if state.free[lane.rawValue] > 0 {
            state.free[lane.rawValue] -= 1
            return true
          }
          state.waiting[lane.rawValue].append(Waiter(number: number, continuation: continuation))
          return nil
        }
        if let answer { continuation.resume(returning: answer) }
      }
    } onCancel: {
      let waiter = state.withLock { state -> Waiter? in
        let index = state.waiting[lane.rawValue].firstIndex { $0.number == number }
        if let index { return state.waiting[lane.rawValue].remove(at: index) }
        state.cancelled.insert(number)
        return nil
      }
      waiter?.continuation.resume(returning: false)
    }
  }

  private func leave(_ lane: Lane) {
    let next = state.withLock { state -> Waiter? in
      if !state.waiting[lane.rawValue].isEmpty { return state.waiting[lane.rawValue].removeFirst() }
      state.free[lane.rawValue] += 1
      return nil
    }
    next?.continuation.resume(returning: true)
  }
}
