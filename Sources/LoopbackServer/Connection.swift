import CMicrohttpd
import Glibc

/// A connection as its loop sees it.
final class Connection {
  /// Which one; a later connection may be kept at the same address.
  struct ID: Hashable, Sendable {
    let address: UInt
    let number: UInt64
  }

  enum Phase {
    /// Between two requests, or in the header of one.
    case idle
    /// In the body.
    case receiving(LoopbackServer.Request)
    /// Suspended, while a handler looks for the answer.
    case computing(Task<Void, Never>)
    /// Suspended, for as long as it is not ended.
    case silent
    /// Known, and not yet on its way.
    case answered(LoopbackServer.Response)
    /// On its way.
    case sending
    /// Nothing more goes out.
    case over
  }

  let id: ID
  let handle: OpaquePointer
  let descriptor: Int32
  /// When it ends, whatever it is doing.
  let deadline: ContinuousClock.Instant?
  var phase = Phase.idle
  /// The path and query of the request that comes in.
  var target = ""
  /// Whether its client knows bodies of unknown length that end before the connection does: HTTP/1.1.
  var isChunking = false
  /// When the next piece of its body is due.
  var pause: ContinuousClock.Instant?
  /// Whether its client sends no more, and so may be gone.
  private(set) var hasClientLeft = false
  /// Whether the body on its way is one that may have no end.
  var isInPieces = false
  private var isSuspended = false

  init(_ handle: OpaquePointer, number: UInt64, deadline: ContinuousClock.Instant?) {
    id = ID(address: UInt(bitPattern: handle), number: number)
    self.handle = handle
    self.deadline = deadline
    descriptor = cmhd_socket(handle)
  }

  /// Whether someone works for a client who may leave meanwhile: the library does not look at a suspended connection.
  var isAwaited: Bool {
    switch phase {
    case .computing, .silent: !hasClientLeft
    default: false
    }
  }

  func suspend() {
    isSuspended = true
    cmhd_suspend(handle)
  }

  func resume() {
    pause = nil
    guard isSuspended else { return }
    isSuspended = false
    cmhd_resume(handle)
  }

  /// Ends it, wherever it is.
  func end() {
    if case .computing(let task) = phase { task.cancel() }
    phase = .over
    shutdown(descriptor, Int32(SHUT_RDWR))
    resume()
  }

  /// Ends it by a reset. The library would say goodbye before it closes, so it is cut off here: connecting a socket to
  /// nowhere does that.
  func reset() {
    var always = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &always, socklen_t(MemoryLayout<linger>.size))
    var nowhere = sockaddr()
    nowhere.sa_family = sa_family_t(AF_UNSPEC)
    connect(descriptor, &nowhere, socklen_t(MemoryLayout<sockaddr>.size))
    end()
  }

  /// The answer has gone out, or cannot.
  func completed() {
    isInPieces = false
    if case .over = phase { return }
    phase = .idle
  }

  /// Its client sends no more: whoever works for it is told, and may answer all the same.
  func clientLeft() {
    hasClientLeft = true
    switch phase {
    case .computing(let task): task.cancel()
    case .silent: end()
    default: break
    }
  }
}
