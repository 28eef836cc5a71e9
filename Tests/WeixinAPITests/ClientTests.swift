import Testing
import WeixinModel
import WeixinSimulator

@testable import WeixinAPI

@Suite struct ClientTests {
  @Test func `a day arrives whole over real HTTP`() async throws {
    try await SimulatedServer.run { weixin in
      let client = WeixinClient(server: try weixin.server(), tokens: try weixin.tokens())
      let reply = try await client.hourlyMessages(on: try day("2025-11-11"))
      let expected = SimulatedHistory().rows(on: try day("2025-11-11"))
      #expect(reply.messages.rows == expected)
      #expect(expected.count > 80)
      #expect(reply.leftOut.count == 0)
      #expect(weixin.reported.all == [.token: 1, .hourly: 1])
      #expect(await weixin.simulator.calls == [.token: 1, .hourly: 1])
    }
  }

  @Test func `the speed arrives over real HTTP`() async throws {
    try await SimulatedServer.run { weixin in
      let client = try weixin.ready()
      await weixin.simulator.setSpeed(level: 0, realspeed: 80)
      #expect(try await client.massSendSpeed() == MassSendSpeed(level: 0, realspeed: 80))
      await weixin.simulator.setSpeed(level: 3, realspeed: 15)
      #expect(try await client.massSendSpeed() == MassSendSpeed(level: 3, realspeed: 15))
    }
  }

  @Test(arguments: [("2026-03-10", 61_501), ("2026-04-01", 61_501), ("2014-11-30", 61_501)])
  func `dates that Weixin refuses give its error code`(date: String, code: Int) async throws {
    try await SimulatedServer.run { weixin in
      let error = await apiError { try await weixin.ready().hourlyMessages(on: try day(date)) }
      guard case .weixin(let fault) = error else {
        Issue.record("no fault for \(date)")
        return
      }
      #expect(fault.code == code)
      #expect(fault.rid != nil)
    }
  }

  @Test func `a stale token is replaced once`() async throws {
    try await SimulatedServer.run { weixin in
      let client = WeixinClient(server: try weixin.server(), tokens: try weixin.tokens())
      _ = try await client.massSendSpeed()
      await weixin.simulator.revokeTokens()
      _ = try await client.massSendSpeed()
      #expect(await weixin.simulator.calls == [.token: 2, .speed: 3])
      #expect(await weixin.simulator.forcedRefreshes == 0)
    }
  }

  @Test(arguments: [40_001, 40_014, 42_001])
  func `a token refused twice is given up`(code: Int) async throws {
    try await SimulatedServer.run { weixin in
      let client = WeixinClient(server: try weixin.server(), tokens: try weixin.tokens())
      await weixin.simulator.setFault(Fault(.errcode(code), on: .speed))
      let error = await apiError { try await client.massSendSpeed() }
      #expect(error?.errorClass == .staleToken)
      #expect(await weixin.simulator.calls == [.token: 2, .speed: 2])
      #expect(await weixin.simulator.forcedRefreshes == 0)
    }
  }

  @Test(arguments: [-1, 45_009, 45_011, 48_001, 61_503])
  func `other errors are not retried`(code: Int) async throws {
    try await SimulatedServer.run { weixin in
      let client = WeixinClient(server: try weixin.server(), tokens: try weixin.tokens())
      await weixin.simulator.setFault(Fault(.errcode(code), on: .speed))
      #expect(await apiError { try await client.massSendSpeed() } != nil)
      #expect(await weixin.simulator.calls == [.token: 1, .speed: 1])
    }
  }

  @Test func `many calls refused at once share one new token`() async throws {
    try await SimulatedServer.run { weixin in
      let client = WeixinClient(server: try weixin.server(), tokens: try weixin.tokens())
      _ = try await client.massSendSpeed()
      await weixin.simulator.revokeTokens()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<12 { group.addTask { _ = try await client.massSendSpeed() } }
        try await group.waitForAll()
      }
      #expect(await weixin.simulator.calls[.token] == 2)
    }
  }

  @Test func `a ready token is used as it is`() async throws {
    try await SimulatedServer.run { weixin in
      _ = try await weixin.ready().massSendSpeed()
      #expect(await weixin.simulator.calls == [.speed: 1])
      let error = await apiError { try await weixin.ready(token: "WRONG").massSendSpeed() }
      #expect(error?.errorClass == .staleToken)
      #expect(await weixin.simulator.calls == [.speed: 2])
    }
  }
}
