/// Access tokens that somebody else keeps and hands out on demand: a command, a team's token service, a third-party
/// platform. Asked once for all callers, and again when Weixin has refused what it handed out.
public actor OutsideToken: AccessTokenSource {
  private let fetch: @Sendable () async throws -> Secret
  private let clock: BootClock
  private let flight = SingleFlight<AccessToken>()
  private var cached: AccessToken?
  private var issues = 0
  private var askedAt: Int?

  /// Seconds between two askings that refusals bring about.
  public static let pause = 30

  /// A source that asks a closure; the closure throws an `APIError` or `CancellationError`.
  public init(clock: BootClock = .system, fetch: @escaping @Sendable () async throws -> Secret) {
    self.clock = clock
    self.fetch = fetch
  }

  /// The token at hand, or the first one.
  public func token() async throws -> AccessToken {
    if let cached { return cached }
    return try await flight.value { try await self.ask() }
  }

  /// What is handed out now, unless it is the same or was asked for within ``pause``.
  public func replacement(for refused: AccessToken) async throws -> AccessToken? {
    if refused.issue < issues, let cached { return cached }
    if let askedAt, clock.now() - askedAt < Self.pause { return nil }
    let other = try await flight.value { try await self.ask() }
    return other.value == refused.value ? nil : other
  }

  private func ask() async throws -> AccessToken {
    askedAt = clock.now()
    let value = try await fetch()
    issues += 1
    let token = AccessToken(value, issue: issues)
    cached = token
    return token
  }
}
