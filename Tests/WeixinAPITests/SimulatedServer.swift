import Synchronization
import WeixinModel
import WeixinSimulator

@testable import WeixinAPI

/// The simulator on a loopback port, real HTTP to it, and the calls that the client reported.
struct SimulatedServer: Sendable {
  let simulator: RunningSimulator
  let transport: CurlTransport
  let reported: Reported

  static func run(
    _ options: Simulator.Options = .tested(), _ body: (SimulatedServer) async throws -> Void
  ) async throws {
    let simulator = try await Simulator.start(options)
    let transport = CurlTransport()
    let result: Result<Void, any Error>
    do {
      result = .success(
        try await body(SimulatedServer(simulator: simulator, transport: transport, reported: Reported())))
    } catch {
      result = .failure(error)
    }
    await transport.shutdown()
    await simulator.stop()
    try result.get()
  }

  func server(deadline: Duration = .seconds(60), replyLimit: Int = 1 << 20) throws -> WeixinServer {
    try WeixinServer(
      address: simulator.baseURL, transport: transport, userAgent: "wxtop/test", deadline: deadline,
      replyLimit: replyLimit, onCall: { reported.add($0) })
  }

  func tokens(
    secret: String = "demo-secret", call: AppToken.Call = .stable, store: (any SharedTokens)? = nil,
    clock: BootClock = .system
  ) throws -> AppToken {
    AppToken(
      appID: "wxdemo0000000001", secret: Secret(secret), server: try server(), call: call, store: store,
      clock: clock)
  }

  func ready(deadline: Duration = .seconds(60), replyLimit: Int = 1 << 20, token: String = "READY") throws
    -> WeixinClient
  {
    WeixinClient(server: try server(deadline: deadline, replyLimit: replyLimit), tokens: ReadyToken(Secret(token)))
  }

  final class Reported: Sendable {
    private let calls = Mutex<[WeixinFault.Endpoint: Int]>([:])

    func add(_ endpoint: WeixinFault.Endpoint) {
      calls.withLock { $0[endpoint, default: 0] += 1 }
    }

    var all: [WeixinFault.Endpoint: Int] { calls.withLock(\.self) }
  }
}

extension Simulator.Options {
  /// 2026-03-10, 14:00 in Beijing, and a token `READY`.
  static func tested(_ change: (inout Self) -> Void = { _ in }) -> Self {
    var options = Self()
    options.now = { Timestamp(seconds: 1_773_122_400) }
    options.readyTokens = ["READY"]
    change(&options)
    return options
  }
}

/// A clock that moves when it is told to.
final class HandClock: Sendable {
  private let moment = Mutex(1_000)

  var boot: BootClock { BootClock(boot: "test") { self.moment.withLock(\.self) } }

  func advance(seconds: Int) {
    moment.withLock { $0 += seconds }
  }
}
