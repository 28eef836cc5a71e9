import Testing
import WeixinModel

@testable import WeixinAPI

@Suite struct EnvelopeTests {
  private func error(_ transport: CannedTransport) async -> APIError? {
    await apiError { try await transport.client().massSendSpeed() }
  }

  private func fault(_ name: String) async throws -> WeixinFault {
    let error = await error(CannedTransport(bytes: try Fixture.bytes(name)))
    guard case .weixin(let fault) = error else {
      throw error ?? APIError.empty
    }
    return fault
  }

  @Test func `every recorded error becomes its code`() async throws {
    let names = try Fixture.names(prefix: "err_")
    #expect(names.count == 33)
    for name in names {
      let digits = name.dropFirst(4).prefix { $0.isNumber }
      let fault = try await fault(name)
      #expect(fault.code == (digits.isEmpty ? -1 : Int(digits)), "\(name)")
      #expect(!fault.message.isEmpty)
      #expect((fault.rid != nil) == fault.message.contains("rid: "), "\(name)")
    }
  }

  @Test func `request IDs are read from the message`() async throws {
    #expect(try await fault("err_40125").rid == "66b5fb8f-5e3c0071-3d7f539a")
    #expect(try await fault("err_neg1_hint_and_rid").rid == "654240d4-0f028fa8-266a41b6")
    #expect(try await fault("err_40001_hint").rid == nil)
  }

  @Test func `the caller's address is read from the message`() async throws {
    #expect(try await fault("err_40164_hint").address == "203.0.113.28")
    #expect(try await fault("err_40164_rid_ipv6").address == "203.0.113.169")
    #expect(try await fault("err_61004").address == "203.0.113.7")
    #expect(try await fault("err_40001_rid").address == nil)
    #expect(FaultText.address(in: "invalid ip 2001:db8::4:1, not in whitelist rid: 1-2-3") == "2001:db8::4:1")
    #expect(FaultText.address(in: "invalid ip, not in whitelist hint: [a.b.c.d]") == nil)
    #expect(FaultText.address(in: "invalid ip 999.1.2.3") == nil)
  }

  @Test func `every recorded speed is read`() async throws {
    let expected = [
      "doc": (3, 15), "level0": (0, 80), "level1": (1, 60), "level2": (2, 45), "level3": (3, 30), "level4": (4, 10),
      "test_2_10": (2, 10),
    ]
    for (name, pair) in expected {
      let transport = CannedTransport(bytes: try Fixture.bytes("speed_get_ok_\(name)"))
      let speed = try await transport.client().massSendSpeed()
      #expect(speed == MassSendSpeed(level: pair.0, realspeed: pair.1))
    }
  }

  @Test func `numbers may be strings`() async throws {
    let speed = try await CannedTransport(#"{"speed":"0","realspeed":"80"}"#).client().massSendSpeed()
    #expect(speed == MassSendSpeed(level: 0, realspeed: 80))
    let fault = await error(CannedTransport(#"{"errcode":"45009","errmsg":"reach max"}"#))
    #expect(fault == .weixin(WeixinFault(endpoint: .speed, code: 45_009, message: "reach max")))
  }

  @Test func `missing and wrong keys are named`() async {
    #expect(await error(CannedTransport(#"{"speed":3}"#)) == .unexpected(key: "realspeed"))
    #expect(await error(CannedTransport(#"{"errcode":0,"errmsg":"ok"}"#)) == .unexpected(key: "speed"))
    #expect(await error(CannedTransport(#"{"speed":-1,"realspeed":15}"#)) == .unexpected(key: "speed"))
    #expect(await error(CannedTransport(#"{"errcode":"x","speed":3,"realspeed":15}"#)) == .unexpected(key: "errcode"))
    #expect(await error(CannedTransport("[]")) == .unexpected(key: "speed"))
  }

  @Test func `every kind of unusable reply has its own error`() async {
    #expect(await error(CannedTransport("")) == .empty)
    #expect(await error(CannedTransport(" \r\n")) == .empty)
    #expect(await error(CannedTransport(#"{"speed":3,"realspe"#)) == .truncated)
    #expect(await error(CannedTransport(#"{"speed":3"#)) == .truncated)
    #expect(await error(CannedTransport("<html>\u{1B}[31m<body>")) == .notJSON(start: "<html> [31m<body>"))
    #expect(await error(CannedTransport("<html>", status: 502)) == .http(status: 502))
    #expect(await error(CannedTransport("", status: 404)) == .http(status: 404))
    #expect(await error(CannedTransport("", status: 302)) == .redirected(status: 302))
  }

  @Test func `a long page is cut in the error`() async {
    let error = await error(CannedTransport(String(repeating: "页", count: 500)))
    #expect(error == .notJSON(start: String(repeating: "页", count: 60)))
  }

  @Test func `Weixin's error counts under another HTTP status too`() async {
    let error = await error(CannedTransport(#"{"errcode":-1,"errmsg":"system error"}"#, status: 500))
    #expect(error == .weixin(WeixinFault(endpoint: .speed, code: -1, message: "system error")))
  }

  @Test func `control characters and broken text do no harm`() async throws {
    var bytes = Array("\u{FEFF}{\"errcode\":-1,\"errmsg\":\"a\u{1B}[2Jb\u{0}\nc".utf8)
    bytes += [0xFF, 0xC3, 0x28]
    bytes += Array("\"}".utf8)
    guard case .weixin(let fault) = await error(CannedTransport(bytes: bytes)) else {
      Issue.record("not read")
      return
    }
    #expect(fault.message == "a [2Jb c\u{FFFD}\u{FFFD}(")
  }
}
