public import MessageArchive
public import WeixinAPI
import WeixinModel

/// Access tokens shared through the archive, so that all processes on it make one token call.
public struct ArchivedTokens: SharedTokens {
  private let archive: MessageArchive
  private let account: String
  private let source: String

  /// The tokens of an account, as one call hands them out: a stable token never takes the place of a classic one.
  public init(archive: MessageArchive, account: String, call: AppToken.Call) {
    self.archive = archive
    self.account = account
    source = call.rawValue
  }

  /// The token that was kept last.
  public func load() async throws -> SharedToken? {
    try archive.token(account, source: source).map {
      SharedToken(value: Secret($0.value), freshUntil: $0.freshUntil, boot: $0.boot)
    }
  }

  /// Keeps a token.
  public func save(_ token: SharedToken) async throws {
    let kept = KeptToken(value: token.value.revealed, freshUntil: token.freshUntil, boot: token.boot)
    try await archive.saveToken(kept, account, source: source)
  }

  /// When one of the processes last fetched a token in this way.
  public func lastCall() async throws -> SharedTokenCall? {
    try archive.tokenCall(account, source: source).map {
      SharedTokenCall(wall: $0.at.seconds, bootSeconds: $0.bootSeconds, boot: $0.boot)
    }
  }

  /// Notes a call.
  public func noteCall(bootSeconds: Int, boot: String) async throws {
    try await archive.noteTokenCall(account, source: source, bootSeconds: bootSeconds, boot: boot)
  }

  /// Holds the lock of the account's tokens meanwhile.
  public func alone<Value: Sendable>(
    _ body: @Sendable (_ isAlone: Bool) async throws -> Value
  ) async throws -> Value {
    try await archive.alone("token \(source) \(account)", body)
  }
}
