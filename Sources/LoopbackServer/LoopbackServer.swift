import CMicrohttpd
import Glibc

/// An HTTP server for a few paths on one port, with limits, and an end that finishes what is under way.
///
/// libmicrohttpd reads and writes HTTP; it is opened with the first server. All of a server happens on one thread of its own
/// (``ServerLoop``), but for the handlers, which are tasks.
public final class LoopbackServer: Sendable {
  /// Finds the answer to a request. It is cancelled when the client has gone or its time is up; where it throws, the
  /// connection ends without an answer.
  public typealias Handler = @Sendable (Request) async throws -> Answer

  /// The port that was opened.
  public let port: Int
  private let mailbox: Mailbox

  private init(port: Int, mailbox: Mailbox) {
    self.port = port
    self.mailbox = mailbox
  }

  /// Opens a port and answers until ``stop(within:)``, whether or not anybody holds the server.
  ///
  /// - Parameters:
  ///   - host: a numeric address, or `localhost` for 127.0.0.1.
  ///   - port: 0 for any that is free.
  ///   - limits: what clients may take.
  ///   - handler: finds the answers.
  /// - Returns: the server, whose port is open.
  /// - Throws: why the port cannot be opened.
  public static func start(
    host: String = "127.0.0.1", port: Int = 0, limits: Limits, handler: @escaping Handler
  ) async throws(Failure) -> LoopbackServer {
    if let problem = cmhd_open() { throw .library(String(cString: problem)) }
    let mailbox = try Mailbox()
    let socket = try ListeningSocket(host: host, port: port)
    let start = LoopStart(on: socket, limits: limits, mailbox: mailbox, handler: handler)
    let problem = await start.problem()
    guard problem == 0 else {
      close(socket.descriptor)
      throw .system(problem)
    }
    return LoopbackServer(port: socket.port, mailbox: mailbox)
  }

  /// The version of libmicrohttpd that is installed; nil where none is.
  public static var libraryVersion: String? { cmhd_open() == nil ? String(cString: cmhd_version()) : nil }

  /// Closes the port, finishes the answers under way within so long, and closes all connections. What is meant to have no end,
  /// silence and bodies in pieces, is ended at once, and so are connections that have asked for nothing yet. May be called
  /// more than once.
  public func stop(within limit: Duration = .zero) async {
    mailbox.post(.stop(within: limit))
    await mailbox.untilEnded()
  }

  /// Waits until the server has ended: until ``stop(within:)``, or the cancellation of the caller, which stops it.
  public func untilStopped(within limit: Duration = .zero) async {
    await withTaskCancellationHandler {
      await mailbox.untilEnded()
    } onCancel: {
      mailbox.post(.stop(within: limit))
    }
  }
}
