import Synchronization

/// Hands the newest status to every listener: levels, not edges. A slow listener skips some and loses nothing.
///
/// How two statuses are compared is given: a generic type that asks for `Equatable` would let the runtime look through every
/// conformance of the program before the first frame.
final class StatusChannel<Status: Sendable>: Sendable {
  private struct State {
    var last: Status?
    var listeners: [Int: AsyncStream<Status>.Continuation] = [:]
    var nextKey = 0
    var observer: Observer?
  }

  typealias Observer = @Sendable (Status) -> Void

  private let state = Mutex(State())
  private let isSame: @Sendable (Status, Status) -> Bool

  init(isSame: @escaping @Sendable (Status, Status) -> Bool) { self.isSame = isSame }

  /// The last status that was published.
  var last: Status? { state.withLock { $0.last } }

  /// Publishes a status if it differs from the last one.
  func publish(_ status: Status) {
    let (listeners, observer) = state.withLock { state -> ([AsyncStream<Status>.Continuation], Observer?) in
      if let last = state.last, isSame(last, status) { return ([], nil) }
      state.last = status
      return (Array(state.listeners.values), state.observer)
    }
    for listener in listeners { listener.yield(status) }
    observer?(status)
  }

  /// Calls a body with every status from now on, in the publisher's own turn; one body at most.
  func observe(_ body: @escaping Observer) { state.withLock { $0.observer = body } }

  /// A stream that begins with the last status, if there is one.
  func listen() -> AsyncStream<Status> {
    let (stream, continuation) = AsyncStream.makeStream(of: Status.self, bufferingPolicy: .bufferingNewest(1))
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
