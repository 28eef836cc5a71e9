import WeixinAPI
import WeixinModel

/// Access tokens from a file that another program keeps up to date; read anew whenever Weixin refuses the last one.
struct TokenFile: AccessTokenSource {
  let path: String

  func token() async throws -> AccessToken { try read() }

  /// What the file holds now, unless that is the token that was refused.
  func replacement(for refused: AccessToken) async throws -> AccessToken? {
    let current = try read()
    return current == refused ? nil : current
  }

  private func read() throws -> AccessToken {
    do {
      return AccessToken(try TextFile.secret(path, what: "token file"))
    } catch .configuration(let file, _, let problem) {
      throw APIError.noToken(cause: "\(file): \(problem)".cleaned())
    } catch {
      throw APIError.noToken(cause: "\(path.cleaned()) cannot be read")
    }
  }
}
