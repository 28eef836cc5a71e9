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

/// When a token was last fetched, by whichever process.
public struct KeptTokenCall: Hashable, Sendable {
  /// By the wall clock.
  public var at: Timestamp
  /// Seconds since the machine's boot.
  public var bootSeconds: Int
  /// The boot from which the seconds count.
  public var boot: String

  /// A call.
  public init(at: Timestamp, bootSeconds: Int, boot: String) {
    self.at = at
    self.bootSeconds = bootSeconds
    self.boot = boot
  }
}

extension MessageArchive {
  /// When the token of an account was last fetched in one way; nil when that was never.
  public func tokenCall(_ account: String, source: String) throws(ArchiveFault) -> KeptTokenCall? {
    try read { database in
      try Row.fetchOne(
        database,
        sql: "SELECT called_at, boot_seconds, boot FROM token_call WHERE account = ? AND source = ?",
        arguments: [account, source]
      ).map { KeptTokenCall(at: try $0.moment(0), bootSeconds: try $0.number(1), boot: try $0.value(2)) }
    }
  }

  /// Notes that a token is about to be fetched now.
  public func noteTokenCall(
    _ account: String, source: String, bootSeconds: Int, boot: String
  ) async throws(ArchiveFault) {
    let now = now()
    try await write { database in
      try database.execute(
        sql: """
          INSERT OR REPLACE INTO token_call (account, source, called_at, boot_seconds, boot) VALUES (?, ?, ?, ?, ?)
          """, arguments: [account, source, now.seconds, bootSeconds, boot])
    }
  }

  /// The token that was kept last for an account and one way to fetch it; none from a file in which another user may have put it.
  public func token(_ account: String, source: String) throws(ArchiveFault) -> KeptToken? {
    guard keepsSecrets else { return nil }
    return try read { database in
      try Row.fetchOne(
        database, sql: "SELECT value, fresh_until, boot FROM token WHERE account = ? AND source = ?",
        arguments: [account, source]
      ).map { KeptToken(value: try $0.value(0), freshUntil: try $0.number(1), boot: try $0.value(2)) }
    }
  }

  /// Keeps a token in place of the one before.
  /// - Throws: ``ArchiveFault/openToOthers`` where others might read it; it is not kept then.
  public func saveToken(_ token: KeptToken, _ account: String, source: String) async throws(ArchiveFault) {
    guard keepsSecrets else { throw .openToOthers }
    try await write { database in
      try database.execute(
        sql: "INSERT OR REPLACE INTO token (account, source, value, fresh_until, boot) VALUES (?, ?, ?, ?, ?)",
        arguments: [account, source, token.value, token.freshUntil, token.boot])
    }
  }
}
