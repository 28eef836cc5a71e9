import WeixinAPI

/// An account as its keys are read, one after the other; an entry once they make sense together.
struct AccountDraft {
  let name: String
  var title = ""
  var accent: Int?
  var appid: String?
  var apiBase: String?
  var proxy: String?
  var certificates: String?
  /// What stood at the ends of values.
  var leftOut: [String: [Unicode.Scalar]] = [:]
  private var credentials: [(key: String, value: AccountEntry.Credential)] = []
  private var call: AppToken.Call?
  private var isCloud = false

  static let keys = [
    "accent", "api_base", "appid", "ca_file", "name", "proxy", "secret", "secret_command", "secret_file", "token",
    "token_command", "token_file",
  ]

  init(name: String) {
    self.name = name
  }

  /// Whether a token was given itself, not how one is to be had.
  var hasToken: Bool {
    if case .token = credentials.last?.value { return true }
    return false
  }

  mutating func add(_ key: String, _ credential: AccountEntry.Credential) {
    credentials.append((key, credential))
  }

  /// `token` is one of three words or the token itself. A short text in small letters is none of them, but a slip: tokens
  /// are long and mixed. False for such a one.
  mutating func setToken(_ text: String) -> Bool {
    switch text {
    case "stable": call = .stable
    case "classic": call = .classic
    case "cloud": isCloud = true
    case _ where text.count < 16 && text.allSatisfy { ("a"..."z").contains($0) }: return false
    default: add("token", .token(Secret(text)))
    }
    return true
  }

  /// The entry.
  var entry: AccountEntry {
    get throws(ConfigurationProblem) {
      if credentials.count > 1 { throw .several(account: name, keys: credentials.map(\.key)) }
      if isCloud {
        if let first = credentials.first { throw .cloudWithSecret(account: name, key: first.key) }
        return entry(.cloud)
      }
      guard let credential = credentials.first?.value else {
        throw call.map { .needsSecret(account: name, token: $0.rawValue) } ?? .noCredentials(account: name)
      }
      switch credential {
      case .secret, .secretFile, .secretCommand:
        if appid == nil { throw .noCredentials(account: name) }
      case .token, .tokenFile, .tokenCommand, .listed, .cloud:
        if let call { throw .needsSecret(account: name, token: call.rawValue) }
      }
      return entry(credential)
    }
  }

  private func entry(_ credential: AccountEntry.Credential) -> AccountEntry {
    AccountEntry(
      name: name, title: title, accent: accent, appid: appid, credential: credential, call: call ?? .stable,
      apiBase: apiBase, proxy: proxy, certificates: certificates, leftOut: leftOut)
  }
}

extension AccountEntry {
  /// Whether the file that it stands in holds a secret.
  var holdsSecret: Bool {
    // A proxy's address may have a password.
    if proxy?.contains("@") == true { return true }
    return switch credential {
    case .secret, .token: true
    default: false
    }
  }
}
