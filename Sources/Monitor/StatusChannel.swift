import Synchronization
import WeixinModel

/// Hands the newest status to every listener: levels, not edges. A slow listener skips some and loses nothing.
final class StatusChannel: Sendable {
  private struct State {
    var last: AccountStatus?
    var listeners: [Int: AsyncStream<AccountStatus>.Continuation] = [:]
    var nextKey = 0
  }

  private let state = Mutex(State())

  /// The last status that was published.
  var last: AccountStatus? { state.withLock { $0.last } }

  /// Publishes a status if it differs from the last one.
  func publish(_ status: AccountStatus) {
    let listeners = state.withLock { state -> [AsyncStream<AccountStatus>.Continuation] in
      if state.last == status { return [] }
      state.last = status
      return Array(state.listeners.values)
    }
    for listener in listeners { listener.yield(status) }
  }

  /// A stream that begins with the last status, if there is one.
  func listen() -> AsyncStream<AccountStatus> {
    let (stream, continuation) = AsyncStream.makeStream(of: AccountStatus.self, bufferingPolicy: .bufferingNewest(1))
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
