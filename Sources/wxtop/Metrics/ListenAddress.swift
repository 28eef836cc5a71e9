import Dashboard
import Glibc
import LoopbackServer
import WeixinModel

/// Where `wxtop metrics` answers: a numeric address or `localhost`, and a port.
struct ListenAddress: Equatable, Sendable {
  var host: String
  /// 0 takes any that is free.
  var port: Int

  /// Loopback, at a port that no exporter is known to use.
  static let usual = ListenAddress(host: "127.0.0.1", port: 9_414)

  init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// `127.0.0.1:9414`, `[::1]:9414`, `localhost:9414`; nil for anything else. A name would be looked up, and might be
  /// somebody else's tomorrow.
  init?(_ text: String) {
    // To the C library a text ends at its first zero.
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), let colon = text.lastIndex(of: ":"),
      let port = Int(digits: text[text.index(after: colon)...]),
      (0...65_535).contains(port)
    else { return nil }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = String(host.dropFirst().dropLast())
      guard Self.isNumeric(host, AF_INET6) else { return nil }
    } else if host != "localhost", !Self.isNumeric(host, AF_INET) {
      return nil
    }
    self.init(host: host, port: port)
  }

  /// Whether only this machine can reach it.
  var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

  /// As it stands in a URL.
  var text: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  private static func isNumeric(_ host: String, _ family: Int32) -> Bool {
    var bytes = in6_addr()
    var host = host
    // `fe80::1%eth0` names the network besides, in a URL `%25eth0`.
    if family == AF_INET6, let percent = host.firstIndex(of: "%") {
      guard host.index(after: percent) < host.endIndex else { return false }
      host = String(host[..<percent])
    }
    return inet_pton(family, host, &bytes) == 1
  }

  static func wrong(_ text: String, _ language: Language) -> String {
    let text = text.cleaned(limit: 60)
    return language == .zh
      ? "--listen \(text) 不是地址：请写成 127.0.0.1:9414、[::1]:9414 或 localhost:9414。"
      : "--listen \(text) is no address; write it like 127.0.0.1:9414, [::1]:9414 or localhost:9414."
  }

  func openToOthers(_ language: Language) -> String {
    language == .zh
      ? "其他机器也能访问 \(text)，且无需任何身份验证即可读到账号名称和数字；请用防火墙或反向代理限制访问。"
      : "other machines can reach \(text), and nothing asks who they are: whoever does reads the accounts' names and "
        + "numbers. Keep them out by a firewall, or by a proxy that asks."
  }
}

/// Why a port could not be opened.
enum ListenProblem: Equatable, Sendable {
  case inUse
  case notPermitted
  case notHere
  /// Nothing can be listened on: libmicrohttpd is missing.
  case noLibrary(cause: String)
  case other(String)

  init(_ failure: LoopbackServer.Failure) {
    switch failure {
    case .library: self = .noLibrary(cause: "\(failure)")
    case .system(let code): self.init(errno: code)
    }
  }

  init(errno code: Int32) {
    switch code {
    case EADDRINUSE: self = .inUse
    case EACCES, EPERM: self = .notPermitted
    case EADDRNOTAVAIL: self = .notHere
    default: self = .other(String(cString: strerror(code)))
    }
  }

  func sentence(_ address: ListenAddress, _ language: Language) -> String {
    let text = address.text
    switch (self, language) {
    case (.inUse, .en):
      return
        "Another program listens on \(text), so nothing was started. Stop it, or choose another port with --listen."
    case (.inUse, .zh): return "\(text) 已被其他程序占用，wxtop 没有启动。请停止该程序，或用 --listen 另选端口。"
    case (.notPermitted, .en):
      return "This user may not listen on \(text), so nothing was started. Choose a port from 1024 on with --listen."
    case (.notPermitted, .zh): return "当前用户无权监听 \(text)，wxtop 没有启动。请用 --listen 选择 1024 及以上的端口。"
    case (.notHere, .en):
      return "\(text) is no address of this machine, so nothing was started. Give one that is with --listen."
    case (.notHere, .zh): return "\(text) 不是本机的地址，wxtop 没有启动。请用 --listen 给出本机的地址。"
    case (.noLibrary(let cause), .en): return "Nothing was started: \(cause)."
    case (.noLibrary(let cause), .zh): return "wxtop 没有启动，请安装 Debian 的软件包 libmicrohttpd12 或其等价物：\(cause)。"
    case (.other(let cause), .en):
      return "\(text) cannot be listened on: \(cause). Nothing was started. Choose another address with --listen."
    case (.other(let cause), .zh): return "无法监听 \(text)：\(cause)。wxtop 没有启动，请用 --listen 另选地址。"
    }
  }
}
