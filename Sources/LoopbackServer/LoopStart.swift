import CMicrohttpd
import Glibc
import Synchronization

/// What a loop begins with, on its way to the thread of its own.
final class LoopStart: Sendable {
  let listening: Int32
  private let port: Int
  let limits: LoopbackServer.Limits
  let mailbox: Mailbox
  let handler: LoopbackServer.Handler
  private let waiting = Mutex<CheckedContinuation<Int32, Never>?>(nil)

  init(
    on socket: ListeningSocket, limits: LoopbackServer.Limits, mailbox: Mailbox,
    handler: @escaping LoopbackServer.Handler
  ) {
    listening = socket.descriptor
    port = socket.port
    self.limits = limits
    self.mailbox = mailbox
    self.handler = handler
  }

  /// Starts the thread; returns when its loop runs, with 0, or cannot, with the system's number for it.
  func problem() async -> Int32 {
    await withCheckedContinuation { continuation in
      waiting.withLock { $0 = continuation }
      let context = Unmanaged.passRetained(self)
      let problem = Self.withoutSignals { () -> Int32 in
        var thread = pthread_t()
        let problem = pthread_create(
          &thread, nil,
          { context in
            if let context { Unmanaged<LoopStart>.fromOpaque(context).takeRetainedValue().run() }
            return nil
          }, context.toOpaque())
        if problem == 0 { pthread_detach(thread) }
        return problem
      }
      if problem != 0 {
        context.release()
        report(problem)
      }
    }
  }

  private func run() {
    cmhd_name_thread("loopback-\(port)")
    guard let loop = ServerLoop(self) else {
      report(errno == 0 ? ENOMEM : errno)
      return
    }
    report(0)
    loop.run()
    mailbox.end()
  }

  private func report(_ problem: Int32) {
    waiting.withLock { waiting in
      waiting?.resume(returning: problem)
      waiting = nil
    }
  }

  /// A thread that is created meanwhile gets no signals but those of a crash, which are for the thread that crashes.
  private static func withoutSignals(_ body: () -> Int32) -> Int32 {
    var most = sigset_t()
    sigfillset(&most)
    for crash in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] { sigdelset(&most, crash) }
    var usual = sigset_t()
    pthread_sigmask(SIG_BLOCK, &most, &usual)
    defer { pthread_sigmask(SIG_SETMASK, &usual, nil) }
    return body()
  }
}
