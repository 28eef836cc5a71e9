import Synchronization
import Testing

/// Lets so many in at a time, in the order in which they came.
final class Room: Sendable {
  private let state: Mutex<(free: Int, waiting: [CheckedContinuation<Void, Never>])>

  init(for count: Int) { state = Mutex((count, [])) }

  func enter() async {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        if state.free > 0 {
          state.free -= 1
          return true
        }
        state.waiting.append(continuation)
        return false
      }
      if isFree { continuation.resume() }
    }
  }

  func leave() {
    let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
      if !state.waiting.isEmpty { return state.waiting.removeFirst() }
      state.free += 1
      return nil
    }
    next?.resume()
  }
}

/// Keeps tests of all suites from running beside each other, where each of them takes processes, ports and files.
struct Lane: SuiteTrait, TestTrait, TestScoping {
  let isRecursive = true
  fileprivate let room: Room

  @concurrent func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
  ) async throws {
    await room.enter()
    defer { room.leave() }
    try await function()
  }
}

extension Trait where Self == Lane {
  /// For tests that start wxtop or another program.
  static var processes: Lane { .processes }
  /// For tests that look at wxtop in a terminal.
  static var terminals: Lane { .terminals }
}

extension Lane {
  fileprivate static let processes = Lane(room: Room(for: 2))
  fileprivate static let terminals = Lane(room: Room(for: 2))
}
