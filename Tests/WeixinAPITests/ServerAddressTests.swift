import Testing
import WeixinModel

@testable import WeixinAPI

@Suite struct ServerAddressTests {
  @Test(arguments: [
    "https://api.weixin.qq.com", "https://sh.api.weixin.qq.com:8443", "https://proxy.internal/weixin",
    "http://127.0.0.1:8080", "http://127.8.9.1", "http://localhost:1", "http://[::1]:9", "HTTPS://API.weixin.qq.com",
  ])
  func `HTTPS and plain HTTP to this machine are allowed`(address: String) throws {
    #expect(try ServerAddress(address).text == address)
    #expect(try ServerAddress(address + "/").text == address)
  }

  @Test(arguments: [
    "http://127.0.0.1.evil.com", "http://127.evil.com", "http://localhost.evil.com",
    "http://127.0.0.256", "http://127.0.0.+1", "http://127.+0.0.1", "http://[::2]", "http://10.0.0.1",
    "ftp://127.0.0.1", "api.weixin.qq.com", "", "https://",
    "/x",
    "https://user:pass@api.weixin.qq.com", "http://127.0.0.1:80@evil.com", "https://a.com?x=1", "https://a.com#x",
    "https://[80::1%2\u{9B}31m0]:1", "http://127.0.0.1:8080/\u{61C}x", "https://a.com/\u{202E}x",
  ])
  func `other addresses are refused without revealing a password`(address: String) {
    #expect {
      try ServerAddress(address)
    } throws: { error in
      guard case .notAllowed(let named) = error as? APIError else { return false }
      return !named.contains("pass")
    }
  }

  @Test func `only these five paths can be called`() throws {
    let server = try WeixinServer(transport: CannedTransport(""))
    #expect(
      WeixinFault.Endpoint.allCases.map { server.url(of: $0) } == [
        "https://api.weixin.qq.com/cgi-bin/stable_token", "https://api.weixin.qq.com/cgi-bin/token",
        "https://api.weixin.qq.com/cgi-bin/message/mass/speed/get",
        "https://api.weixin.qq.com/datacube/getupstreammsghour",
        "https://api.weixin.qq.com/cgi-bin/openapi/quota/get",
      ])
  }
}

@Suite struct ProxyTests {
  private func proxy(
    _ environment: [String: String], setting: String? = nil, for address: String = "https://api.weixin.qq.com"
  ) throws -> Proxy? {
    try ProxyChoice(environment: environment, setting: setting).proxy(for: CurlTarget(address))
  }

  @Test func `the environment's proxy goes by scheme, and small letters win`() throws {
    let both = ["https_proxy": "small:1", "HTTPS_PROXY": "big:1", "HTTP_PROXY": "plain:1"]
    #expect(try proxy(both)?.name == "small:1")
    #expect(try proxy(both, for: "http://api.weixin.qq.com")?.name == "plain:1")
    #expect(try proxy(["https_proxy": "", "HTTPS_PROXY": "big:1"])?.name == "big:1")
    #expect(try proxy([:]) == nil)
  }

  @Test(arguments: ["127.0.0.1", "localhost", "[::1]"])
  func `this machine is never reached through a proxy`(host: String) throws {
    let all = ["https_proxy": "p:1", "http_proxy": "p:1"]
    #expect(try proxy(all, setting: "q:1", for: "http://\(host):1") == nil)
    #expect(try proxy(all, setting: "q:1", for: "https://\(host):1") == nil)
  }

  @Test(arguments: [
    ("qq.com", "qq.com"), (".weixin.qq.com", ".weixin.qq.com"), ("API.weixin.qq.com:443", "API.weixin.qq.com"),
    (" * ", "*"), ("a.com, qq.com", "a.com,qq.com"), ("*.qq.com", ".qq.com"), ("10.0.0.0/8", "10.0.0.0/8"),
    ("fd00::1,[fd00::2]:443,[fd00::3]", "fd00::1,fd00::2,fd00::3"), ("fd00::/8", "fd00::/8"), (",,", ""), ("", ""),
    ("a.com\n\tb.com", "a.com,b.com"),
  ])
  func `a list of exceptions takes the form that libcurl reads`(list: String, form: String) {
    #expect(ProxyChoice.exceptions(list) == form)
  }

  /// A name that is never looked up, since the proxy is asked or the call is refused at once.
  @Test(arguments: [
    ("", false), ("qq.com", true), (".qq.com", true), ("*.qq.com", true), ("api.weixin.qq.com:80", true), (" * ", true),
    ("weixin.com", false), ("q.com", false), ("a.com, QQ.COM", true),
  ])
  func `calls go past the proxy to the hosts in no_proxy`(list: String, isDirect: Bool) async throws {
    try await CannedServer.run("{}") { server in
      let transport = CurlTransport(environment: ["http_proxy": "127.0.0.1:\(server.port)", "no_proxy": list])
      let call = HTTPCall(
        address: "http://api.weixin.qq.com:80/x", query: nil, body: nil, userAgent: "t", deadline: .seconds(5),
        replyLimit: 100)
      let reply = try? await transport.send(call)
      await transport.shutdown()
      #expect((reply == nil) == isDirect)
      #expect(server.asked.isEmpty == isDirect)
    }
  }

  @Test(arguments: [
    ("10.0.0.0/8", "10.200.3.4", true), ("192.0.2.0/24", "198.51.100.1", false),
    ("fd00::7", "[fd00::7]", true), ("[fd00::7]:80", "[fd00::7]", true), ("fd00::8", "[fd00::7]", false),
    ("fd00::/8", "[fd12::7]", true), ("[fd00::]/8", "[fd12::7]", true), ("FD00:0::7", "[fd00::7]", true),
    ("fd00::/16", "[fd12::7]", false), ("fd00::/x", "[fd00::7]", false),
  ])
  func `calls go past the proxy to the networks in no_proxy`(list: String, host: String, isDirect: Bool) async throws {
    try await CannedServer.run("{}") { server in
      let transport = CurlTransport(
        environment: ["http_proxy": "127.0.0.1:\(server.port)", "no_proxy": list], connectTimeout: .milliseconds(1))
      let call = HTTPCall(
        address: "http://\(host):1/x", query: nil, body: nil, userAgent: "t", deadline: .seconds(5), replyLimit: 100)
      _ = try? await transport.send(call)
      await transport.shutdown()
      #expect(server.asked.isEmpty == isDirect)
    }
  }

  @Test func `an account's proxy beats the environment`() throws {
    let own = try proxy(["https_proxy": "p:1", "no_proxy": "*"], setting: "q:1")
    #expect(own?.name == "q:1" && own?.exceptions == "")
    #expect(try proxy(["https_proxy": "p:1"], setting: "")?.name == "p:1")
  }

  @Test func `a proxy is named without its password`() throws {
    let transport = CurlTransport(proxy: "http://me:hunter2@proxy.internal")
    #expect(try transport.proxyName(for: "https://api.weixin.qq.com") == "proxy.internal:80")
    #expect(try transport.proxyName(for: "http://127.0.0.1:1") == nil)
    let listed = CurlTransport(environment: ["HTTPS_PROXY": "proxy:1", "no_proxy": "a.com b.com"])
    #expect(try listed.proxyName(for: "https://api.weixin.qq.com") == "proxy:1 (no_proxy: a.com,b.com)")
    let broken = CurlTransport(proxy: "ftp://me:hunter2@proxy")
    #expect(
      throws: APIError.misconfigured(
        cause: "ftp://proxy is no address of a proxy, as http://proxy:3128 or socks5://proxy:1080")
    ) {
      try broken.proxyName(for: "https://api.weixin.qq.com")
    }
  }

  @Test(arguments: [
    ("http://proxy.internal:3128", "http://proxy.internal:3128", "proxy.internal:3128"),
    ("proxy.internal:3128/", "http://proxy.internal:3128", "proxy.internal:3128"),
    ("HTTP://[fd00::1]:3128", "http://[fd00::1]:3128", "[fd00::1]:3128"),
    ("http://me:p%40ss@proxy:1", "http://me:p%40ss@proxy:1", "proxy:1"),
    ("http://me:pass@\u{301}proxy:80", "http://me:pass@\u{301}proxy:80", "\u{301}proxy:80"),
    ("socks5://proxy", "socks5://proxy", "proxy:1080"), ("socks://proxy", "socks5://proxy", "proxy:1080"),
    ("https://proxy", "https://proxy", "proxy:443"), ("socks5h://proxy:9", "socks5h://proxy:9", "proxy:9"),
  ])
  func `the forms of a proxy`(text: String, address: String, name: String) throws {
    let proxy = try Proxy(text)
    #expect(proxy.address == address && proxy.name == name)
  }

  @Test(arguments: [
    ("ftp://me:pass@proxy", "ftp://proxy"), ("http://me:pass@proxy:99999", "http://proxy"),
    ("http://me:pass@proxy:x", "http://proxy"), ("http://", "http://"), ("", "http://"),
    ("http://me:pass;proxy:", "http://me"), ("http://me:pass;proxy:80", "http://me"),
    ("http://me:pass@pro\u{1B}xy:80", "http://pro xy"),
  ])
  func `what is no proxy is named without its password`(text: String, named: String) {
    let error = #expect(throws: APIError.self) { try Proxy(text) }
    guard case .misconfigured(let cause) = error else {
      Issue.record("\(text): \(String(describing: error))")
      return
    }
    #expect(cause.hasPrefix(named + " is no address of a proxy") && !cause.contains("pass"))
  }

  @Test func `a proxy for all is used where none of the scheme's own is given`() throws {
    #expect(try proxy(["all_proxy": "socks5://p:1"])?.address == "socks5://p:1")
    #expect(try proxy(["ALL_PROXY": "a:1", "https_proxy": "p:1"])?.name == "p:1")
  }
}
