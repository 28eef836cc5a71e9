import AsyncHTTPClient
import WeixinModel

/// Which proxy a request goes through, from `https_proxy`, `http_proxy` and `no_proxy` (small letters win over capitals)
/// or from a setting. This machine is never reached through a proxy.
struct ProxySettings: Sendable {
  private let setting: String?
  // Looked at with each request, not before the first frame.
  private let environment: [String: String]

  /// - Parameters:
  ///   - environment: the process's variables.
  ///   - setting: a proxy that is used for every host instead of the environment's.
  init(environment: [String: String], setting: String? = nil) {
    self.setting = setting
    self.environment = environment
  }

  private func variable(_ name: String) -> String? {
    [name, name.uppercased()].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
  }

  /// The proxy's address for a host, or nil to go there directly.
  func address(forHost host: String, scheme: String) -> String? {
    if ServerAddress.isLoopback(host) { return nil }
    if let setting, !setting.isEmpty { return setting }
    guard scheme == "https" || scheme == "http", !isException(host.lowercased().withoutBrackets) else { return nil }
    return variable(scheme + "_proxy")
  }

  private func isException(_ host: String) -> Bool {
    let exceptions = (variable("no_proxy") ?? "").lowercased().split { $0 == "," || $0 == " " }.map(String.init)
    return exceptions.contains { exception in
      if exception == "*" { return true }
      if let range = AddressRange(exception) { return range.contains(host) }
      // An IPv6 address has colons of its own; with a port it stands in brackets.
      let isIPv6 = exception.hasPrefix("[") || exception.count { $0 == ":" } > 1
      var name =
        isIPv6
        ? String(exception.prefix { $0 != "]" }).withoutBrackets
        : exception.split(separator: ":").first.map(String.init) ?? ""
      while name.hasPrefix(".") { name.removeFirst() }
      return !name.isEmpty && (host == name || host.hasSuffix("." + name))
    }
  }
}

/// `10.0.0.0/8`: IPv4 addresses with the same leading bits, as curl and Go read them in `no_proxy`.
private struct AddressRange {
  private let network: UInt32
  private let mask: UInt32

  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = Self.address(parts[0]), let bits = UInt32(parts[1]), bits <= 32 else {
      return nil
    }
    mask = bits == 0 ? 0 : ~0 << (32 - bits)
    network = address & mask
  }

  func contains(_ host: String) -> Bool { Self.address(host).map { $0 & mask == network } ?? false }

  private static func address(_ text: some StringProtocol) -> UInt32? {
    let bytes = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    guard bytes.count == 4 else { return nil }
    return bytes.reduce(0 as UInt32?) { sum, byte in sum.flatMap { sum in byte.map { sum << 8 | UInt32($0) } } }
  }
}

extension HTTPClient.Configuration.Proxy {
  /// A proxy from `[http://][user:password@]host[:port]` or `socks5://host[:port]`. Throws `APIError.notAllowed`, without
  /// the password, for any other form.
  init(parsing text: String) throws {
    let withScheme = text.contains("://") ? text : "http://" + text
    let parts = withScheme.split(separator: "://", maxSplits: 1)
    let scheme = parts[0].lowercased()
    let rest = parts.count == 2 ? parts[1].prefix { $0 != "/" } : ""
    let at = rest.lastIndex(of: "@")
    let hostAndPort = at.map { rest[rest.index(after: $0)...] } ?? rest
    let colon = hostAndPort.lastIndex(of: ":").flatMap { hostAndPort[$0...].contains("]") ? nil : $0 }
    let host = colon.map { String(hostAndPort[..<$0]) } ?? String(hostAndPort)
    let port = colon.map { Int(hostAndPort[hostAndPort.index(after: $0)...]) ?? -1 }
    guard !host.isEmpty, port.map({ (1...65_535).contains($0) }) ?? true else {
      throw APIError.notAllowed(address: "\(scheme)://\(host)".cleaned(limit: 120))
    }
    switch scheme {
    case "http":
      let login =
        at.map { String(rest[..<$0]).percentDecoded.split(separator: ":", maxSplits: 1).map(String.init) } ?? []
      let authorization = login.first.map {
        HTTPClient.Authorization.basic(username: $0, password: login.count > 1 ? login[1] : "")
      }
      self = .server(host: host, port: port ?? 80, authorization: authorization)
    case "socks5", "socks5h", "socks":
      self = .socksServer(host: host, port: port ?? 1_080)
    default:
      throw APIError.notAllowed(address: "\(scheme)://\(host)".cleaned(limit: 120))
    }
  }
}

extension String {
  fileprivate var withoutBrackets: String { filter { $0 != "[" && $0 != "]" } }

  fileprivate var percentDecoded: String {
    var bytes: [UInt8] = []
    var rest = Array(utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
