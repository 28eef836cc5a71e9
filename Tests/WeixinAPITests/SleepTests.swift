import Testing

@testable import WeixinAPI

/// Many sleep by one timer.
@Suite struct SleepTests {
  @Test(.timeLimit(.minutes(1)))
  func `the shortest sleep ends first`() async throws {
    var order: [Int] = []
    await withTaskGroup(of: Int.self) { group in
      for milliseconds in [150, 1, 75] {
        group.addTask {
          try? await BootClock.sleep(for: .milliseconds(milliseconds))
          return milliseconds
        }
      }
      for await milliseconds in group { order.append(milliseconds) }
    }
    #expect(order == [1, 75, 150])
  }

  @Test(.timeLimit(.minutes(1)))
  func `cancelling ends one sleep at once and no other`() async throws {
    let long = Task { try await BootClock.sleep(for: .seconds(86_400)) }
    let other = Task { try await BootClock.sleep(for: .milliseconds(50)) }
    long.cancel()
    await #expect(throws: CancellationError.self) { try await long.value }
    try await other.value
    let late = Task {
      while !Task.isCancelled { await Task.yield() }
      try await BootClock.sleep(for: .seconds(Int64.max))
    }
    late.cancel()
    await #expect(throws: CancellationError.self) { try await late.value }
  }

  @Test(.timeLimit(.minutes(1)), arguments: [0, -5])
  func `sleeping no time ends at once`(seconds: Int) async throws { try await BootClock.sleep(for: .seconds(seconds)) }
}
