import CMicrohttpd
import Glibc

/// The loop of one server, on a thread of its own: waits for the library, for its mailbox, for clients that leave and for
/// times that are up. All that belongs to the library is touched here only, so nothing of it needs a lock.
final class ServerLoop {
  let limits: LoopbackServer.Limits
  private let handler: LoopbackServer.Handler
  private let mailbox: Mailbox
  private let listening: Int32
  private var daemon: OpaquePointer?
  private var connections: [UInt: Connection] = [:]
  private var lastNumber: UInt64 = 0
  private var hasClosed = false
  /// When what is still under way is cut off; nil until the server is to stop.
  private var end: ContinuousClock.Instant?

  /// Nil, with `errno`, when the system has no more of what it needs.
  init?(_ start: LoopStart) {
    limits = start.limits
    handler = start.handler
    mailbox = start.mailbox
    listening = start.listening
    var settings = cmhd_settings()
    settings.listening = listening
    settings.connections = UInt32(limits.connections)
    settings.memory = limits.memory
    settings.context = Unmanaged.passUnretained(self).toOpaque()
    Self.setCallbacks(&settings)
    daemon = cmhd_start(&settings)
    if daemon == nil { return nil }
  }

  /// Answers until the mailbox says to stop, and has done so when it returns.
  func run() {
    guard let daemon else { return }
    letRun(daemon)
    repeat {
      wait(daemon)
      for message in mailbox.takeAll() { take(message) }
      let now = ContinuousClock.now
      for connection in connections.values {
        if let deadline = connection.deadline, deadline <= now { connection.end() }
        if let pause = connection.pause, pause <= now { connection.resume() }
      }
      letRun(daemon)
      if end != nil { endIdle() }
    } while end.map { !connections.isEmpty && ContinuousClock.now < $0 } ?? true
    for connection in connections.values { connection.end() }
    cmhd_stop(daemon)
  }

  /// Once more after a connection has closed: only then is one taken on that waits for its place.
  private func letRun(_ daemon: OpaquePointer) {
    repeat {
      hasClosed = false
      cmhd_run(daemon)
    } while hasClosed
  }

  private func wait(_ daemon: OpaquePointer) {
    let waiting = connections.values.filter(\.isAwaited)
    var polled = [
      pollfd(fd: mailbox.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: cmhd_poll_descriptor(daemon), events: Int16(POLLIN), revents: 0),
    ]
    polled += waiting.map { pollfd(fd: $0.descriptor, events: cmhd_client_left, revents: 0) }
    guard poll(&polled, nfds_t(polled.count), cmhd_is_pending(daemon) != 0 ? 0 : patience) > 0 else { return }
    for (connection, seen) in zip(waiting, polled.dropFirst(2)) where seen.revents != 0 { connection.clientLeft() }
  }

  /// Milliseconds until the next time that is up; -1 for none.
  private var patience: Int32 {
    var next = end
    for connection in connections.values {
      for moment in [connection.deadline, connection.pause] {
        if let moment { next = min(moment, next ?? moment) }
      }
    }
    guard let next else { return -1 }
    let left = (next - .now) / .milliseconds(1)
    return left > 0 ? Int32(min(left.rounded(.up), 3_600_000)) : 0
  }

  private func take(_ message: Mailbox.Message) {
    switch message {
    case .answer(let id, let answer):
      guard let connection = connections[id.address], connection.id == id, case .computing = connection.phase else {
        return
      }
      switch answer {
      case .response(let response):
        connection.phase = .answered(response)
        connection.resume()
      case .silence where !connection.hasClientLeft && end == nil: connection.phase = .silent
      case .silence, nil: connection.end()
      case .reset: connection.reset()
      }
    case .stop(let limit): stop(by: .now + limit)
    }
  }

  private func stop(by moment: ContinuousClock.Instant) {
    guard let before = end else {
      // What has been asked by now is answered.
      if let daemon {
        letRun(daemon)
        cmhd_quiesce(daemon)
      }
      close(listening)
      end = moment
      for connection in connections.values {
        if case .silent = connection.phase { connection.end() }
        if connection.isInPieces { connection.end() }
      }
      return
    }
    end = min(before, moment)
  }

  private func endIdle() {
    for connection in connections.values {
      switch connection.phase {
      case .idle, .receiving: connection.end()
      default: break
      }
    }
  }

  // MARK: - What the library tells

  func opened(_ handle: OpaquePointer) {
    lastNumber += 1
    let connection = Connection(handle, number: lastNumber, deadline: limits.lifetime.map { .now + $0 })
    connections[connection.id.address] = connection
  }

  func closed(_ handle: OpaquePointer) {
    hasClosed = true
    let connection = connections.removeValue(forKey: UInt(bitPattern: handle))
    if case .computing(let task) = connection?.phase { task.cancel() }
  }

  func connection(_ handle: OpaquePointer) -> Connection? { connections[UInt(bitPattern: handle)] }

  var isStopping: Bool { end != nil }

  /// Lets the handler look for the answer.
  func begin(_ request: LoopbackServer.Request, on connection: Connection) {
    connection.suspend()
    let task = Task { [handler, mailbox, id = connection.id] in
      mailbox.post(.answer(id, try? await handler(request)))
    }
    connection.phase = .computing(task)
  }
}
