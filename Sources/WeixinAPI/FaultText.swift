import WeixinModel

/// What an `errmsg` tells besides its words, which change over the years.
enum FaultText {
  /// The request id: three hexadecimal groups after `rid:`.
  static func rid(in message: String) -> String? {
    message.firstMatch(of: /rid:\s*([0-9a-fA-F]+-[0-9a-fA-F]+-[0-9a-fA-F]+)/).map { String($0.1) }
  }

  /// The caller's address in 40164 and 61004, which the administrator must put on the whitelist. Weixin sends IPv4, or
  /// both, or IPv4 written as IPv6 (`::ffff:203.0.113.169`); its whitelist takes IPv4, so that one is preferred.
  static func address(in message: String) -> String? {
    let text = message.replacing(/rid:.*|hint:.*/, with: "")
    let candidates = text.split { !($0.isHexDigit || $0 == "." || $0 == ":") }
    for candidate in candidates {
      let last = candidate.split(separator: ":").last ?? ""
      let parts = last.split(separator: ".")
      if parts.count == 4, parts.allSatisfy({ UInt8(digits: $0) != nil }) { return parts.joined(separator: ".") }
    }
    return candidates.first { $0.count > 2 && !$0.contains(".") && $0.split(separator: ":").count > 1 && $0.colons > 1 }
      .map(String.init)
  }
}

extension Substring {
  fileprivate var colons: Int { count { $0 == ":" } }
}
