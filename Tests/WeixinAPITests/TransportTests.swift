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

  @Test func `error statuses, redirects and web pages are told apart`() async throws {
    #expect(try await error(Fault(.http(503))) == .http(status: 503))
    #expect(try await error(Fault(.http(404))) == .http(status: 404))
    #expect(try await error(Fault(.redirect)) == .redirected(status: 302))
    #expect(
      try await error(Fault(.html))
        == .notJSON(start: "<!DOCTYPE html><html><head><title>Bad gateway</title></head>"))
  }

  @Test func `truncated, empty and garbled bodies are told apart`() async throws {
    #expect(try await error(Fault(.truncated)) == .truncated)
    #expect(try await error(Fault(.empty)) == .empty)
    guard case .notJSON = try await error(Fault(.garbage)) else {
      Issue.record("garbage was read")
      return
    }
  }

  @Test(arguments: [Fault.Kind.silent, .slow])
  func `a silent or slow server runs into the deadline`(kind: Fault.Kind) async throws {
    #expect(try await error(Fault(kind), deadline: .milliseconds(250)) == .timedOut(seconds: 1))
  }

  @Test func `a huge reply is stopped at the limit`() async throws {
    #expect(try await error(Fault(.huge), replyLimit: 100_000) == .tooLarge(limit: 100_000))
  }

  @Test func `a reset connection is reported without the token`() async throws {
    guard case .unreachable(let host, let cause) = try await error(Fault(.reset)) else {
      Issue.record("not unreachable")
      return
    }
    #expect(host == "127.0.0.1")
    #expect(!cause.isEmpty && !cause.contains("READY"))
  }

  @Test func `Weixin's own errors come through`() async throws {
    #expect(try await error(Fault(.errcode(45_009)))?.errorClass == .dayQuota)
    #expect(try await error(Fault(.notReady))?.isNotReady == true)
    #expect(try await error(Fault(.unpublished)) == nil)
  }

  @Test func `a closed port is reported at once`() async throws {
    let simulator = try await Simulator.start()
    await simulator.stop()
    let transport = CurlTransport()
    let server = try WeixinServer(address: simulator.baseURL, transport: transport, deadline: .seconds(600))
    let error = await apiError {
      try await WeixinClient(server: server, tokens: ReadyToken(Secret("T"))).massSendSpeed()
    }
    #expect(error == .unreachable(host: "127.0.0.1", cause: "Connection refused"))
    await transport.shutdown()
  }

  @Test func `an unreachable proxy is named without its password`() async throws {
    let simulator = try await Simulator.start()
    await simulator.stop()
    let transport = CurlTransport(environment: ["HTTPS_PROXY": "http://me:hunter2@127.0.0.1:\(simulator.port)"])
    let server = try WeixinServer(transport: transport)
    let error = await apiError {
      try await WeixinClient(server: server, tokens: ReadyToken(Secret("T"))).massSendSpeed()
    }
    let cause = "proxy 127.0.0.1:\(simulator.port): Connection refused"
    #expect(error == .unreachable(host: "api.weixin.qq.com", cause: cause))
    await transport.shutdown()
  }

  @Test func `a server without TLS is named`() async throws {
    let greeting = CannedServer.reply("", status: "400 Bad Request")
    try await CannedServer.run(bytes: greeting, greets: true) { server in
      let transport = CurlTransport()
      let weixin = try WeixinServer(address: "https://127.0.0.1:\(server.port)", transport: transport)
      let error = await apiError {
        try await WeixinClient(server: weixin, tokens: ReadyToken(Secret("T"))).massSendSpeed()
      }
      #expect(error == .tls(host: "127.0.0.1", cause: "wrong version number"))
      await transport.shutdown()
    }
  }

  /// A call to a server of given bytes.
  private func call(_ bytes: [UInt8], closes: Bool = false, replyLimit: Int = 1 << 20) async throws -> (
    result: Result<MassSendSpeed, APIError>, head: String
  ) {
    var found: (Result<MassSendSpeed, APIError>, String)?
    try await CannedServer.run(bytes: bytes, closes: closes) { server in
      let transport = CurlTransport()
      let weixin = try WeixinServer(
        address: "http://localhost:\(server.port)", transport: transport, replyLimit: replyLimit)
      let client = WeixinClient(server: weixin, tokens: ReadyToken(Secret("T")))
      let result: Result<MassSendSpeed, APIError>
      do {
        result = .success(try await client.massSendSpeed())
      } catch let error as APIError {
        result = .failure(error)
      }
      await transport.shutdown()
      found = (result, server.requests.first ?? "")
    }
    return try #require(found)
  }

  /// `{"speed":3,"realspeed":15}`, by gzip.
  private static let gzipped: [UInt8] = [
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 42, 46, 72, 77, 77, 81, 178, 50, 214, 81, 42, 74, 77, 204, 129, 242, 12,
    77,
    107, 1, 199, 140, 26, 60, 26, 0, 0, 0,
  ]

  @Test func `a compressed reply is read, and asked for`() async throws {
    let reply = CannedServer.reply(Self.gzipped, headers: ["Content-Encoding: gzip"])
    let (result, head) = try await call(reply)
    #expect(result == .success(MassSendSpeed(level: 3, realspeed: 15)))
    #expect(head.contains("Accept-Encoding: ") && head.contains("gzip"))
  }

  @Test func `the cap counts what a compressed reply grows to`() async throws {
    let reply = CannedServer.reply(Self.gzipped, headers: ["Content-Encoding: gzip"])
    #expect(try await call(reply, replyLimit: 25).result == .failure(.tooLarge(limit: 25)))
    #expect(try await call(reply, replyLimit: 26).result == .success(MassSendSpeed(level: 3, realspeed: 15)))
  }

  @Test func `a damaged compressed reply is said to be one`() async throws {
    let reply = CannedServer.reply("plain", headers: ["Content-Encoding: gzip"])
    #expect(try await call(reply).result == .failure(.notJSON(start: "(compressed, and damaged)")))
  }

  @Test func `a body that ends early is the connection's fault, which passes`() async throws {
    let reply = CannedServer.reply(#"{"speed":3,"realspeed":15}"#).dropLast(3)
    let (result, _) = try await call(Array(reply), closes: true)
    #expect(
      result == .failure(.unreachable(host: "localhost", cause: "the connection ended before the reply did")))
  }

  @Test func `a server that is none is named`() async throws {
    let (result, _) = try await call(Array("SSH-2.0-OpenSSH_9.2\r\n".utf8), closes: true)
    guard case .failure(.unreachable(host: "localhost", _)) = result else {
      Issue.record("\(result)")
      return
    }
    let (nothing, _) = try await call([], closes: true)
    #expect(nothing == .failure(.unreachable(host: "localhost", cause: "the connection ended without a reply")))
  }

  @Test func `a name that is being looked up does not keep a cancelled call`() async throws {
    let transport = CurlTransport()
    let call = Task {
      try await transport.send(
        HTTPCall(
          address: "https://nowhere.invalid", query: nil, body: nil, userAgent: "t", deadline: .seconds(60),
          replyLimit: 1))
    }
    call.cancel()
    await #expect(throws: (any Error).self) { try await call.value }
    await transport.shutdown()
  }

  @Test func `a cancelled caller leaves at once`() async throws {
    try await SimulatedServer.run(.tested { $0.fault = Fault(.silent) }) { weixin in
      let client = try weixin.ready()
      let call = Task { try await client.massSendSpeed() }
      while await weixin.simulator.calls.isEmpty { await Task.yield() }
      call.cancel()
      await #expect(throws: CancellationError.self) { try await call.value }
    }
  }

  @Test func `nothing is sent after shutdown`() async throws {
    try await SimulatedServer.run { weixin in
      let client = try weixin.ready()
      _ = try await client.massSendSpeed()
      await weixin.transport.shutdown()
      await #expect(throws: (any Error).self) { try await client.massSendSpeed() }
      #expect(await weixin.simulator.calls == [.speed: 1])
    }
  }
}
