import GRDB
public import WeixinModel

/// An access token as the processes on one archive share it. The file is the owner's alone (0600).
public struct KeptToken: Hashable, Sendable {
  /// The token's text: a secret.
  public var value: String
  /// Until when it is used: seconds since the machine's boot.
  public var freshUntil: Int
  /// The boot from which the seconds count.
  public var boot: String

  /// A token.
  public init(value: String, freshUntil: Int, boot: String) {
    self.value = value
    self.freshUntil = freshUntil
    self.boot = boot
  }
}

extension MessageArchive {
  /// The token that was kept last for an account and one way to fetch it.
  public func token(_ account: String, source: String) throws(ArchiveFault) -> KeptToken? {
    try read { database in
      try Row.fetchOne(
        database, sql: "SELECT value, fresh_until, boot FROM token WHERE account = ? AND source = ?",
        arguments: [account, source]
      ).map { KeptToken(value: $0[0], freshUntil: $0[1], boot: $0[2]) }
    }
  }

  /// Keeps a token in place of the one before.
  public func saveToken(_ token: KeptToken, _ account: String, source: String) async throws(ArchiveFault) {
    try await write { database in
      try database.execute(
        sql: "INSERT OR REPLACE INTO token (account, source, value, fresh_until, boot) VALUES (?, ?, ?, ?, ?)",
        arguments: [account, source, token.value, token.freshUntil, token.boot])
    }
  }
}
