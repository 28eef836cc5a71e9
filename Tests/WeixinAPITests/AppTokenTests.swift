import Glibc
import Synchronization
import Testing
import WeixinModel
import WeixinSimulator

@testable import WeixinAPI

@Suite struct AppTokenTests {
  @Test func `twenty callers share one call`() async throws {
    try await SimulatedServer.run(.tested { $0.delay = 60 }) { weixin in
      let source = try weixin.tokens()
      let values = try await withThrowingTaskGroup(of: AccessToken.self) { group in
        for _ in 0..<20 { group.addTask { try await source.token() } }
        return try await group.reduce(into: Set<AccessToken>()) { $0.insert($1) }
      }
      #expect(values.count == 1)
      #expect(await weixin.simulator.calls == [.token: 1])
    }
  }

  /// Answers with a token, and keeps what was sent.
  private final class Recorder: HTTPTransport {
    let bodies = Mutex<[String]>([])

    func send(_ request: HTTPCall) async throws -> HTTPReply {
      bodies.withLock { $0.append(String(decoding: request.body ?? [], as: UTF8.self)) }
      return HTTPReply(status: 200, body: Array(#"{"access_token":"T","expires_in":7200}"#.utf8))
    }
  }

  @Test func `a token call asks for no forced refresh`() async throws {
    let recorder = Recorder()
    let source = AppToken(
      appID: "wxdemo0000000001", secret: Secret("s"), server: try WeixinServer(transport: recorder))
    _ = try await source.replacement(for: try await source.token())
    let bodies = recorder.bodies.withLock { $0 }
    #expect(!bodies.isEmpty)
    #expect(bodies.allSatisfy { $0.contains(#""force_refresh":false"#) && !$0.contains("true") }, "\(bodies)")
  }

  @Test func `a wrong secret is a final error`() async throws {
    try await SimulatedServer.run { weixin in
      let client = WeixinClient(server: try weixin.server(), tokens: try weixin.tokens(secret: "wrong"))
      let error = await apiError { try await client.massSendSpeed() }
      #expect(error?.errorClass == .credentials)
      await weixin.simulator.setFault(Fault(.errcode(40_001), on: .token))
      #expect(await apiError { try await client.massSendSpeed() }?.errorClass == .credentials)
      #expect(await weixin.simulator.calls == [.token: 2])
    }
  }

  @Test func `a token is kept until its life is nearly over`() async throws {
    let clock = HandClock()
    try await SimulatedServer.run { weixin in
      let source = try weixin.tokens(clock: clock.boot)
      _ = try await source.token()
      clock.advance(seconds: 7_200 - 121)
      _ = try await source.token()
      #expect(await weixin.simulator.calls == [.token: 1])
      clock.advance(seconds: 2)
      _ = try await source.token()
      #expect(await weixin.simulator.calls == [.token: 2])
    }
  }

  @Test(arguments: [(7_200, 120), (480, 120), (345, 86), (300, 75), (4, 1), (0, 0)])
  func `the margin is a quarter of the life, at most two minutes`(life: Int, margin: Int) {
    #expect(AppToken.margin(ofLife: life) == margin)
  }

  @Test func `the documented reply is read and its life respected`() async throws {
    let clock = HandClock()
    let transport = CannedTransport(bytes: try Fixture.bytes("stable_token_ok_remaining"))
    let calls = Mutex(0)
    let server = try WeixinServer(transport: transport, onCall: { _ in calls.withLock { $0 += 1 } })
    let life = TokenLife()
    let source = AppToken(appID: "wx1", secret: Secret("s"), server: server, clock: clock.boot, life: life)
    #expect(life.usedUntil == nil)
    let before = Timestamp(seconds: time(nil))
    #expect(try await source.token().value?.revealed == "ACCESS_TOKEN")
    let after = Timestamp(seconds: time(nil))
    let end = try #require(life.usedUntil)
    #expect((before + (345 - 86)...after + (345 - 85)).contains(end))
    clock.advance(seconds: 345 - 87)
    _ = try await source.token()
    #expect(calls.withLock(\.self) == 1)
    clock.advance(seconds: 2)
    _ = try await source.token()
    #expect(calls.withLock(\.self) == 2)
  }

  @Test(arguments: [
    (#"{}"#, "access_token"), (#"{"access_token":"","expires_in":9}"#, "access_token"),
    (#"{"access_token":5,"expires_in":9}"#, "access_token"), (#"{"access_token":"T"}"#, "expires_in"),
  ])
  func `an incomplete reply is refused, naming the key`(text: String, key: String) async throws {
    let source = AppToken(
      appID: "wx1", secret: Secret("s"), server: try WeixinServer(transport: CannedTransport(text)))
    #expect(await apiError { try await source.token() } == .unexpected(key: key))
  }

  @Test func `a late report about an old token fetches nothing`() async throws {
    try await SimulatedServer.run { weixin in
      let source = try weixin.tokens()
      let first = try await source.token()
      let second = try await source.replacement(for: first)
      #expect(second != nil && second != first)
      #expect(try await source.replacement(for: first) == second)
      #expect(await weixin.simulator.calls == [.token: 2])
    }
  }

  @Test func `after a failure the next call tries again`() async throws {
    try await SimulatedServer.run { weixin in
      let source = try weixin.tokens()
      await weixin.simulator.setFault(Fault(.errcode(-1), on: .token))
      #expect(await apiError { try await source.token() }?.errorClass == .transient)
      await weixin.simulator.setFault(.none)
      _ = try await source.token()
    }
  }

  @Test func `one cancelled waiter leaves the others their token`() async throws {
    try await SimulatedServer.run(.tested { $0.delay = 200 }) { weixin in
      let source = try weixin.tokens()
      let staying = Task { try await source.token() }
      while await weixin.simulator.calls.isEmpty { await Task.yield() }
      let leaving = Task { try await source.token() }
      leaving.cancel()
      await #expect(throws: CancellationError.self) { try await leaving.value }
      _ = try await staying.value
      #expect(await weixin.simulator.calls == [.token: 1])
    }
  }

  @Test func `a call that nobody waits for is cancelled`() async throws {
    try await SimulatedServer.run { weixin in
      let source = try weixin.tokens()
      await weixin.simulator.setFault(Fault(.silent, on: .token))
      let only = Task { try await source.token() }
      while await weixin.simulator.calls.isEmpty { await Task.yield() }
      only.cancel()
      await #expect(throws: CancellationError.self) { try await only.value }
      await weixin.simulator.setFault(.none)
      _ = try await source.token()
    }
  }
}
