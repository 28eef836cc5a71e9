import CCurl
import Glibc
import Synchronization
import WeixinModel

/// The one thread on which libcurl works: it takes what is to be sent and what is cancelled, lets the library go on, and waits for
/// sockets.
final class CurlThread: Sendable {
  /// Names a call, for its cancellation.
  typealias CallID = Int

  static let shared = CurlThread()

  /// More than a fleet has calls under way: a host that hangs for some accounts must not hold up the others.
  private static let connections = 32

  private struct Order: Sendable {
    let id: CallID
    let request: HTTPCall
    let route: CurlRoute
    let continuation: CheckedContinuation<HTTPReply, any Error>
  }

  private struct State {
    var lastID = 0
    var orders: [Order] = []
    var cancelled: [CallID] = []
    /// The pool, once the thread has begun.
    var pool: Pool?
  }

  /// Everything about it belongs to the thread, but for `wake`, which libcurl lets every thread call.
  private struct Pool: @unchecked Sendable {
    let multi: UnsafeMutableRawPointer
    func wake() { _ = ccurl_multi_wakeup(multi) }
  }

  private let state = Mutex(State())

  /// A name for a call to come.
  func newCall() -> CallID {
    state.withLock { state in
      state.lastID += 1
      return state.lastID
    }
  }

  /// Sends a request and waits for the whole reply. Throws an `APIError`, or `CancellationError` at once when it is cancelled.
  func send(_ request: HTTPCall, by route: CurlRoute, as id: CallID) async throws -> HTTPReply {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        do {
          let isCancelled = try state.withLock { state in
            if Task.isCancelled { return true }
            let pool = try state.pool ?? begin(for: route.target.host)
            state.pool = pool
            state.orders.append(Order(id: id, request: request, route: route, continuation: continuation))
            pool.wake()
            return false
          }
          if isCancelled { continuation.resume(throwing: CancellationError()) }
        } catch {
          continuation.resume(throwing: error)
        }
      }
    } onCancel: {
      cancel(id)
    }
  }

  /// Ends a call; one that has ended or not begun stays as it is.
  func cancel(_ id: CallID) {
    state.withLock { state in
      guard let pool = state.pool else { return }
      state.cancelled.append(id)
      pool.wake()
    }
  }

  private func begin(for host: String) throws(APIError) -> Pool {
    try CurlLibrary.open()
    guard let multi = ccurl_multi_init(Self.connections, Self.connections) else {
      throw .unreachable(host: host, cause: String(cString: strerror(ENOMEM)))
    }
    let pool = Pool(multi: multi)
    var thread = pthread_t()
    let context = Unmanaged.passRetained(Start(owner: self, pool: pool))
    let status = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        let start = Unmanaged<Start>.fromOpaque(context).takeRetainedValue()
        start.owner.run(start.pool.multi)
      }, context.toOpaque())
    guard status == 0 else {
      context.release()
      throw .unreachable(host: host, cause: String(cString: strerror(status)))
    }
    pthread_detach(thread)
    return pool
  }

  private final class Start {
    let owner: CurlThread
    let pool: Pool

    init(owner: CurlThread, pool: Pool) {
      self.owner = owner
      self.pool = pool
    }
  }

  private func run(_ multi: UnsafeMutableRawPointer) -> Never {
    var transfers: [UnsafeMutableRawPointer: CurlTransfer] = [:]
    while true {
      let (orders, cancelled) = state.withLock { state in
        defer { (state.orders, state.cancelled) = ([], []) }
        return (state.orders, state.cancelled)
      }
      for order in orders {
        do throws(APIError) {
          let transfer = try CurlTransfer(order.id, order.request, order.route, order.continuation)
          try transfer.added(to: multi)
          transfers[transfer.easy] = transfer
        } catch {
          order.continuation.resume(throwing: error)
        }
      }
      for id in cancelled {
        guard let transfer = transfers.first(where: { $0.value.id == id })?.value else { continue }
        transfers[transfer.easy] = nil
        transfer.cancel(in: multi)
      }
      _ = ccurl_multi_perform(multi)
      var result = CURLE_OK
      while let easy = ccurl_multi_ended(multi, &result) {
        transfers.removeValue(forKey: easy)?.end(result, in: multi)
      }
      // A failing wait must not become a busy one.
      if ccurl_multi_poll(multi, 3_600_000) != CURLM_OK { usleep(50_000) }
    }
  }
}
