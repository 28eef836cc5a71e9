import LoopbackServer

/// The HTTP side of `wxtop metrics`. A connection serves for one answer and lives ten seconds at most, so that neither
/// slow headers, nor bodies without end, nor readers that do not read can hold one of the few there are.
struct MetricsServer: Sendable {
  private static let stopLimit = Duration.seconds(5)

  private static let limits = {
    // No answer needs a body; whoever sends a small one is told so.
    var limits = LoopbackServer.Limits(bodyBytes: 8_192, lifetime: .seconds(10), keepsAlive: false)
    limits.connections = 64
    return limits
  }()

  let address: ListenAddress
  private let server: LoopbackServer

  /// Opens the port.
  static func start(_ wanted: ListenAddress, _ responder: MetricsResponder) async throws(CommandFailure)
    -> MetricsServer
  {
    do throws(LoopbackServer.Failure) {
      let server = try await LoopbackServer.start(host: wanted.host, port: wanted.port, limits: limits) {
        .response(await responder.response(to: $0))
      }
      return MetricsServer(address: ListenAddress(host: wanted.host, port: server.port), server: server)
    } catch {
      throw .listening(wanted, ListenProblem(error))
    }
  }

  /// Answers until the caller is cancelled, then finishes the answers under way and closes the port. Whoever has not read
  /// his answer five seconds later is left behind.
  func untilStopped() async throws(CommandFailure) {
    await server.untilStopped(within: Self.stopLimit)
    if !Task.isCancelled { throw .listening(address, .other("the socket was closed")) }
  }
}
