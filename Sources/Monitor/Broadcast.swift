import Synchronization

/// Hands the newest value to every listener: levels, not edges. A slow listener skips some and loses nothing.
final class Broadcast<Value: Sendable>: Sendable {
  private struct State {
    var last: Value?
    var listeners: [Int: AsyncStream<Value>.Continuation] = [:]
    var nextKey = 0
  }

  private let state = Mutex(State())

  /// The last value that was sent.
  var last: Value? { state.withLock { $0.last } }

  /// Sends a value, unless it is to be left out beside the last one.
  @discardableResult
  func send(_ value: Value, unless isSame: (Value) -> Bool = { _ in false }) -> Bool {
    let listeners = state.withLock { state -> [AsyncStream<Value>.Continuation]? in
      if let last = state.last, isSame(last) { return nil }
      state.last = value
      return Array(state.listeners.values)
    }
    for listener in listeners ?? [] { listener.yield(value) }
    return listeners != nil
  }

  /// A stream that begins with the last value, if there is one.
  func listen() -> AsyncStream<Value> {
    let (stream, continuation) = AsyncStream.makeStream(of: Value.self, bufferingPolicy: .bufferingNewest(1))
    let key = state.withLock { state in
      state.nextKey += 1
      state.listeners[state.nextKey] = continuation
      if let last = state.last { continuation.yield(last) }
      return state.nextKey
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { _ = $0.listeners.removeValue(forKey: key) }
    }
    return stream
  }
}
