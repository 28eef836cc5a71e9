public import WeixinModel

/// The two calls of one account over HTTP.
///
/// When Weixin refuses the token of a call (40001, 40014, 42001), the client asks its source for another and calls once
/// more; then the error stays.
public struct WeixinClient: AccountAPI {
  private let server: WeixinServer
  private let tokens: any AccessTokenSource

  /// A client of a server, with the tokens of one account.
  public init(server: WeixinServer, tokens: any AccessTokenSource) {
    self.server = server
    self.tokens = tokens
  }

  /// The mass-send speed now. Posts `{}`: an empty body risks 44002, and the `{"speed":3}` on Weixin's page is setSpeed's.
  public func massSendSpeed() async throws -> MassSendSpeed {
    try await call(.speed, body: NoParameters(), as: SpeedBody.self).speed
  }

  /// The upstream messages of one day.
  public func hourlyMessages(on day: BeijingDay) async throws -> HourlyReply {
    let body = DayRequest(begin: day.description, end: day.description)
    return try (await call(.hourly, body: body, as: HourlyBody.self)).reply(for: day)
  }

  /// The quota of one call, by its path.
  public func quota(of endpoint: WeixinFault.Endpoint) async throws -> CallQuota {
    try await call(.quota, body: QuotaRequest(path: endpoint.path), as: QuotaBody.self).quota
  }

  private func call<Body: ReplyBody>(
    _ endpoint: WeixinFault.Endpoint, body: some Encodable & Sendable, as type: Body.Type
  ) async throws -> Body {
    let token = try await tokens.token()
    if token.value == nil, !CloudCall.has(endpoint) { throw APIError.notInCloud(endpoint) }
    do {
      return try await server.post(endpoint, token: token.value, body: body, as: type)
    } catch let error as APIError where error.errorClass == .staleToken {
      guard let other = try await tokens.replacement(for: token) else { throw error }
      return try await server.post(endpoint, token: other.value, body: body, as: type)
    }
  }
}

private struct NoParameters: Encodable {
  func encode(to encoder: any Encoder) throws {
    _ = encoder.container(keyedBy: Key.self)
  }

  private enum Key: CodingKey {}
}

private struct QuotaRequest: Encodable {
  var path: String

  enum CodingKeys: String, CodingKey {
    case path = "cgi_path"
  }
}

private struct DayRequest: Encodable {
  var begin: String
  var end: String

  enum CodingKeys: String, CodingKey {
    case begin = "begin_date"
    case end = "end_date"
  }
}
