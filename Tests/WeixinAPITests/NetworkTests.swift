import Synchronization
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
    let transport = CurlTransport(environment: environment, certificates: certificates)
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

  /// Each call has a server of its own, since a connection that was good is kept for the next call.
  private func secureCall(
    certificates: String? = nil, environment: [String: String] = [:], options: [String] = []
  ) async throws -> Result<MassSendSpeed, APIError> {
    let results = Mutex<Result<MassSendSpeed, APIError>?>(nil)
    try await SecureServer.run(Self.speed, options: options) { port in
      let result: Result<MassSendSpeed, APIError>
      do {
        let address = "https://127.0.0.1:\(port)"
        result = .success(try await call(address, environment: environment, certificates: certificates))
      } catch let error as APIError {
        result = .failure(error)
      }
      results.withLock { $0 = result }
    }
    let found = results.withLock(\.self)
    return try #require(found)
  }

  private static let unknown = "unable to get local issuer certificate"

  @Test func `a status counts where the body has no code, and the time to wait with it`() async throws {
    let table: [(String, String, [String], APIError)] = [
      ("{}", "429 Too Many Requests", ["Retry-After: 60"], .http(status: 429, retryAfter: 60)),
      (#"{"speed":3,"realspeed":30}"#, "503 Service Unavailable", [], .http(status: 503)),
      (
        "{}", "503 x", ["Date: Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After: Sun, 06 Nov 1994 08:51:07 GMT"],
        .http(status: 503, retryAfter: 90)
      ),
      ("[]", "502 x", ["Retry-After: +5"], .http(status: 502)),
      ("{}", "500 x", ["Retry-After: -5"], .http(status: 500)),
      (#"{"errcode":0}"#, "429 x", ["Retry-After: 99999999999999999999"], .http(status: 429)),
    ]
    for (body, status, headers, expected) in table {
      try await CannedServer.run(bytes: CannedServer.reply(body, status: status, headers: headers)) { server in
        let error = await apiError { try await call("http://127.0.0.1:\(server.port)") }
        #expect(error == expected)
      }
    }
    let coded = CannedServer.reply(#"{"errcode":45009,"errmsg":"x"}"#, status: "429 x", headers: ["Retry-After: 60"])
    try await CannedServer.run(bytes: coded) { server in
      #expect(await apiError { try await call("http://127.0.0.1:\(server.port)") }?.errorClass == .dayQuota)
    }
  }

  @Test func `an authority of one's own is trusted only when it is named`() async throws {
    #expect(try await secureCall(certificates: CannedServer.pem("ca")).get().level == 3)
    #expect(try await secureCall() == .failure(.tls(host: "127.0.0.1", cause: Self.unknown)))
    // A stranger's authority besides the system's changes nothing.
    let stranger = try await secureCall(certificates: CannedServer.pem("stranger"))
    #expect(stranger == .failure(.tls(host: "127.0.0.1", cause: Self.unknown)))
  }

  @Test func `SSL_CERT_FILE takes the place of the system's certificates`() async throws {
    let environment = ["SSL_CERT_FILE": CannedServer.pemPath("ca")]
    #expect(try await secureCall(environment: environment).get().level == 3)
  }

  @Test func `named certificates are enough where the system has none`() async throws {
    let environment = ["SSL_CERT_FILE": "/nowhere/file", "SSL_CERT_DIR": "/nowhere"]
    #expect(try await secureCall(certificates: CannedServer.pem("ca"), environment: environment).get().level == 3)
    guard case .failure(.tls(host: "127.0.0.1", let cause)) = try await secureCall(environment: environment) else {
      Issue.record("the call was made")
      return
    }
    #expect(cause.contains("/nowhere/file"))
  }

  @Test func `TLS below 1.2 is refused`() async throws {
    let old = ["-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0"]
    guard
      case .failure(.tls(host: "127.0.0.1", let cause)) = try await secureCall(
        certificates: CannedServer.pem("ca"), options: old)
    else {
      Issue.record("the call was made")
      return
    }
    #expect(cause.contains("protocol version"))
  }

  @Test func `certificates that are none are named`() async throws {
    let none = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    let cause = "the file of certificates holds none that can be used"
    #expect(try await secureCall(certificates: none) == .failure(.tls(host: "127.0.0.1", cause: cause)))
  }

  @Test func `an IPv6 address works`() async throws {
    try await CannedServer.run(host: "::1", Self.speed) { server in
      let speed = try await call("http://[::1]:\(server.port)")
      #expect(speed.realspeed == 30)
      #expect(server.asked == ["POST /cgi-bin/message/mass/speed/get?access_token=T"])
    }
  }

  @Test(arguments: ["http_proxy", "HTTP_PROXY"])
  func `calls to other hosts go to the proxy`(variable: String) async throws {
    try await CannedServer.run("") { proxy in
      let day = try day("2026-03-08")
      let error = await apiError {
        try await client(
          CloudCall.address, [variable: "http://127.0.0.1:\(proxy.port)"], nil, ClockSkew(), CloudCall()
        ) { try await $0.hourlyMessages(on: day) }
      }
      #expect(error == .empty)
      #expect(proxy.asked == ["POST http://api.weixin.qq.com/datacube/getupstreammsghour"])
    }
  }

  @Test(arguments: [
    ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("Sun, 06 Nov 1994 08:48:17 GMT", 80), ("Sun, 06 Nov 1994 08:51:00 GMT", -83),
  ])
  func `a reply's date reveals a wrong clock`(date: String, ahead: Int) async throws {
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
  func `HTTP dates are read, leap seconds included`(text: String, seconds: Int) {
    #expect(HTTPDate.seconds(text) == seconds)
  }

  @Test(arguments: [
    "", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 31 Feb 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CST", "Sun, 06 Nov 1994 08:49:37 GMT ",
    "Sun, 06 nov 1994 08:49:37 GMT", "Sun, ٠٦ Nov 1994 08:49:37 GMT",
  ])
  func `malformed HTTP dates are ignored`(text: String) {
    #expect(HTTPDate.seconds(text) == nil)
  }
}
