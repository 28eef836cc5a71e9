/// A fetched access token as processes hand it to each other.
public struct SharedToken: Hashable, Sendable {
  /// The token.
  public var value: Secret
  /// Until when it is used: seconds since the machine's boot.
  public var freshUntil: Int
  /// The boot from which the seconds count; after another one they say nothing.
  public var boot: String

  /// A token.
  public init(value: Secret, freshUntil: Int, boot: String) {
    self.value = value
    self.freshUntil = freshUntil
    self.boot = boot
  }
}

/// Where the processes of one machine share the token of one account. A place that fails is as good as none: the caller
/// then fetches for itself.
public protocol SharedTokens: Sendable {
  /// The token that is kept, fresh or not.
  func load() async throws -> SharedToken?
  /// Keeps a token.
  func save(_ token: SharedToken) async throws
  /// Runs a body while no other process runs one for this account. Throws what the body throws, or `CancellationError`.
  func alone<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value
}
