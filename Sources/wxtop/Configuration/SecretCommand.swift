import Dashboard
import WeixinAPI
import WeixinModel

/// Access tokens for an app secret that a command prints. The command runs when the first token is wanted, so that the
/// screen need not wait for it, and again only after Weixin has refused the secret.
actor SecretCommand: AccessTokenSource {
  private let command: OutsideCommand
  private let language: Language
  private let source: @Sendable (Secret) -> any AccessTokenSource
  private let flight = SingleFlight<any AccessTokenSource>()
  private var opened: (any AccessTokenSource)?

  init(
    _ command: OutsideCommand, language: Language, source: @escaping @Sendable (Secret) -> any AccessTokenSource
  ) {
    self.command = command
    self.language = language
    self.source = source
  }

  func token() async throws -> AccessToken {
    let tokens = try await open()
    do {
      return try await tokens.token()
    } catch let error as APIError where error.errorClass == .credentials {
      opened = nil
      throw error
    }
  }

  func replacement(for refused: AccessToken) async throws -> AccessToken? {
    try await open().replacement(for: refused)
  }

  /// One run for all who wait; it is cancelled when nobody does any more.
  private func open() async throws -> any AccessTokenSource {
    if let opened { return opened }
    do {
      let tokens = try await flight.value { [command, source] in source(try await command.firstLine()) }
      // Another caller may have come first out of the same flight.
      opened = opened ?? tokens
      return opened ?? tokens
    } catch let fault as CommandFault {
      throw fault.apiError(language)
    }
  }
}
