import Dashboard
import WeixinAPI
import WeixinModel

extension AccountSetup {
  /// How the access token of an account is had.
  enum Credentials: Equatable, Sendable {
    case readyToken(Secret)
    case tokenFile(path: String)
    case tokenCommand(OutsideCommand)
    case listed(AccountList, ListedName)
    case appSecret(appid: String, secret: Secret, call: AppToken.Call = .stable)
    case secretCommand(OutsideCommand, appid: String, call: AppToken.Call)
    case cloud

    /// Reads the files that an entry names. A command is not run yet.
    init(_ entry: AccountEntry) throws(CommandFailure) {
      let appid = entry.appid ?? ""
      switch entry.credential {
      case .token(let token): self = .readyToken(token)
      case .tokenFile(let path):
        // What can be read only once is left for the first call.
        if TextFile.isRegular(path) { _ = try TextFile.secret(path, .tokenFile) }
        self = .tokenFile(path: path)
      case .tokenCommand(let command): self = .tokenCommand(command)
      case .listed(let list, let name): self = .listed(list, name)
      case .secret(let secret): self = .appSecret(appid: appid, secret: secret, call: entry.call)
      case .secretFile(let path):
        self = .appSecret(appid: appid, secret: try TextFile.secret(path, .secretFile), call: entry.call)
      case .secretCommand(let command): self = .secretCommand(command, appid: appid, call: entry.call)
      case .cloud: self = .cloud
      }
    }

    /// Who hands the tokens out.
    var origin: TokenStanding.Origin {
      switch self {
      case .readyToken: .ready
      case .tokenFile: .file
      case .tokenCommand: .command
      case .listed: .list
      case .appSecret, .secretCommand: isClassic ? .classicToken : .stableToken
      case .cloud: .cloud
      }
    }

    /// Whether each token that is fetched ends the life of the one before.
    var isClassic: Bool {
      switch self {
      case .appSecret(_, _, .classic), .secretCommand(_, _, .classic): true
      default: false
      }
    }
  }

  /// The source of the access tokens, given how one is made of an app ID and its secret.
  func tokens(
    _ appToken: @escaping @Sendable (_ appid: String, _ secret: Secret, AppToken.Call) -> any AccessTokenSource
  ) -> any AccessTokenSource {
    switch credentials {
    case .readyToken(let token): ReadyToken(token)
    case .tokenFile(let path): TokenFile(path: path, language: language)
    case .tokenCommand(let command):
      OutsideToken { [language] in
        do {
          return try await command.firstLine()
        } catch let fault as CommandFault {
          throw fault.apiError(language)
        }
      }
    case .listed(let list, let name): ListedToken(list, account: name, language: language)
    case .appSecret(let appid, let secret, let call): appToken(appid, secret, call)
    case .secretCommand(let command, let appid, let call):
      SecretCommand(command, language: language) { appToken(appid, $0, call) }
    case .cloud: CloudCall()
    }
  }
}

extension AccountSetup {
  /// What `token: classic` does.
  static func classicWarning(_ language: Language) -> String {
    switch language {
    case .en:
      "token: classic is set. Each token that wxtop fetches ends, within five minutes, the life of the one that other "
        + "programs of the account hold; token: stable disturbs none."
    case .zh: "配置为 token: classic：wxtop 每取一次令牌，该账号其他程序持有的令牌就会在五分钟内失效；token: stable 不影响任何程序。"
    }
  }
}
