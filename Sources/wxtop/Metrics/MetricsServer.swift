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
      additionalChannelHandlers: [LifetimeLimit(lifetime)],
      httpDecoderConfiguration: .init(maxHeaderFieldSize: 8_192, maxHeaderListSize: 16_384, maxHeaderFieldCount: 100))
    channels.idleTimeout = lifetime
    let http = HTTP1Channel(
      responder: { (request, writer: consuming ResponseWriter, _) in
        let response = responder.response(to: request)
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

  /// Answers until the caller is cancelled, then finishes the answers under way and closes the port.
  func untilStopped() async throws(CommandFailure) {
    await withTaskCancellationHandler {
      _ = await serving.result
    } onCancel: {
      Task { try? await server.shutdownGracefully() }
      Task {
        try await Task.sleep(for: Self.stopLimit)
        serving.cancel()
      }
    }
    if !Task.isCancelled { throw .listening(address, .other("the socket was closed")) }
  }
}

/// Closes a connection at its age limit, whatever it is doing.
private final class LifetimeLimit: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = NIOAny

  private let lifetime: TimeAmount
  private var end: Scheduled<Void>?

  init(_ lifetime: TimeAmount) { self.lifetime = lifetime }

  func handlerAdded(context: ChannelHandlerContext) {
    let channel = context.channel
    end = context.eventLoop.scheduleTask(in: lifetime) { channel.close(promise: nil) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    end?.cancel()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { end?.cancel() }
}
