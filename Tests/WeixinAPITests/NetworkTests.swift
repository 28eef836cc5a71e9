import Testing
import WeixinModel

@testable import WeixinAPI

/// The ways to a server: trust, addresses, proxies and clocks, over real sockets.
@Suite struct NetworkTests {
  private static let speed = #"{"speed":3,"realspeed":30}"#

  /// The speed from a server, over a transport of its own, which is shut down whatever comes.
  private func call(
    _ address: String, environment: [String: String] = [:], certificates: String? = nil, skew: ClockSkew = ClockSkew()
  ) async throws -> MassSendSpeed {
    try await client(address, environment, certificates, skew, ReadyToken(Secret("T"))) {
      try await $0.massSendSpeed()
    }
  }

  private func client<Value>(
    _ address: String, _ environment: [String: String], _ certificates: String?, _ skew: ClockSkew,
    _ tokens: any AccessTokenSource, _ body: (WeixinClient) async throws -> Value
  ) async throws -> Value {
    let transport = AsyncHTTPTransport(environment: environment, certificates: certificates)
    let result: Result<Value, any Error>
    do {
      let server = try WeixinServer(address: address, transport: transport, deadline: .seconds(20), clockSkew: skew)
      result = .success(try await body(WeixinClient(server: server, tokens: tokens)))
    } catch {
      result = .failure(error)
    }
    await transport.shutdown()
    return try result.get()
  }

  @Test func anAuthorityOfOnesOwnIsTrustedOnlyWhenNamed() async throws {
    try await CannedServer.run(hasTLS: true, Self.speed) { server in
      let address = "https://127.0.0.1:\(server.port)"
      let authority = try CannedServer.pem("ca")
      let speed = try await call(address, certificates: authority)
      #expect(speed.level == 3)

      let error = await apiError { try await call(address) }
      #expect(error == .tls(host: "127.0.0.1", cause: "certificate verify failed"))

      // A stranger's authority besides the system's changes nothing.
      let stranger = try CannedServer.pem("stranger")
      let other = await apiError { try await call(address, certificates: stranger) }
      #expect(other == .tls(host: "127.0.0.1", cause: "certificate verify failed"))
      #expect(server.asked.count == 1)
    }
  }

  @Test func certificatesThatAreNoneAreNamed() async throws {
    let none = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    let error = await apiError { try await call("https://127.0.0.1:1", certificates: none) }
    #expect(error == .tls(host: "127.0.0.1", cause: "the file of certificates holds none that can be used"))
  }

  @Test func anAddressOfIPv6() async throws {
    try await CannedServer.run(host: "::1", Self.speed) { server in
      let speed = try await call("http://[::1]:\(server.port)")
      #expect(speed.realspeed == 30)
      #expect(server.asked == ["POST /cgi-bin/message/mass/speed/get?access_token=T"])
    }
  }

  @Test(arguments: ["http_proxy", "HTTP_PROXY"])
  func aProxyGetsWhatIsMeantForOthers(variable: String) async throws {
    try await CannedServer.run("") { proxy in
      let day = try day("2026-03-08")
      let error = await apiError {
        try await client(
          CloudCall.address, [variable: "http://127.0.0.1:\(proxy.port)"], nil, ClockSkew(), CloudCall()
        ) { try await $0.hourlyMessages(on: day) }
      }
      // This proxy opens no tunnel.
      guard case .unreachable(host: "api.weixin.qq.com", _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(proxy.asked == ["CONNECT api.weixin.qq.com:80"])
    }
  }

  @Test(arguments: [
    ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("Sun, 06 Nov 1994 08:48:17 GMT", 80), ("Sun, 06 Nov 1994 08:51:00 GMT", -83),
  ])
  func aRepliesDateTellsOfAWrongClock(date: String, ahead: Int) async throws {
    try await CannedServer.run(date: date, Self.speed) { server in
      let skew = ClockSkew { 784_111_777 }
      #expect(skew.seconds == nil)
      _ = try await call("http://127.0.0.1:\(server.port)", skew: skew)
      #expect(skew.seconds == ahead)
      #expect(skew.noteworthy == (ahead == 0 ? nil : ahead))
    }
  }

  @Test(arguments: [
    ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
    ("Thu, 29 Feb 2024 23:59:60 GMT", 1_709_251_200),
  ])
  func dates(text: String, seconds: Int) {
    #expect(HTTPDate.seconds(text) == seconds)
  }

  @Test(arguments: [
    "", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 31 Feb 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CST", "Sun, 06 Nov 1994 08:49:37 GMT ",
    "Sun, 06 nov 1994 08:49:37 GMT", "Sun, ٠٦ Nov 1994 08:49:37 GMT",
  ])
  func whatIsNoDate(text: String) {
    #expect(HTTPDate.seconds(text) == nil)
  }
}
