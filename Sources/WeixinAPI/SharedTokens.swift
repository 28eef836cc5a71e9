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

/// When a token was last fetched, by whichever process: both clocks, as one of them may begin anew or be set.
public struct SharedTokenCall: Hashable, Sendable {
  /// Seconds since 1970.
  public var wall: Int
  /// Seconds since the machine's boot.
  public var bootSeconds: Int
  /// The boot from which those count.
  public var boot: String

  /// A call.
  public init(wall: Int, bootSeconds: Int, boot: String) {
    self.wall = wall
    self.bootSeconds = bootSeconds
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
  /// When a token was last fetched; nil when that was never.
  func lastCall() async throws -> SharedTokenCall?
  /// Notes that one is about to be fetched.
  func noteCall(bootSeconds: Int, boot: String) async throws
  /// Runs a body while no other process runs one for this account, and tells it whether that is so. Throws what the body throws, or
  /// `CancellationError`.
  func alone<Value: Sendable>(_ body: @Sendable (_ isAlone: Bool) async throws -> Value) async throws -> Value
}
