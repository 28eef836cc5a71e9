import AsyncHTTPClient
import Testing
import WeixinModel

@testable import WeixinAPI

@Suite struct ServerAddressTests {
  @Test(arguments: [
    "https://api.weixin.qq.com", "https://sh.api.weixin.qq.com:8443", "https://proxy.internal/weixin",
    "http://127.0.0.1:8080", "http://127.8.9.1", "http://localhost:1", "http://[::1]:9", "HTTPS://API.weixin.qq.com",
  ])
  func allowed(address: String) throws {
    #expect(try ServerAddress(address).text == address)
    #expect(try ServerAddress(address + "/").text == address)
  }

  @Test(arguments: [
    "http://127.0.0.1.evil.com", "http://127.evil.com", "http://localhost.evil.com",
    "http://127.0.0.256", "http://[::2]", "http://10.0.0.1", "ftp://127.0.0.1", "api.weixin.qq.com", "", "https://",
    "/x",
    "https://user:pass@api.weixin.qq.com", "http://127.0.0.1:80@evil.com", "https://a.com?x=1", "https://a.com#x",
  ])
  func refused(address: String) {
    #expect {
      try ServerAddress(address)
    } throws: { error in
      guard case .notAllowed(let named) = error as? APIError else { return false }
      return !named.contains("pass")
    }
  }

  @Test func onlyThesePathsCanBeCalled() throws {
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

@Suite struct ProxySettingsTests {
  @Test func environmentBySchemeAndCase() {
    let both = ProxySettings(environment: ["https_proxy": "small:1", "HTTPS_PROXY": "big:1", "HTTP_PROXY": "plain:1"])
    #expect(both.address(forHost: "api.weixin.qq.com", scheme: "https") == "small:1")
    #expect(both.address(forHost: "api.weixin.qq.com", scheme: "http") == "plain:1")
    let capitals = ProxySettings(environment: ["https_proxy": "", "HTTPS_PROXY": "big:1"])
    #expect(capitals.address(forHost: "api.weixin.qq.com", scheme: "https") == "big:1")
    #expect(ProxySettings(environment: [:]).address(forHost: "api.weixin.qq.com", scheme: "https") == nil)
  }

  @Test(arguments: ["127.0.0.1", "localhost", "::1"])
  func neverForThisMachine(host: String) {
    let settings = ProxySettings(environment: ["https_proxy": "p:1", "http_proxy": "p:1"], setting: "q:1")
    #expect(settings.address(forHost: host, scheme: "http") == nil)
    #expect(settings.address(forHost: host, scheme: "https") == nil)
  }

  @Test(arguments: [
    ("qq.com", true), (".weixin.qq.com", true), ("API.weixin.qq.com:443", true), ("*", true), ("a.com, qq.com", true),
    ("q.com", false), ("weixin.com", false), ("", false),
  ])
  func exceptions(list: String, isDirect: Bool) {
    let settings = ProxySettings(environment: ["https_proxy": "p:1", "no_proxy": list])
    #expect((settings.address(forHost: "api.weixin.qq.com", scheme: "https") == nil) == isDirect)
  }

  @Test(arguments: [
    ("10.0.0.0/8", "10.200.3.4", true), ("10.0.0.0/8", "11.0.0.1", false), ("192.168.4.0/22", "192.168.7.255", true),
    ("192.168.4.0/22", "192.168.8.0", false), ("0.0.0.0/0", "203.0.113.7", true), ("10.0.0.0/8", "ten.example", false),
    ("10.0.0.0/33", "10.0.0.1", false), ("10.0.0/8", "10.0.0.1", false),
  ])
  func ranges(list: String, host: String, isDirect: Bool) {
    let settings = ProxySettings(environment: ["https_proxy": "p:1", "no_proxy": list])
    #expect((settings.address(forHost: host, scheme: "https") == nil) == isDirect)
  }

  @Test func capitalsOfNoProxyAndIPv6() {
    let settings = ProxySettings(environment: ["https_proxy": "p:1", "NO_PROXY": "qq.com,fd00::1,[fd00::2]:443"])
    #expect(settings.address(forHost: "api.weixin.qq.com", scheme: "https") == nil)
    for host in ["fd00::1", "[fd00::1]", "fd00::2"] {
      #expect(settings.address(forHost: host, scheme: "https") == nil)
    }
    #expect(settings.address(forHost: "fd00::3", scheme: "https") == "p:1")
  }

  @Test func anAccountsProxyBeatsTheEnvironment() {
    let settings = ProxySettings(environment: ["https_proxy": "p:1", "no_proxy": "*"], setting: "q:1")
    #expect(settings.address(forHost: "api.weixin.qq.com", scheme: "https") == "q:1")
    let empty = ProxySettings(environment: ["https_proxy": "p:1"], setting: "")
    #expect(empty.address(forHost: "api.weixin.qq.com", scheme: "https") == "p:1")
  }

  @Test func theNameOfAProxyHoldsNoPassword() throws {
    let transport = AsyncHTTPTransport(proxy: "http://me:hunter2@proxy.internal")
    #expect(try transport.proxyName(for: "https://api.weixin.qq.com") == "proxy.internal:80")
    #expect(try transport.proxyName(for: "http://127.0.0.1:1") == nil)
    let broken = AsyncHTTPTransport(proxy: "ftp://me:hunter2@proxy")
    #expect(throws: APIError.notAllowed(address: "ftp://proxy")) {
      try broken.proxyName(for: "https://api.weixin.qq.com")
    }
  }

  @Test func forms() throws {
    typealias Proxy = HTTPClient.Configuration.Proxy
    #expect(try Proxy(parsing: "http://proxy.internal:3128") == .server(host: "proxy.internal", port: 3_128))
    #expect(try Proxy(parsing: "proxy.internal:3128/") == .server(host: "proxy.internal", port: 3_128))
    #expect(try Proxy(parsing: "http://[fd00::1]:3128").port == 3_128)
    #expect(
      try Proxy(parsing: "http://me:p%40ss@proxy:1")
        == .server(host: "proxy", port: 1, authorization: .basic(username: "me", password: "p@ss")))
    #expect(try Proxy(parsing: "socks5://proxy") == .socksServer(host: "proxy", port: 1_080))
    #expect(throws: APIError.notAllowed(address: "ftp://proxy")) { try Proxy(parsing: "ftp://me:pass@proxy") }
    #expect(throws: APIError.notAllowed(address: "http://proxy")) { try Proxy(parsing: "http://me:pass@proxy:99999") }
    #expect(throws: APIError.self) { try Proxy(parsing: "http://") }
  }
}
