import HummingbirdCore
import Logging
import NIOCore
import NIOPosix

/// The HTTP side of `wxtop metrics`. A connection serves for one answer and lives ten seconds at most, so that neither
/// slow headers, nor bodies without end, nor readers that do not read can hold one of the few there are.
struct MetricsServer: Sendable {
  private static let connections = 64
  private static let lifetime = TimeAmount.seconds(10)
  private static let stopLimit = Duration.seconds(5)

  let address: ListenAddress
  private let server: Server<HTTP1Channel>
  private let serving: Task<Void, any Error>

  /// Opens the port.
  static func start(_ wanted: ListenAddress, _ responder: MetricsResponder) async throws(CommandFailure)
    -> MetricsServer
  {
    var channels = HTTP1Channel.Configuration(
      additionalChannelHandlers: [ConnectionEnd(lifetime: lifetime)],
      httpDecoderConfiguration: .init(maxHeaderFieldSize: 8_192, maxHeaderListSize: 16_384, maxHeaderFieldCount: 100))
    channels.idleTimeout = lifetime
    let http = HTTP1Channel(
      responder: { (request, writer: consuming ResponseWriter, _) in
        let response = await responder.response(to: request)
        try await writer.write(response: response.head, body: response.body)
      }, configuration: channels)
    let quiet = Logger(label: "metrics") { _ in SwiftLogNoOpLogHandler() }
    let (ports, opened) = AsyncThrowingStream<Int, any Error>.makeStream()
    let server = Server(
      childChannelSetup: http,
      configuration: ServerConfiguration(
        address: .hostname(wanted.host, port: wanted.port),
        availableConnectionsDelegate: .maximum(connections, logger: quiet)),
      onServerRunning: { opened.yield($0.localAddress?.port ?? wanted.port) },
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet)
    let serving = Task {
      do {
        try await server.run()
        opened.finish()
      } catch {
        opened.finish(throwing: error)
        throw error
      }
    }
    // In a task of its own, so that it opens or fails even if nobody waits any more: only a running server can be stopped.
    let opening = Task { () -> Int in
      for try await port in ports { return port }
      throw CancellationError()
    }
    do {
      let port = try await opening.value
      return MetricsServer(address: ListenAddress(host: wanted.host, port: port), server: server, serving: serving)
    } catch let error as IOError {
      throw .listening(wanted, ListenProblem(errno: error.errnoCode))
    } catch {
      throw .listening(wanted, .other("\(error)"))
    }
  }

  /// Answers until the caller is cancelled, then finishes the answers under way and closes the port. Whoever has not read
  /// his answer five seconds later is left behind.
  func untilStopped() async throws(CommandFailure) {
    let (ends, ended) = AsyncStream<Void>.makeStream()
    // In tasks of their own, since a stream is over at once for a reader that is cancelled.
    Task {
      _ = await serving.result
      ended.finish()
    }
    let end = Task { for await _ in ends {} }
    await withTaskCancellationHandler {
      await end.value
    } onCancel: {
      Task { try? await server.shutdownGracefully() }
      Task {
        try? await Task.sleep(for: Self.stopLimit)
        ended.finish()
      }
    }
    if !Task.isCancelled { throw .listening(address, .other("the socket was closed")) }
  }
}
