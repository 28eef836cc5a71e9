import Dispatch
import Glibc
import Synchronization

/// Writes to a descriptor on a thread of its own, so that nobody else waits for whoever reads it. So much waits at most; what
/// comes beyond is left out, and counted.
final class OutputQueue: Sendable {
  /// Bytes that may wait.
  static let limit = 256 << 10
  /// How long a text is waited for that goes out at once, so that its failure is known to whoever wrote it.
  private static let patience = DispatchTimeInterval.milliseconds(100)

  private struct State {
    var waiting = 0
    var leftOut = 0
    var failure: CommandFailure?
  }

  private let descriptor: Int32
  private let limit: Int
  private let say: @Sendable (_ leftOut: Int, _ hasRoom: Bool) -> Void
  private let state = Mutex(State())
  private let thread: DispatchQueue
  private static let all = Mutex<[OutputQueue]>([])

  init(
    descriptor: Int32, limit: Int = OutputQueue.limit,
    say: @escaping @Sendable (_ leftOut: Int, _ hasRoom: Bool) -> Void
  ) {
    self.descriptor = descriptor
    self.limit = limit
    self.say = say
    thread = DispatchQueue(label: "output \(descriptor)")
    Self.all.withLock { $0.append(self) }
  }

  /// Takes bytes to be written. Throws what an earlier text, or this one, met.
  func write(_ bytes: [UInt8]) throws(CommandFailure) {
    enum Verdict {
      case goes(isAlone: Bool)
      case leftOut(isFirst: Bool)
      case failed(CommandFailure)
    }
    let verdict = state.withLock { state -> Verdict in
      if let failure = state.failure { return .failed(failure) }
      guard state.waiting + bytes.count <= limit || state.waiting == 0 else {
        state.leftOut += 1
        return .leftOut(isFirst: state.leftOut == 1)
      }
      defer { state.waiting += bytes.count }
      return .goes(isAlone: state.waiting == 0)
    }
    switch verdict {
    case .failed(let failure): throw failure
    case .leftOut(let isFirst): if isFirst { say(1, false) }
    case .goes(let isAlone):
      let isOut = DispatchSemaphore(value: 0)
      thread.async {
        self.send(bytes)
        isOut.signal()
      }
      guard isAlone else { return }
      _ = isOut.wait(timeout: .now() + Self.patience)
      if let failure = state.withLock(\.failure) { throw failure }
    }
  }

  private func send(_ bytes: [UInt8]) {
    var met: CommandFailure?
    if state.withLock({ $0.failure == nil }) {
      do throws(CommandFailure) {
        try Self.send(bytes[...], to: descriptor)
      } catch {
        met = error
      }
    }
    let leftOut = state.withLock { state -> Int in
      state.waiting -= bytes.count
      state.failure = state.failure ?? met
      guard state.leftOut > 0, state.waiting <= limit / 2, state.failure == nil else { return 0 }
      defer { state.leftOut = 0 }
      return state.leftOut
    }
    if leftOut > 0 { say(leftOut, true) }
  }

  /// Waits until all is out, no longer than a second for each descriptor.
  static func finish() {
    for queue in all.withLock({ $0 }) {
      let isOut = DispatchSemaphore(value: 0)
      queue.thread.async { isOut.signal() }
      _ = isOut.wait(timeout: .now() + .seconds(1))
    }
  }

  /// Writes all bytes, and waits for room as long as it takes.
  static func send(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) throws(CommandFailure) {
    var bytes = bytes
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        switch errno {
        case EINTR: continue
        case EAGAIN:
          // Another program that shares it has made it non-blocking.
          var watched = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = poll(&watched, 1, -1)
          continue
        case EPIPE: throw .outputClosed
        default: throw .output(cause: String(cString: strerror(errno)))
        }
      }
      bytes = bytes.dropFirst(written)
    }
  }
}
