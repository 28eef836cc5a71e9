import Testing
import WeixinModel
import WeixinSimulator

@testable import WeixinAPI

@Suite struct TransportTests {
  private func error(
    _ fault: Fault, deadline: Duration = .seconds(60), replyLimit: Int = 1 << 20
  ) async throws -> APIError? {
    var found: APIError?
    try await SimulatedServer.run(.tested { $0.fault = fault }) { weixin in
      let client = try weixin.ready(deadline: deadline, replyLimit: replyLimit)
      found = await apiError { try await client.hourlyMessages(on: try day("2026-03-08")) }
      #expect(await weixin.simulator.calls == [.hourly: 1])
      #expect(weixin.reported.all == [.hourly: 1])
    }
    return found
  }

  @Test func statusAndPages() async throws {
    #expect(try await error(Fault(.http(503))) == .http(status: 503))
    #expect(try await error(Fault(.http(404))) == .http(status: 404))
    #expect(try await error(Fault(.redirect)) == .redirected(status: 302))
    #expect(
      try await error(Fault(.html))
        == .notJSON(start: "<!DOCTYPE html><html><head><title>Bad gateway</title></head>"))
  }

  @Test func brokenBodies() async throws {
    #expect(try await error(Fault(.truncated)) == .truncated)
    #expect(try await error(Fault(.empty)) == .empty)
    guard case .notJSON = try await error(Fault(.garbage)) else {
      Issue.record("garbage was read")
      return
    }
  }

  @Test(arguments: [Fault.Kind.silent, .slow])
  func deadline(kind: Fault.Kind) async throws {
    #expect(try await error(Fault(kind), deadline: .milliseconds(250)) == .timedOut(seconds: 1))
  }

  @Test func hugeReplyIsStoppedAtTheCap() async throws {
    #expect(try await error(Fault(.huge), replyLimit: 100_000) == .tooLarge(limit: 100_000))
  }

  @Test func resetConnection() async throws {
    guard case .unreachable(let host, let cause) = try await error(Fault(.reset)) else {
      Issue.record("not unreachable")
      return
    }
    #expect(host == "127.0.0.1")
    #expect(!cause.isEmpty && !cause.contains("READY"))
  }

  @Test func weixinsOwnErrors() async throws {
    #expect(try await error(Fault(.errcode(45_009)))?.errorClass == .dayQuota)
    #expect(try await error(Fault(.notReady))?.isNotReady == true)
    #expect(try await error(Fault(.unpublished)) == nil)
  }

  @Test func closedPortIsUnreachableAtOnce() async throws {
    let simulator = try await Simulator.start()
    await simulator.stop()
    let transport = AsyncHTTPTransport()
    let clock = ContinuousClock()
    let start = clock.now
    let server = try WeixinServer(address: simulator.baseURL, transport: transport)
    let error = await apiError {
      try await WeixinClient(server: server, tokens: ReadyToken(Secret("T"))).massSendSpeed()
    }
    #expect(error == .unreachable(host: "127.0.0.1", cause: "Connection refused"))
    #expect(clock.now - start < .seconds(3))
    await transport.shutdown()
  }

  @Test func unreachableProxyIsNamedWithoutItsPassword() async throws {
    let simulator = try await Simulator.start()
    await simulator.stop()
    let transport = AsyncHTTPTransport(environment: ["HTTPS_PROXY": "http://me:hunter2@127.0.0.1:\(simulator.port)"])
    let server = try WeixinServer(transport: transport)
    let error = await apiError {
      try await WeixinClient(server: server, tokens: ReadyToken(Secret("T"))).massSendSpeed()
    }
    let cause = "proxy 127.0.0.1:\(simulator.port): Connection refused"
    #expect(error == .unreachable(host: "api.weixin.qq.com", cause: cause))
    await transport.shutdown()
  }

  @Test func serverWithoutTLS() async throws {
    try await SimulatedServer.run { weixin in
      let server = try WeixinServer(
        address: "https://127.0.0.1:\(weixin.simulator.port)", transport: weixin.transport, deadline: .seconds(3))
      let error = await apiError {
        try await WeixinClient(server: server, tokens: ReadyToken(Secret("T"))).massSendSpeed()
      }
      guard case .tls(let host, _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(host == "127.0.0.1")
    }
  }

  @Test func cancelledCallerLeavesAtOnce() async throws {
    try await SimulatedServer.run(.tested { $0.fault = Fault(.silent) }) { weixin in
      let client = try weixin.ready()
      let call = Task { try await client.massSendSpeed() }
      while await weixin.simulator.calls.isEmpty { await Task.yield() }
      call.cancel()
      await #expect(throws: CancellationError.self) { try await call.value }
    }
  }

  @Test func afterShutdownNothingIsSent() async throws {
    try await SimulatedServer.run { weixin in
      let client = try weixin.ready()
      _ = try await client.massSendSpeed()
      await weixin.transport.shutdown()
      await #expect(throws: (any Error).self) { try await client.massSendSpeed() }
      #expect(await weixin.simulator.calls == [.speed: 1])
    }
  }
}
