/// Where an account's access token comes from, and how long it is used.
public struct TokenStanding: Hashable, Sendable {
  /// Who hands tokens out.
  public enum Origin: Hashable, Sendable {
    /// Weixin, by `cgi-bin/stable_token`.
    case stableToken
    /// Weixin, by `cgi-bin/token`.
    case classicToken
    /// The configuration or the environment: one token, as it is.
    case ready
    /// A file.
    case file
    /// A command of the account.
    case command
    /// The command that lists accounts.
    case list
    /// Nobody: Weixin's cloud hosting signs the calls.
    case cloud
  }

  /// Who hands them out.
  public var origin: Origin
  /// Until when the token at hand is used; nil before there is one, and where nobody says.
  public var usedUntil: Timestamp?

  /// A standing.
  public init(_ origin: Origin, usedUntil: Timestamp? = nil) {
    self.origin = origin
    self.usedUntil = usedUntil
  }
}
