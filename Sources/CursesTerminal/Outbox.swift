import Dispatch
import Glibc

/// Bytes on their way to the terminal: sent in order, and never waited for longer than was said.
final class Outbox {
  /// All bytes that the terminal has taken.
  private(set) var sent = 0
  private let terminal: Int32
  private let mayBlock: Bool
  private var waiting: [UInt8] = []
  private var start = 0
  /// Whether what waits does so for what follows, not for the terminal.
  private var isHolding = false
  private var source: (any DispatchSourceWrite)?

  init(to terminal: Int32) {
    self.terminal = terminal
    mayBlock = fcntl(terminal, F_GETFL) & O_NONBLOCK == 0
  }

  /// Whether nothing waits and the terminal takes more.
  var isReady: Bool { (start == waiting.count || isHolding) && isWritable(within: 0) }

  /// Puts bytes behind those that wait.
  func add(_ bytes: some Sequence<UInt8>) { waiting += bytes }

  /// Puts bytes behind those that wait, to be sent with the next ones.
  func hold(_ bytes: some Sequence<UInt8>) {
    isHolding = true
    add(bytes)
  }

  /// Sends what the terminal takes now. Returns whether nothing is left.
  @discardableResult
  func send() -> Bool {
    isHolding = false
    while start < waiting.count {
      // All of a descriptor that blocks: only so much as surely finds room.
      if mayBlock, !isWritable(within: 0) { return false }
      let count = mayBlock ? min(256, waiting.count - start) : waiting.count - start
      let written = waiting.withUnsafeBytes { write(terminal, $0.baseAddress.map { $0 + start }, count) }
      if written > 0 {
        start += written
        sent += written
      } else if written < 0, errno == EAGAIN {
        return false
      } else if written == 0 || errno != EINTR {
        // It is gone, of which its input tells.
        break
      }
    }
    waiting.removeAll(keepingCapacity: true)
    start = 0
    return true
  }

  /// Sends all, in a given time or not at all.
  @discardableResult
  func send(within time: Duration) -> Bool {
    let end = ContinuousClock.now + time
    while !send() {
      let rest = (end - ContinuousClock.now).components
      let milliseconds = rest.seconds * 1_000 + rest.attoseconds / 1_000_000_000_000_000
      guard milliseconds > 0 else { return false }
      _ = isWritable(within: Int32(milliseconds))
    }
    return true
  }

  /// Tells, once, when the terminal takes bytes again. Asking again before that changes nothing.
  func whenWritable(_ run: @escaping @MainActor () -> Void) {
    guard source == nil else { return }
    // The source closes its own copy: see ``EventSources``.
    let copy = fcntl(terminal, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { return }
    let source = DispatchSource.makeWriteSource(fileDescriptor: copy, queue: .main)
    source.setCancelHandler { _ = Glibc.close(copy) }
    source.setEventHandler { [weak self] in
      guard self?.source != nil else { return }
      self?.stop()
      run()
    }
    self.source = source
    source.activate()
  }

  /// Stops to wait, and forgets what was not sent.
  func close() {
    stop()
    waiting = []
    start = 0
  }

  private func stop() {
    source?.cancel()
    source = nil
  }

  private func isWritable(within milliseconds: Int32) -> Bool {
    var state = pollfd(fd: terminal, events: Int16(POLLOUT), revents: 0)
    // Of a terminal that has gone no more is to be expected.
    return poll(&state, 1, milliseconds) > 0
  }
}
