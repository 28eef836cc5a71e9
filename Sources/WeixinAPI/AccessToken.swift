public import WeixinModel

/// An access token as a source handed it out.
public struct AccessToken: Hashable, Sendable {
  /// The text that goes into the query; nil where the platform signs the call and no token is sent.
  public let value: Secret?
  /// Counts what the source handed out, so that a report about an old issue is told from one about the newest, even
  /// when Weixin sent the same text again.
  public let issue: Int

  /// A token.
  public init(_ value: Secret?, issue: Int = 0) {
    self.value = value
    self.issue = issue
  }
}

/// Where the access tokens of one account come from.
///
/// Both methods throw an ``APIError``, or `CancellationError` when the caller's task is cancelled.
public protocol AccessTokenSource: Sendable {
  /// A token that should be good now; fetched only when none is at hand.
  func token() async throws -> AccessToken

  /// A token to try once after Weixin refused one on an API call (40001, 40014, 42001), or nil when the source has
  /// nothing but what was refused. Many callers may report the same token: it is replaced once.
  func replacement(for refused: AccessToken) async throws -> AccessToken?
}

/// A ready access token from outside (`WXTOP_TOKEN`), used as it is. When Weixin refuses it, the error stays.
public struct ReadyToken: AccessTokenSource {
  private let ready: AccessToken

  /// A source of just this token.
  public init(_ value: Secret) {
    ready = AccessToken(value)
  }

  /// The token.
  public func token() async throws -> AccessToken { ready }

  /// Nil: there is no other.
  public func replacement(for refused: AccessToken) async throws -> AccessToken? { nil }
}

/// No token at all: inside Weixin's cloud hosting the platform puts itself between the container and `api.weixin.qq.com` and
/// signs what comes without one (微信云托管, 开放接口服务). getupstreammsghour can be called so, getSpeed cannot.
public struct CloudCall: AccessTokenSource {
  /// The address at which the platform waits: plain HTTP, since it never leaves the container unsigned and holds no secret.
  public static let address = "http://api.weixin.qq.com"

  /// A source of nothing.
  public init() {}

  /// No token.
  public func token() async throws -> AccessToken { AccessToken(nil) }

  /// Nil: there is no other.
  public func replacement(for refused: AccessToken) async throws -> AccessToken? { nil }

  /// Whether Weixin's page on a call says that the cloud call has it.
  public static func has(_ endpoint: WeixinFault.Endpoint) -> Bool { endpoint == .hourly }
}
