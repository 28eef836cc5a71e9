import Glibc
import WeixinModel

/// Which proxy a call goes through: that of a setting, or of `https_proxy`, `http_proxy` and `all_proxy` (small letters win over capitals) but for
/// the hosts in `no_proxy`. This machine is never reached through a proxy.
struct ProxyChoice: Sendable {
  private let setting: String?
  private let environment: [String: String]

  /// - Parameters:
  ///   - environment: the process's variables.
  ///   - setting: a proxy for every host instead of the environment's.
  init(environment: [String: String], setting: String? = nil) {
    self.setting = setting.flatMap { $0.isEmpty ? nil : $0 }
    self.environment = environment
  }

  /// The proxy for a target, or nil to go there directly. Throws `APIError.misconfigured` for one that is none.
  func proxy(for target: CurlTarget) throws(APIError) -> Proxy? {
    if ServerAddress.isLoopback(target.host) { return nil }
    if let setting { return try Proxy(setting) }
    guard let address = variable(target.scheme + "_proxy") ?? variable("all_proxy") else { return nil }
    let exceptions = variable("no_proxy") ?? ""
    return Self.isException(target.host, in: exceptions)
      ? nil : try Proxy(address, exceptions: Self.exceptions(exceptions))
  }

  /// Whether an address of IPv6 lies in a network of the list, which libcurl sees for IPv4 alone.
  static func isException(_ host: String, in list: String) -> Bool {
    guard let address = bits(host) else { return false }
    return list.split { $0 == "," || $0.isWhitespace }.contains { entry in
      let parts = entry.split(separator: "/", maxSplits: 1)
      guard let network = parts.first.flatMap({ bits(String($0)) }) else { return false }
      guard let length = parts.count == 2 ? Int(digits: parts[1]) : 128, length <= 128 else { return false }
      return zip(address, network).prefix(length).allSatisfy { $0 == $1 }
    }
  }

  /// The 128 bits of an address of IPv6, with or without brackets; nil of anything else.
  private static func bits(_ text: String) -> [Bool]? {
    var address = in6_addr()
    guard inet_pton(AF_INET6, text.hasPrefix("[") ? String(text.dropFirst().prefix { $0 != "]" }) : text, &address) == 1
    else { return nil }
    return withUnsafeBytes(of: address) { bytes in bytes.flatMap { byte in (0..<8).map { byte & (0x80 >> $0) != 0 } } }
  }

  private func variable(_ name: String) -> String? {
    [name, name.uppercased()].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
  }

  /// The list in the form that libcurl takes: it knows `host`, `.host`, `10.0.0.0/8` and a lone `*`, but not `*.host`, ports, or an
  /// address of IPv6 in brackets.
  static func exceptions(_ list: String) -> String {
    let names = list.split { $0 == "," || $0.isWhitespace }.map { entry in
      // An IPv6 address has colons of its own; with a port it stands in brackets.
      let isIPv6 = entry.hasPrefix("[") || entry.count { $0 == ":" } > 1
      let bare = isIPv6 ? entry.drop { $0 == "[" }.prefix { $0 != "]" } : entry.prefix { $0 != ":" }
      return bare.hasPrefix("*.") ? bare.dropFirst() : bare
    }
    return names.contains("*") ? "*" : names.filter { !$0.isEmpty }.joined(separator: ",")
  }
}

/// A proxy: `[scheme://][user:password@]host[:port]`.
struct Proxy: Hashable, Sendable {
  private static let ports = [
    "http": 80, "https": 443, "socks4": 1_080, "socks4a": 1_080, "socks5": 1_080, "socks5h": 1_080,
  ]

  /// For libcurl; may hold a password.
  let address: String
  let host: String
  let port: Int
  /// The hosts that are called directly, in libcurl's form; empty for none.
  let exceptions: String

  /// Host and port.
  var name: String { "\(host):\(port)" }

  /// Throws `APIError.misconfigured`, without the password, for any other form.
  init(_ text: String, exceptions: String = "") throws(APIError) {
    let parts = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
    let scheme = parts.count == 2 ? parts[0].lowercased() : "http"
    let rest = parts[parts.count - 1].prefix { $0 != "/" }
    // Of bytes, as libcurl takes it: with a mark upon it `@` is another Character, and the password before it would be a name.
    let hostAndPort =
      rest.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false).last.map { Substring($0) } ?? ""
    let colon = hostAndPort.lastIndex(of: ":").flatMap { hostAndPort[$0...].contains("]") ? nil : $0 }
    host = colon.map { String(hostAndPort[..<$0]) } ?? String(hostAndPort)
    // As curl has always called it.
    let known = scheme == "socks" ? "socks5" : scheme
    let named = colon.map { Int(hostAndPort[hostAndPort.index(after: $0)...]) ?? -1 }
    guard !host.isEmpty, let port = named ?? Self.ports[known], Self.ports[known] != nil, (1...65_535).contains(port),
      host.hasPrefix("[") || !host.utf8.contains(UInt8(ascii: ":")), host.cleaned() == host
    else {
      // What stands behind a colon may be a password whose `@` was forgotten.
      let shown = host.hasPrefix("[") ? Substring(host) : Substring(host.utf8.prefix { $0 != UInt8(ascii: ":") })
      let address = "\(scheme)://\(shown)".cleaned(limit: 120)
      throw .misconfigured(
        cause: "\(address) is no address of a proxy, as http://proxy:3128 or socks5://proxy:1080")
    }
    self.port = port
    self.exceptions = exceptions
    address = "\(known)://\(rest)"
  }
}
