/// Runs one operation for all who ask while it is under way.
///
/// A cancelled caller leaves at once with `CancellationError`; the operation goes on for the others, and is cancelled
/// when nobody waits any more.
public actor SingleFlight<Value: Sendable> {
  private struct Flight {
    var number: Int
    var task: Task<Void, Never>
    var waiters: [Int: CheckedContinuation<Value, any Error>] = [:]
  }

  private var flight: Flight?
  private var lastNumber = 0

  /// Nothing is under way yet.
  public init() {}

  /// The value of the flight under way, or of a new one. Throws what the operation throws, or `CancellationError`.
  public func value(of operation: @escaping @Sendable () async throws -> Value) async throws -> Value {
    try Task.checkCancellation()
    lastNumber += 1
    let caller = lastNumber
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        // The handler may have run before there was a waiter to remove.
        if Task.isCancelled { return continuation.resume(throwing: CancellationError()) }
        join(caller, continuation, operation)
      }
    } onCancel: {
      Task { await self.leave(caller) }
    }
  }

  private func join(
    _ caller: Int, _ continuation: CheckedContinuation<Value, any Error>,
    _ operation: @escaping @Sendable () async throws -> Value
  ) {
    if flight == nil {
      let task = Task {
        let result: Result<Value, any Error>
        do {
          result = .success(try await operation())
        } catch {
          result = .failure(error)
        }
        land(caller, result)
      }
      flight = Flight(number: caller, task: task)
    }
    flight?.waiters[caller] = continuation
  }

  private func leave(_ caller: Int) {
    guard let waiter = flight?.waiters.removeValue(forKey: caller) else { return }
    waiter.resume(throwing: CancellationError())
    if flight?.waiters.isEmpty == true {
      flight?.task.cancel()
      flight = nil
    }
  }

  private func land(_ number: Int, _ result: Result<Value, any Error>) {
    guard let landed = flight, landed.number == number else { return }
    flight = nil
    for waiter in landed.waiters.values { waiter.resume(with: result) }
  }
}
