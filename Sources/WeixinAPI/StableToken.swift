import WeixinModel

/// Access tokens from `POST /cgi-bin/stable_token`, never with `force_refresh`: it shares the token with every other
/// program of the account that uses this call, and disturbs none.
///
/// One call at a time serves all callers. The age of a token is measured with a monotonic clock, not with the calendar.
public actor StableToken: AccessTokenSource {
  /// Moments of a clock that is never set.
  public typealias Moment = ContinuousClock.Instant

  private let appID: String
  private let secret: Secret
  private let server: WeixinServer
  private let now: @Sendable () -> Moment
  private let flight = SingleFlight<AccessToken>()
  private var cached: (token: AccessToken, freshUntil: Moment)?
  private var issues = 0

  /// A source for one account; nothing is fetched before the first token is asked for.
  public init(
    appID: String, secret: Secret, server: WeixinServer, now: @escaping @Sendable () -> Moment = { .now }
  ) {
    self.appID = appID
    self.secret = secret
    self.server = server
    self.now = now
  }

  /// The cached token, or a fetched one when its life is nearly over.
  public func token() async throws -> AccessToken {
    if let cached, now() < cached.freshUntil { return cached.token }
    return try await fetched()
  }

  /// A newer token than the refused one. Fetches only when the refused one is still the newest.
  public func replacement(for refused: AccessToken) async throws -> AccessToken? {
    if let cached, cached.token != refused, now() < cached.freshUntil { return cached.token }
    cached = nil
    return try await fetched()
  }

  /// How long before its end a token is no longer used, both in seconds. Below the 300 s that Weixin leaves at least,
  /// and never the whole life, so that a short-lived token does not mean a fetch for every call.
  static func margin(ofLife seconds: Int) -> Int { min(120, seconds / 4) }

  private func fetched() async throws -> AccessToken {
    try await flight.value { try await self.fetch() }
  }

  private func fetch() async throws -> AccessToken {
    // Asked before the call: the life counts from Weixin's answer, which is later, so this errs on the safe side.
    let asked = now()
    let body = TokenRequest(appID: appID, secret: secret.revealed)
    let reply = try await server.post(.token, body: body, hiding: secret, as: TokenBody.self)
    issues += 1
    let token = AccessToken(reply.token, issue: issues)
    let life = reply.expiresIn - Self.margin(ofLife: reply.expiresIn)
    cached = (token, asked.advanced(by: .seconds(life)))
    return token
  }
}

/// The body of stable_token. `force_refresh` has no setting: true would log out every other user of the token.
private struct TokenRequest: Encodable {
  var grantType = "client_credential"
  var appID: String
  var secret: String
  var forceRefresh = false

  enum CodingKeys: String, CodingKey {
    case grantType = "grant_type"
    case appID = "appid"
    case secret
    case forceRefresh = "force_refresh"
  }
}
