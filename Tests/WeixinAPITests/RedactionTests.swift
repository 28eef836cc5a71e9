import Synchronization
import Testing
import WeixinModel

@testable import WeixinAPI

@Suite struct RedactionTests {
  private static let token = "99_tOkEn+/very=long"
  private static let secret = "0123456789abcdef0123456789abcdef"

  /// Everything that Swift can print of a value.
  private func printed(_ value: some Any) -> String {
    var dumped = ""
    dump(value, to: &dumped)
    return "\(value)\n" + String(reflecting: value) + "\n" + dumped
  }

  private func expectClean(_ text: String) {
    #expect(!text.contains(Self.token) && !text.contains(Self.token.percentEncoded) && !text.contains(Self.secret))
    #expect(!text.contains("tOkEn"))
  }

  @Test func `secrets are never printed`() throws {
    expectClean(printed(Secret(Self.secret)))
    expectClean(printed(AccessToken(Secret(Self.token))))
    expectClean(printed(ReadyToken(Secret(Self.token))))
    let server = try WeixinServer(transport: CannedTransport(#"{"access_token":"\#(Self.token)"}"#))
    expectClean(printed(server))
    expectClean(printed(AppToken(appID: "wx1", secret: Secret(Self.secret), server: server)))
    expectClean(printed(WeixinClient(server: server, tokens: ReadyToken(Secret(Self.token)))))
    let request = HTTPCall(
      address: "https://api.weixin.qq.com/x", query: "access_token=\(Self.token)", body: Array(Self.secret.utf8),
      userAgent: "wxtop", deadline: .seconds(1), replyLimit: 1)
    expectClean(printed(request))
    #expect("\(request)" == "POST https://api.weixin.qq.com/x")
  }

  @Test func `a cached token is not printed`() async throws {
    let transport = CannedTransport(#"{"access_token":"\#(Self.token)","expires_in":7200}"#)
    let source = AppToken(appID: "wx1", secret: Secret(Self.secret), server: try WeixinServer(transport: transport))
    #expect(try await source.token().value?.revealed == Self.token)
    expectClean(printed(source))
  }

  @Test(arguments: [
    #"{"errcode":40001,"errmsg":"no: 99_tOkEn+/very=long"}"#,
    #"{"errcode":40001,"errmsg":"no: 99_tOkEn%2B%2Fvery%3Dlong"}"#,
    #"{"errcode":48001,"errmsg":"GET /x?access_token=tOkEnOfSomebody&y=1"}"#,
    #"<html>POST /cgi-bin?access_token=99_tOkEn+/very=long HTTP/1.1"#,
    #"<html>0123456789 0123456789 0123456789 0123456789 01234 99_tOkEn+/very=long"#,
    #"secret = tOkEn"#, #"{"appsecret":"tOkEn", "#, #"APP_SECRET:'tOkEn"#, #"refresh_token=tOkEn"#,
  ])
  func `errors show no tokens or secrets`(body: String) async throws {
    let error = await apiError { try await CannedTransport(body).client(token: Self.token).massSendSpeed() }
    expectClean(printed(try #require(error)))
  }

  @Test func `a secret in a token error is hidden`() async throws {
    let body = #"{"errcode":40125,"errmsg":"invalid appsecret 0123456789abcdef0123456789abcdef, rid: 1-2-3"}"#
    let server = try WeixinServer(transport: CannedTransport(body))
    let error = await apiError {
      try await AppToken(appID: "wx1", secret: Secret(Self.secret), server: server).token()
    }
    guard case .weixin(let fault) = error else {
      Issue.record("no fault")
      return
    }
    #expect(fault.message == "invalid appsecret •••, rid: 1-2-3")
    #expect(fault.rid == "1-2-3")
    #expect(fault.endpoint == .token)
  }

  @Test func `ordinary words are left alone`() {
    #expect(Redaction(of: []).clean("access_token missing", limit: 99) == "access_token missing")
    #expect(Redaction(of: [Secret("")]).clean("ok", limit: 99) == "ok")
  }

  @Test func `the token is escaped in the query`() async throws {
    let recorder = RecordingTransport()
    let client = WeixinClient(server: try WeixinServer(transport: recorder), tokens: ReadyToken(Secret(Self.token)))
    _ = try await client.massSendSpeed()
    let sent = try #require(recorder.sent.withLock { $0.first })
    #expect(sent.query == "access_token=99_tOkEn%2B%2Fvery%3Dlong")
    #expect(sent.address == "https://api.weixin.qq.com/cgi-bin/message/mass/speed/get")
    #expect(String(decoding: sent.body ?? [], as: UTF8.self) == "{}")
    let hourly = RecordingTransport()
    let other = WeixinClient(server: try WeixinServer(transport: hourly), tokens: ReadyToken(Secret("T")))
    _ = await apiError { try await other.hourlyMessages(on: try day("2014-12-07")) }
    let body = String(decoding: try #require(hourly.sent.withLock { $0.first }).body ?? [], as: UTF8.self)
    #expect(body.contains(#""begin_date":"2014-12-07""#) && body.contains(#""end_date":"2014-12-07""#))
  }
}

/// Keeps what was sent and answers with a speed.
final class RecordingTransport: HTTPTransport {
  let sent = Mutex<[HTTPCall]>([])

  func send(_ request: HTTPCall) async throws -> HTTPReply {
    sent.withLock { $0.append(request) }
    return HTTPReply(status: 200, body: Array(#"{"speed":3,"realspeed":30}"#.utf8))
  }
}
