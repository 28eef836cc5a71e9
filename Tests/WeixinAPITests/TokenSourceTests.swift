import Synchronization
import Testing
import WeixinModel
import WeixinSimulator

@testable import WeixinAPI

@Suite struct ClassicTokenTests {
  @Test func `the classic token is fetched and used`() async throws {
    try await SimulatedServer.run { weixin in
      let client = WeixinClient(server: try weixin.server(), tokens: try weixin.tokens(call: .classic))
      _ = try await client.massSendSpeed()
      #expect(await weixin.simulator.calls == [.classicToken: 1, .speed: 1])
    }
  }

  @Test func `a wrong secret is a final error`() async throws {
    try await SimulatedServer.run { weixin in
      let client = WeixinClient(server: try weixin.server(), tokens: try weixin.tokens(secret: "no", call: .classic))
      #expect(await apiError { try await client.massSendSpeed() }?.errorClass == .credentials)
    }
  }

  @Test func `two programs that take the classic token from each other do not go on with it`() async throws {
    let clock = HandClock()
    try await SimulatedServer.run { weixin in
      let ours = WeixinClient(
        server: try weixin.server(), tokens: try weixin.tokens(call: .classic, clock: clock.boot))
      let production = try weixin.tokens(call: .classic)
      _ = try await ours.massSendSpeed()
      _ = try await production.token()
      #expect(await apiError { try await ours.massSendSpeed() }?.errorClass == .staleToken)
      #expect(await weixin.simulator.calls[.classicToken] == 2, "ours and production's, and no third")
      clock.advance(seconds: AppToken.classicPause)
      _ = try await ours.massSendSpeed()
      #expect(await weixin.simulator.calls[.classicToken] == 3)
    }
  }

  @Test func `stable and classic tokens live side by side`() async throws {
    try await SimulatedServer.run { weixin in
      let production = WeixinClient(server: try weixin.server(), tokens: try weixin.tokens(call: .classic))
      let ours = WeixinClient(server: try weixin.server(), tokens: try weixin.tokens())
      for _ in 0..<3 {
        _ = try await production.massSendSpeed()
        _ = try await ours.massSendSpeed()
      }
      #expect(await weixin.simulator.calls == [.classicToken: 1, .token: 1, .speed: 6])
    }
  }
}

@Suite struct SharedClassicTokenTests {
  @Test func `five processes that are all refused make one classic call in five minutes`() async throws {
    let clock = HandClock()
    try await SimulatedServer.run { weixin in
      let store = TokenShelf()
      await weixin.simulator.setFault(Fault(.errcode(40_001), on: .speed))
      for _ in 0..<5 {
        let client = WeixinClient(
          server: try weixin.server(), tokens: try weixin.tokens(call: .classic, store: store, clock: clock.boot))
        #expect(await apiError { try await client.massSendSpeed() }?.errorClass == .staleToken)
      }
      #expect(await weixin.simulator.calls[.classicToken] == 1)
      clock.advance(seconds: AppToken.classicPause)
      let client = WeixinClient(
        server: try weixin.server(), tokens: try weixin.tokens(call: .classic, store: store, clock: clock.boot))
      _ = await apiError { try await client.massSendSpeed() }
      #expect(await weixin.simulator.calls[.classicToken] == 2)
    }
  }

  @Test func `without the lock a stable token is fetched and a classic one is not`() async throws {
    try await SimulatedServer.run { weixin in
      let store = TokenShelf(isLocked: false)
      let classic = try weixin.tokens(call: .classic, store: store)
      #expect(await apiError { try await classic.token() } == .tokenWithheld(secondsLeft: nil))
      _ = try await weixin.tokens(store: store).token()
      #expect(await weixin.simulator.calls == [.token: 1])
    }
  }

  @Test(arguments: [0, 1, 3], [AppToken.Call.stable, .classic])
  func `a token whose life is said to be over is used all the same for some minutes`(
    life: Int, call: AppToken.Call
  ) async throws {
    let clock = HandClock()
    let calls = Mutex(0)
    let server = try WeixinServer(
      transport: CannedTransport(#"{"access_token":"T","expires_in":\#(life)}"#),
      onCall: { _ in calls.withLock { $0 += 1 } })
    let source = AppToken(appID: "wx1", secret: Secret("s"), server: server, call: call, clock: clock.boot)
    for _ in 0..<20 {
      _ = try await source.token()
      clock.advance(seconds: 10)
    }
    #expect(calls.withLock(\.self) == 1)
  }

  @Test func `a boot that cannot be named is known by its moment`() {
    #expect(BootClock.isSame("? at 1700000000", "? at 1700000030"))
    #expect(
      BootClock.isSame("? at 1700000000", "6d1f at 1700000001"), "a unit that hides the name beside one that sees it")
    #expect(!BootClock.isSame("? at 1700000000", "? at 1700000100"))
    #expect(BootClock.isSame("6d1f at 1700000000", "6d1f at 1900000000"), "a clock that was set")
    #expect(!BootClock.isSame("6d1f at 1700000000", "77aa at 1700000000"))
    #expect(!BootClock.isSame("process 12", "process 13"))
    #expect(BootClock.isSame(BootClock.system.boot, BootClock.system.boot))
  }
}

@Suite struct CloudCallTests {
  @Test func `no token is sent, and what the cloud lacks is not called`() async throws {
    let transport = RecordingTransport()
    let client = WeixinClient(
      server: try WeixinServer(address: CloudCall.address, transport: transport), tokens: CloudCall())
    _ = await apiError { try await client.hourlyMessages(on: try day("2014-12-07")) }
    let sent = try #require(transport.sent.withLock { $0.first })
    #expect(sent.query == nil)
    #expect(sent.address == "http://api.weixin.qq.com/datacube/getupstreammsghour")
    #expect(await apiError { try await client.massSendSpeed() } == .notInCloud(.speed))
    #expect(transport.sent.withLock { $0.count } == 1)
  }

  @Test func `over plain HTTP to Weixin goes nothing that is secret`() async throws {
    let transport = RecordingTransport()
    let server = try WeixinServer(address: CloudCall.address, transport: transport)
    let sources: [any AccessTokenSource] = [
      ReadyToken(Secret("T")), AppToken(appID: "wx1", secret: Secret("s"), server: server),
      AppToken(appID: "wx1", secret: Secret("s"), server: server, call: .classic),
    ]
    for source in sources {
      let client = WeixinClient(server: server, tokens: source)
      #expect(
        await apiError { try await client.hourlyMessages(on: try day("2014-12-07")) }
          == .notAllowed(address: CloudCall.address))
    }
    #expect(transport.sent.withLock { $0.isEmpty })
  }
}

@Suite struct SharedTokenTests {
  @Test func `one call serves everybody who shares`() async throws {
    try await SimulatedServer.run { weixin in
      let store = TokenShelf()
      for _ in 0..<5 { _ = try await weixin.tokens(store: store).token() }
      #expect(await weixin.simulator.calls == [.token: 1])
    }
  }

  @Test func `a refused token is replaced once, and everybody takes the new one`() async throws {
    try await SimulatedServer.run { weixin in
      let store = TokenShelf()
      let sources = try (0..<3).map { _ in try weixin.tokens(store: store) }
      for source in sources { _ = try await source.token() }
      await weixin.simulator.revokeTokens()
      for source in sources {
        _ = try await WeixinClient(server: try weixin.server(), tokens: source).massSendSpeed()
      }
      #expect(await weixin.simulator.calls[.token] == 2)
    }
  }

  @Test func `a token from before a reboot is not used`() async throws {
    try await SimulatedServer.run { weixin in
      let store = TokenShelf()
      try await store.save(SharedToken(value: Secret("old"), freshUntil: .max, boot: "before"))
      #expect(try await weixin.tokens(store: store).token().value?.revealed != "old")
    }
  }

  @Test func `a token comes even if the store fails`() async throws {
    try await SimulatedServer.run { weixin in
      let store = TokenShelf(isBroken: true)
      _ = try await weixin.tokens(store: store).token()
      #expect(await weixin.simulator.calls == [.token: 1])
    }
  }
}

/// A place for a token that is shared within a test.
private actor TokenShelf: SharedTokens {
  private var token: SharedToken?
  private var call: SharedTokenCall?
  private let isBroken: Bool
  private let isLocked: Bool

  init(isBroken: Bool = false, isLocked: Bool = true) { (self.isBroken, self.isLocked) = (isBroken, isLocked) }

  func load() throws -> SharedToken? {
    if isBroken { throw CancellationError() }
    return token
  }

  func save(_ token: SharedToken) throws {
    if isBroken { throw CancellationError() }
    self.token = token
  }

  func lastCall() throws -> SharedTokenCall? { call }

  func noteCall(bootSeconds: Int, boot: String) {
    call = SharedTokenCall(wall: 0, bootSeconds: bootSeconds, boot: boot)
  }

  func alone<Value: Sendable>(_ body: @Sendable (_ isAlone: Bool) async throws -> Value) async throws -> Value {
    try await body(isLocked)
  }
}
