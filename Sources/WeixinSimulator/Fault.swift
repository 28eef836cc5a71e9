public import WeixinModel

/// A failure on demand. Written `KIND` or `KIND:ENDPOINT`, such as `errcode=45009:hourly` or `truncated`.
public struct Fault: Hashable, Sendable, CustomStringConvertible {
  /// What goes wrong.
  public enum Kind: Hashable, Sendable {
    /// `none`: nothing.
    case none
    /// `errcode=N`: Weixin's error envelope with that code and its usual text.
    case errcode(Int)
    /// `http=N`: that status with a gateway's page.
    case http(Int)
    /// `html`: a web page with status 200.
    case html
    /// `redirect`: 302 to another path.
    case redirect
    /// `truncated`: JSON that ends in the middle.
    case truncated
    /// `empty`: no bytes.
    case empty
    /// `garbage`: bytes that are neither JSON nor UTF-8.
    case garbage
    /// `slow`: a reply that begins and drips for ever.
    case slow
    /// `huge`: a reply of up to 64 MiB.
    case huge
    /// `silent`: no answer at all.
    case silent
    /// `reset`: the connection is reset.
    case reset
    /// `unpublished`: an empty list, as Weixin often sends in the morning.
    case unpublished
    /// `notready`: 61503.
    case notReady
  }

  /// What goes wrong.
  public var kind: Kind
  /// The only endpoint that is affected; nil for every one. `unpublished` and `notready` affect the hourly one only.
  public var endpoint: Simulator.Endpoint?

  /// A fault.
  public init(_ kind: Kind, on endpoint: Simulator.Endpoint? = nil) {
    self.kind = kind
    self.endpoint = endpoint
  }

  /// Nothing goes wrong.
  public static let none = Fault(.none)

  /// The forms that ``init(_:)`` takes, for a help text.
  public static let forms = [
    "none", "errcode=N", "http=N", "html", "redirect", "truncated", "empty", "garbage", "slow", "huge", "silent",
    "reset",
    "unpublished", "notready",
  ]

  /// Reads `KIND[:ENDPOINT]`; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard (1...2).contains(parts.count), let kind = Kind(parts[0]) else { return nil }
    self.kind = kind
    if parts.count == 2 {
      guard let endpoint = Simulator.Endpoint(rawValue: parts[1]) else { return nil }
      self.endpoint = endpoint
    }
  }

  /// The form that ``init(_:)`` takes.
  public var description: String { kind.description + (endpoint.map { ":" + $0.rawValue } ?? "") }

  /// What goes wrong on an endpoint.
  func kind(on endpoint: Simulator.Endpoint) -> Kind {
    let isHourlyOnly = kind == .unpublished || kind == .notReady
    let isMeant = self.endpoint.map { $0 == endpoint } ?? (!isHourlyOnly || endpoint == .hourly)
    return isMeant ? kind : .none
  }
}

extension Fault.Kind: CustomStringConvertible {
  private static let plain: [String: Fault.Kind] = [
    "none": .none, "html": .html, "redirect": .redirect, "truncated": .truncated, "empty": .empty, "garbage": .garbage,
    "slow": .slow, "huge": .huge, "silent": .silent, "reset": .reset, "unpublished": .unpublished,
    "notready": .notReady,
  ]

  init?(_ text: String) {
    if let kind = Self.plain[text] {
      self = kind
    } else if text.hasPrefix("errcode="), let code = Int(text.dropFirst(8)), code != 0 {
      self = .errcode(code)
    } else if text.hasPrefix("http="), let status = Int(text.dropFirst(5)), (200...599).contains(status) {
      self = .http(status)
    } else {
      return nil
    }
  }

  /// The form that ``Fault/init(_:)`` takes.
  public var description: String {
    switch self {
    case .errcode(let code): "errcode=\(code)"
    case .http(let status): "http=\(status)"
    default: Self.plain.first { $0.value == self }?.key ?? "none"
    }
  }
}
