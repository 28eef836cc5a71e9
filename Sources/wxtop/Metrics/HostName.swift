import Dashboard
import WeixinModel

/// A name of a machine as names are compared: in small letters, without a dot at the end.
struct HostName: Equatable, Sendable {
  let text: String

  /// Nil for what cannot be one.
  init?(_ name: String) {
    var name = name.lowercased()
    if name.hasSuffix(".") { name.removeLast() }
    guard (1...253).contains(name.utf8.count), !name.hasPrefix("."), !name.contains(".."),
      name.utf8.allSatisfy({
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || [0x2D, 0x2E, 0x5F].contains($0)
      })
    else { return nil }
    text = name
  }

  static func wrong(_ text: String, _ language: Language) -> String {
    let text = text.cleaned(limit: 60)
    return language == .zh
      ? "--host \(text) 不是主机名：请写成 wxtop 或 metrics.example.com，不带端口。"
      : "--host \(text) is no name of a host; write it like wxtop or metrics.example.com, without a port."
  }
}
