/// What `POST /cgi-bin/openapi/quota/get` says of one call: how often the account may make it on a Beijing day.
public struct CallQuota: Hashable, Codable, Sendable {
  /// `daily_limit`: calls a day; 0 where Weixin sets none.
  public var limit: Int
  /// `used`: calls of today by all programs of the account. It lags behind.
  public var used: Int
  /// `remain`: calls left today.
  public var remaining: Int

  /// A quota.
  public init(limit: Int, used: Int, remaining: Int) {
    self.limit = limit
    self.used = used
    self.remaining = remaining
  }
}
