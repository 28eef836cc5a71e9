import CMicrohttpd
import Glibc
import Synchronization

/// What a loop is told by others. Telling it wakes it up; once it has ended nothing is taken.
final class Mailbox: Sendable {
  enum Message {
    /// What a handler gave; nil to end the connection without an answer.
    case answer(Connection.ID, LoopbackServer.Answer?)
    /// To finish what is under way within so long, and end.
    case stop(within: Duration)
  }

  private struct State {
    var messages: [Message] = []
    var isClosed = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())
  /// Readable when there are messages.
  let descriptor: Int32

  init() throws(LoopbackServer.Failure) {
    descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard descriptor >= 0 else { throw .system(errno) }
  }

  deinit { close(descriptor) }

  func post(_ message: Message) {
    let isTaken = state.withLock { state in
      if !state.isClosed { state.messages.append(message) }
      return !state.isClosed
    }
    if isTaken { eventfd_write(descriptor, 1) }
  }

  func takeAll() -> [Message] {
    var count: eventfd_t = 0
    eventfd_read(descriptor, &count)
    return state.withLock { state in
      defer { state.messages = [] }
      return state.messages
    }
  }

  /// Says that the loop has ended.
  func end() {
    let waiting = state.withLock { state in
      state.isClosed = true
      state.messages = []
      defer { state.waiting = [] }
      return state.waiting
    }
    for one in waiting { one.resume() }
  }

  /// Returns when the loop has ended.
  func untilEnded() async {
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        if !state.isClosed { state.waiting.append(continuation) }
        return state.isClosed
      }
      if isOver { continuation.resume() }
    }
  }
}
