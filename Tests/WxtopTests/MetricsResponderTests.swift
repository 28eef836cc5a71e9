import LoopbackServer
import Testing
import WeixinModel

@testable import wxtop

/// The answers of `wxtop metrics`, without a process.
@Suite struct MetricsResponderTests {
  private let responder = MetricsResponder(
    hosts: ["wxtop", "Metrics.Example.com."], accounts: { [.init(name: "acme")] }, unready: { 1 },
    now: { Timestamp(seconds: 1_773_122_400) })

  private func ask(
    _ path: String, method: String = "GET", _ headers: [(String, String)] = [("host", "127.0.0.1:9414")]
  ) async -> (status: Int, headers: [String: String], text: String) {
    let request = LoopbackServer.Request(method: method, path: path, headers: headers.map { .init($0.0, $0.1) })
    let response = await responder.response(to: request)
    var text = ""
    switch response.body {
    case .bytes(let bytes): text = String(decoding: bytes, as: UTF8.self)
    case .shared(let shared): text = String(decoding: shared.bytes, as: UTF8.self)
    default: break
    }
    let found = Dictionary(response.headers.map { ($0.name, $0.value) }, uniquingKeysWith: { $0 + "," + $1 })
    return (response.status, found, text)
  }

  @Test func `there are the metrics, health and readiness, which nobody may store`() async {
    let metrics = await ask("/metrics")
    #expect(metrics.status == 200 && metrics.text.contains("wxtop_account_up{account=\"acme\"} 0\n"))
    #expect(metrics.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
    #expect(await ask("/-/healthy").status == 200)
    let ready = await ask("/-/ready")
    #expect(ready.status == 503 && ready.text == "1 of the accounts have no status yet.\n")
    #expect(await ask("/metrics/").status == 404)
    for path in ["/metrics", "/-/ready", "/x"] {
      #expect(await ask(path).headers["Cache-Control"] == "no-store")
    }
  }

  @Test func `the wishes of several Accept fields count together`() async {
    let open = await ask(
      "/metrics", [("Accept", "text/plain;q=0.5"), ("accept", "application/openmetrics-text;version=1.0.0")])
    #expect(open.headers["Content-Type"] == "application/openmetrics-text; version=1.0.0; charset=utf-8")
    #expect(open.text.hasSuffix("# EOF\n"))
  }

  @Test(arguments: ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "get", "BREW"])
  func `other methods are refused with the two that are not`(method: String) async {
    let refusal = await ask("/metrics", method: method)
    #expect(refusal.status == 405 && refusal.headers["Allow"] == "GET, HEAD")
    #expect(await ask("/metrics", method: "HEAD").status == 200)
  }

  @Test(arguments: [
    ("127.0.0.1:9414", true), ("127.0.0.1", true), ("[::1]:9414", true), ("localhost", true), ("localhost:1", true),
    ("LOCALHOST:9414", true), ("localhost.:9414", true), ("[::1%lo]:9414", true), ("[fe80::1%25eth0]", true),
    ("wxtop:9414", true), ("WXTOP", true), ("wxtop.:80", true), ("metrics.example.com", true),
    ("wxtop:+80", false), ("wxtop:65536", false), ("wxtop:80:80", false), ("wxtop.evil.example", false),
    ("[::1%]:9414", false), ("127.0.0.+1", false), ("127.0.0.1:+80", false), ("localhost..", false), (".", false),
    ("evil.example", false), ("evil.example:9414", false), ("localhost.evil.example:9414", false), ("", false),
  ])
  func `only who asks by an address or a given name is answered`(host: String, isAnswered: Bool) async {
    #expect(await ask("/metrics", [("Host", host)]).status == (isAnswered ? 200 : 421))
  }
}
