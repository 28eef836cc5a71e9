import Glibc
import LoopbackClient
import LoopbackServer
import Testing
import WeixinModel
import WeixinSimulator

/// What the simulator checks, as a client that knows nothing of wxtop sees it.
@Suite struct ProtocolTests {
  private static let hourly = "/datacube/getupstreammsghour?access_token=READY"
  private static let speed = "/cgi-bin/message/mass/speed/get"

  private func run(
    _ options: Simulator.Options = .tested(), _ body: (RunningSimulator) async throws -> Void
  ) async throws {
    let simulator = try await Simulator.start(options)
    let result: Result<Void, any Error>
    do {
      result = .success(try await body(simulator))
    } catch {
      result = .failure(error)
    }
    await simulator.stop()
    try result.get()
  }

  private func ask(
    _ simulator: RunningSimulator, _ path: String, _ body: String, method: String = "POST"
  ) async throws -> LoopbackClient.Reply {
    let reply = try #require(try await LoopbackClient.ask(simulator.port, path, method: method, body: body))
    #expect(reply.status == 200 && reply.isWhole)
    return reply
  }

  private func code(_ text: String) -> Int? {
    text.firstMatch(of: /"errcode":(-?[0-9]+),"errmsg":"[^"]+ rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}"/)
      .flatMap { Int($0.1) }
  }

  private func refusal(
    _ simulator: RunningSimulator, _ path: String, _ body: String, method: String = "POST"
  ) async throws -> Int? {
    code(try await ask(simulator, path, body, method: method).text)
  }

  private func token(_ simulator: RunningSimulator, force: Bool = false) async throws -> (text: String, life: Int) {
    let body =
      #"{"grant_type":"client_credential","appid":"wxdemo0000000001","secret":"demo-secret","force_refresh":\#(force)}"#
    let reply = try await ask(simulator, "/cgi-bin/stable_token", body).text
    let match = try #require(reply.firstMatch(of: /"access_token":"([^"]+)","expires_in":([0-9]+)/))
    return (String(match.1), try #require(Int(match.2)))
  }

  private func escaped(_ token: String) -> String {
    token.replacing("+", with: "%2B").replacing("/", with: "%2F").replacing("=", with: "%3D")
  }

  @Test func `a reply is as Weixin sends it`() async throws {
    try await run { simulator async throws in
      let reply = try await ask(simulator, Self.hourly, #"{"begin_date":"2014-12-07","end_date":"2014-12-07"}"#)
      #expect(
        reply.text.hasPrefix(
          #"{"list":[{"ref_date":"2014-12-07","ref_hour":0,"user_source":0,"msg_type":1,"msg_user":"#))
      #expect(reply.text.contains(#""ref_hour":1800,"#))
      #expect(reply.headers["content-type"] == "application/json; encoding=utf-8")
      #expect(reply.headers["date"] != nil)
    }
  }

  @Test func `method, token, body and path are checked in order`() async throws {
    try await run { simulator async throws in
      #expect(try await refusal(simulator, Self.hourly, "", method: "GET") == 43_002)
      #expect(try await refusal(simulator, Self.speed, "{}") == 41_001)
      #expect(try await refusal(simulator, Self.speed + "?access_token=", "{}") == 41_001)
      #expect(try await refusal(simulator, Self.speed + "?access_token=X", "{}") == 40_001)
      #expect(try await refusal(simulator, Self.speed + "?access_token=READY", "") == 44_002)
      #expect(try await refusal(simulator, Self.speed + "?access_token=READY", "speed=3") == 47_001)
      #expect(try await refusal(simulator, "/cgi-bin/message/mass/speed/set", "{}") == 40_066)
    }
  }

  @Test(arguments: [
    ("2026-03-09", "2026-03-09", nil), ("2014-12-01", "2014-12-01", nil), ("2026-03-10", "2026-03-10", 61_501),
    ("2026-03-11", "2026-03-11", 61_501), ("2014-11-30", "2014-11-30", 61_501), ("2026-03-08", "2026-03-09", 61_501),
    ("20260308", "20260308", 61_501), ("2026/03/08", "2026/03/08", 61_500), ("2026-02-30", "2026-02-30", 61_500),
    ("", "", 61_500),
  ])
  func `dates are refused as Weixin does`(begin: String, end: String, refusal: Int?) async throws {
    try await run { simulator async throws in
      let text = try await ask(simulator, Self.hourly, #"{"begin_date":"\#(begin)","end_date":"\#(end)"}"#).text
      #expect(code(text) == refusal)
      #expect(text.hasPrefix(#"{"list":["#) == (refusal == nil))
    }
  }

  @Test(arguments: [(7, 61_503), (8, nil)])
  func `yesterday opens at eight`(hour: Int, refusal: Int?) async throws {
    let today = try #require(BeijingDay("2026-03-10"))
    try await run(.tested { $0.now = { today.start(ofHour: hour) } }) { simulator in
      let yesterday = try await ask(simulator, Self.hourly, #"{"begin_date":"2026-03-09","end_date":"2026-03-09"}"#)
      #expect(code(yesterday.text) == refusal)
      let before = try await ask(simulator, Self.hourly, #"{"begin_date":"2026-03-08","end_date":"2026-03-08"}"#)
      #expect(code(before.text) == nil)
    }
  }

  @Test(arguments: [
    ("grant_type=client_credential&appid=wxdemo0000000001&secret=demo-secret", 41_002), ("{}", 41_002),
    (#"{"grant_type":"client_credential","appid":"wxdemo0000000001"}"#, 41_004),
    (#"{"grant_type":"client_credential","appid":"wx2","secret":"demo-secret"}"#, 40_013),
    (#"{"grant_type":"client_credential","appid":"wxdemo0000000001","secret":"x"}"#, 40_125),
    (#"{"grant_type":"x","appid":"wxdemo0000000001","secret":"demo-secret"}"#, 40_002),
  ])
  func `token calls are refused with their codes`(body: String, code: Int) async throws {
    try await run { simulator async throws in
      #expect(try await refusal(simulator, "/cgi-bin/stable_token", body) == code)
    }
  }

  @Test func `a token lives for two hours, and its predecessor five minutes more`() async throws {
    let clock = SimulatedClock()
    try await run(.tested { $0.now = clock.now }) { simulator in
      let first = try await token(simulator)
      #expect(first.life == 7_200)
      clock.advance(6_855)
      let again = try await token(simulator)
      #expect(again == (first.text, 345))
      clock.advance(60)
      let second = try await token(simulator)
      #expect(second.text != first.text && second.life == 7_200)
      let path = Self.speed + "?access_token=" + escaped(first.text)
      #expect(try await refusal(simulator, path, "{}") == nil)
      clock.advance(300)
      #expect(try await refusal(simulator, path, "{}") == 42_001)
      let forced = try await token(simulator, force: true)
      #expect(forced.text != second.text)
      #expect(await simulator.forcedRefreshes == 1)
      let evicted = Self.speed + "?access_token=" + escaped(second.text)
      #expect(try await refusal(simulator, evicted, "{}") == 40_001)
    }
  }

  @Test func `the speed follows the schedule until it is set`() async throws {
    try await run(.tested { $0.speed = { _ in MassSendSpeed(level: 2, realspeed: 45) } }) { simulator in
      let path = Self.speed + "?access_token=READY"
      let scheduled = try await ask(simulator, path, "{}").text
      #expect(scheduled == #"{"speed":2,"realspeed":45}"#)
      await simulator.setSpeed(level: 4, realspeed: 10)
      let set = try await ask(simulator, path, "{}").text
      #expect(set == #"{"speed":4,"realspeed":10}"#)
    }
  }

  @Test func `faults come and go`() async throws {
    try await run { simulator async throws in
      let path = Self.speed + "?access_token=READY"
      await simulator.setFault(Fault(.errcode(45_011), on: .hourly))
      #expect(try await refusal(simulator, path, "{}") == nil)
      #expect(try await refusal(simulator, Self.hourly, "{}") == 45_011)
      await simulator.setFault(.none)
      #expect(try await refusal(simulator, Self.hourly, "{}") == 61_500)
      #expect(await simulator.calls == [.speed: 1, .hourly: 2])
    }
  }

  @Test func `a shifted clock shows its day`() throws {
    let day = try #require(BeijingDay("2026-03-10"))
    #expect(Simulator.clock(today: day)().beijingDay == day)
  }

  @Test func `each account has its own numbers and tokens`() async throws {
    var options = Simulator.Options.tested()
    options.accounts = [.init(), .init(appID: "wx2", secret: "s2", seed: 2)]
    try await run(options) { simulator in
      let request = #"{"grant_type":"client_credential","appid":"wx2","secret":"s2"}"#
      let reply = try await ask(simulator, "/cgi-bin/stable_token", request).text
      let token = try #require(reply.firstMatch(of: /"access_token":"([^"]+)"/))
      let body = #"{"begin_date":"2026-03-08","end_date":"2026-03-08"}"#
      let path = "/datacube/getupstreammsghour?access_token=" + escaped(String(token.1))
      let second = try await ask(simulator, path, body).text
      let first = try await ask(simulator, Self.hourly, body).text
      #expect(second.hasPrefix(#"{"list":[{"#) && first != second)
    }
  }

  @Test func `a port is taken once`() async throws {
    try await run { simulator in
      var options = Simulator.Options()
      options.port = simulator.port
      await #expect(throws: LoopbackServer.Failure.system(EADDRINUSE)) { try await Simulator.start(options) }
    }
  }

  @Test func `a body may have a mebibyte`() async throws {
    try await run { simulator async throws in
      let most = String(repeating: " ", count: 1 << 20)
      #expect(try await refusal(simulator, Self.speed + "?access_token=READY", most) == 47_001)
      let more = try? await LoopbackClient.ask(simulator.port, Self.speed, method: "POST", body: most + " ")
      #expect(more == nil || more?.status == 413)
    }
  }

  @Test func `what goes wrong below JSON`() async throws {
    try await run { simulator async throws in
      func met(_ kind: Fault.Kind) async throws -> LoopbackClient.Reply? {
        await simulator.setFault(Fault(kind))
        return try await LoopbackClient.ask(simulator.port, Self.speed, method: "POST", body: "{}")
      }
      for status in [200, 404, 429, 500, 502, 599] {
        let reply = try #require(try await met(.http(status)))
        #expect(reply.status == status && reply.text.hasPrefix("<!DOCTYPE html>"))
        #expect(reply.headers["content-type"] == "text/html" && reply.headers["date"] != nil)
      }
      let redirect = try #require(try await met(.redirect))
      #expect(redirect.status == 302 && redirect.headers["location"] == "/elsewhere")
      #expect(try await met(.html)?.headers["content-type"] == "text/html; charset=gbk")
      #expect(try await met(.garbage)?.body == [0xC3, 0x28, 0x00, 0xFF, 0x1B, 0x5B])
      let empty = try #require(try await met(.empty))
      #expect(empty.body.isEmpty && empty.isWhole)
      let truncated = try #require(try await met(.truncated))
      #expect(truncated.isWhole && truncated.text.hasPrefix(#"{"list":[{"#) && !truncated.text.hasSuffix("}"))
      await #expect(throws: LoopbackClient.Problem(call: "recv", code: ECONNRESET)) { try await met(.reset) }
    }
  }

  @Test func `a huge reply has sixty-four mebibytes, and a slow one drips`() async throws {
    try await run { simulator async throws in
      await simulator.setFaults([Fault(.huge, times: 1), Fault(.slow)])
      let size = try await LoopbackClient.run { [port = simulator.port] in
        let client = try LoopbackClient(port: port)
        client.send(LoopbackClient.request(Self.speed, method: "POST", headers: ["Connection: close"], body: "{}"))
        var size = 0
        while case let some = try client.read(), !some.isEmpty { size += some.count }
        return size
      }
      #expect((64_000_000..<68_000_000).contains(size))
      let drip = try await LoopbackClient.run { [port = simulator.port] in
        let client = try LoopbackClient(port: port)
        client.send(LoopbackClient.request(Self.speed, method: "POST", body: "{}"))
        var text = ""
        while text.count(where: { $0 == " " }) < 12 { text += String(decoding: try client.read(), as: UTF8.self) }
        return text
      }
      #expect(drip.contains(#"{"list":["#))
    }
  }

  @Test func `a connection serves for many calls`() async throws {
    try await run { simulator async throws in
      let texts = try await LoopbackClient.run { [port = simulator.port] in
        let client = try LoopbackClient(port: port)
        return try (0..<3).map { _ in
          client.send(LoopbackClient.request(Self.speed, method: "POST", body: "{}"))
          return try client.reply()?.text ?? ""
        }
      }
      #expect(texts.map(code) == [41_001, 41_001, 41_001])
    }
  }
}
