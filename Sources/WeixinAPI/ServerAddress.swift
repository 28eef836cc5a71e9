import FoundationEssentials
import WeixinModel

/// An address that may be called: HTTPS, plain HTTP to this machine, or the one of Weixin's cloud call. ``WeixinServer``
/// sends no token to the last one.
struct ServerAddress {
  /// Without a slash at the end.
  let text: String

  /// Throws `APIError.notAllowed`, which names scheme and host only: the rest may hold a password.
  init(_ address: String) throws {
    if address == WeixinServer.officialAddress {
      text = address
      return
    }
    let url = URL(string: address)
    let scheme = url?.scheme?.lowercased() ?? ""
    let host = url?.host() ?? ""
    let named = scheme.isEmpty || host.isEmpty ? Redaction(of: []).clean(address, limit: 80) : "\(scheme)://\(host)"
    // A port beyond 65535 would be a trap further down.
    // Foundation percent-encodes what cannot be shown and calls it an address; it stands in sentences as it was written.
    guard let url, address.cleaned(limit: address.unicodeScalars.count) == address, !host.isEmpty,
      url.port.map({ (1...65_535).contains($0) }) ?? true, url.user == nil,
      url.password == nil, url.query == nil, url.fragment == nil,
      scheme == "https" || (scheme == "http" && Self.isLoopback(host)) || address == CloudCall.address
    else { throw APIError.notAllowed(address: named.cleaned(limit: 120)) }
    var trimmed = address
    while trimmed.hasSuffix("/") { trimmed.removeLast() }
    text = trimmed
  }

  /// Whether a host is this machine by its very name: `localhost`, 127.0.0.0/8 or `::1`. Nothing is looked up.
  static func isLoopback(_ host: String) -> Bool {
    let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    if bare.lowercased() == "localhost" || bare == "::1" { return true }
    let parts = bare.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8(digits: $0) != nil }
  }
}
