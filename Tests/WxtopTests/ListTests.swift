import Dashboard
import FoundationEssentials
import Testing
import WeixinModel
import WeixinSimulator

@testable import wxtop

/// `wxtop accounts` and `wxtop audit`: what is configured and what can be called, without a call.
struct ListTests {
  private static let configuration = """
    accounts:
      acme:
        name: 艾克美
        appid: wx0123456789abcdef
        secret_command: [pass, show, sup3r-s3cret]
        token: classic
      shop:
        token: inline-T0KEN-s3cret
        api_base: https://sh.api.weixin.qq.com
        proxy: http://me:s3cret@proxy.internal:3128
      cloud:
        token: cloud
    """

  @Test func `accounts say where a secret is, not what it is`() async throws {
    let place = try Place()
    try place.write(Self.configuration, to: "config/wxtop/config.yaml")
    let run = await Wxtop.call("accounts", in: place)
    #expect(run.status == 0)
    #expect(
      run.output == """
           account  title   appid               credentials from     token    api_base                      proxy
        >  acme     艾克美  wx0123456789abcdef  secret_command pass  classic  https://api.weixin.qq.com
           shop                                 token                ready    https://sh.api.weixin.qq.com  http://proxy.internal:3128
           cloud                                token: cloud         cloud    http://api.weixin.qq.com

        """)
    let json = await Wxtop.call(
      "accounts", "--format", "json", "--account", "shop", in: place,
      adding: ["WXTOP_APPID": "wx1", "WXTOP_SECRET": "s3cret"])
    #expect(json.lines.count == 6)
    #expect(json.lines[1].contains(#""account":"wx1","title":null,"appid":"wx1","credentials":"WXTOP_SECRET""#))
    #expect(json.lines.filter { $0.contains(#""shown":true"#) }.count == 1)
    #expect(json.lines[3].contains(#""shown":true"#))
    #expect(!(run.output + json.output).contains("s3cret"))
    // The program's name says enough.
    #expect(!(run.output + json.output).contains("show "))
  }

  @Test func `no account is a refusal`() async throws {
    let run = await Wxtop.call("accounts", in: try Place())
    #expect(run.status == 78)
    #expect(run.output.isEmpty)
  }

  @Test func `audit lists each call to each address, and what is never called`() async throws {
    let place = try Place()
    try place.write(Self.configuration, to: "config/wxtop/config.yaml")
    let run = await Wxtop.call("audit", in: place)
    #expect(run.status == 0)
    let calls = run.lines.filter { $0.hasPrefix("GET ") || $0.hasPrefix("POST ") }
    #expect(calls.count == 11)
    for path in ["stable_token", "token", "message/mass/speed/get", "openapi/quota/get"] {
      for host in ["api.weixin.qq.com", "sh.api.weixin.qq.com"] {
        #expect(calls.contains { $0.contains("https://\(host)/cgi-bin/\(path) ") }, "\(host) \(path)")
      }
    }
    #expect(calls.filter { $0.contains("http://api.weixin.qq.com/") }.count == 1)
    #expect(
      run.output.contains("\nNever called: force_refresh=true, /cgi-bin/message/mass/speed/set, /cgi-bin/clear_quota"))
    let json = await Wxtop.call("audit", "--format", "json", "--api-base", "http://127.0.0.1:1", in: place)
    #expect(json.output.matches(of: #/"url":"http://127\.0\.0\.1:1/[^"]+"/#).count == 5)
    let plain = await Wxtop.call("audit", "--api-base", "http://me:s3cret@example.com", in: place)
    #expect(plain.status == 78)
    #expect(!plain.error.contains("s3cret"))
  }

  @Test func `each guarantee of audit names tests that there are`() async throws {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let names = try FileManager.default.subpathsOfDirectory(atPath: tests.path)
    let sources = try names.filter { $0.hasSuffix(".swift") }.map {
      String(decoding: try Data(contentsOf: tests.appending(path: $0)), as: UTF8.self)
    }
    #expect(Guarantee.all.count > 10)
    for name in Guarantee.all.flatMap(\.tests) {
      #expect(sources.contains { $0.contains("func `\(name)`(") }, "\(name)")
    }
    #expect(Guarantee.all.allSatisfy { !$0.tests.isEmpty && $0.promise.text(.zh) != $0.promise.text(.en) })
    let run = await Wxtop.call(
      "audit", in: try Place(), adding: ["WXTOP_APPID": "wx0123456789abcdef", "WXTOP_SECRET": "x"])
    for guarantee in Guarantee.all { #expect(run.output.contains(guarantee.promise.text(.en))) }
  }

  @Test(arguments: [["hours", "-1"], ["hours", "--offline", "-1"], ["hours", "--", "-1"]])
  func `minus and a number is a day`(arguments: [String]) async throws {
    try await withSimulator { simulator, place in
      let run = await Wxtop.call(
        arguments + ["--format", "csv"].filter { _ in !arguments.contains("--") }, in: place,
        environment: place.environment(simulator))
      // Yesterday may not be published yet; what counts is that it is understood.
      #expect(run.status != 64, "\(run.error)")
      #expect(!run.error.contains("Unknown option"))
    }
  }

  @Test func `only a number of its own is rewritten`() {
    #expect(Arguments.readable(["hours", "-7"]) == ["hours", "\u{2212}7"])
    #expect(Arguments.readable(["--date", "-7", "-7"]) == ["--date", "-7", "\u{2212}7"])
    #expect(Arguments.readable(["--date=-7", "--once", "-3"]) == ["--date=-7", "--once", "\u{2212}3"])
    #expect(Arguments.readable(["-h", "-", "-7x", "--", "-7"]) == ["-h", "-", "-7x", "--", "-7"])
    #expect(Arguments.readable([]) == [])
  }
}
