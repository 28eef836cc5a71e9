import Dashboard
import WeixinAPI

/// What the configuration file says. Secrets are held so that no description can show them.
struct Configuration: Sendable {
  /// Seconds between polls of the mass-send speed.
  var interval: Int?
  /// `en` or `zh`.
  var language: String?
  /// `dark` or `light`.
  var theme: String?
  /// How many colours are used.
  var color: ColorChoice?
  /// The characters of the chart.
  var glyphs: GlyphChoice?
  /// Whether the mouse is reported.
  var mouse: Bool?
  /// The keys, where they are not the standard ones.
  var keys: KeyBindings?
  /// Names for days.
  var marks: [Mark] = []
  /// A file of certificates to trust besides the system's, for accounts that name none.
  var certificates: String?
  /// What is told of the accounts, and to whom.
  var alerts = AlertSettings()
  /// The accounts in the order of the file, then those that have files of their own.
  var accounts: [AccountEntry] = []
  /// The folder of those files, where it is not `accounts.d` beside the configuration.
  var accountFolder: String?
  /// A command that lists more accounts.
  var accountList: AccountList?
  /// Accounts whose own files cannot be used.
  var broken: [BrokenAccount] = []
}

/// An account that cannot be watched: its name, and what is wrong. The others go on.
struct BrokenAccount: Sendable {
  var name: String
  var failure: CommandFailure
}

/// One entry below `accounts:`, or the account of the environment in the same form. No file or command has been read yet.
struct AccountEntry: Equatable, Sendable {
  var name: String
  var title = ""
  /// Which of the six accents marks it among several accounts.
  var accent: Int?
  var appid: String?
  var credential: Credential
  var call = AppToken.Call.stable
  var isFromEnvironment = false
  /// The account's key in the archive; nil when a bare token does not say whose it is.
  var archiveKey: String? { appid ?? (isFromEnvironment ? nil : name) }
  var apiBase: String?
  var proxy: String?
  /// A PEM file of certificates to trust besides the system's.
  var certificates: String?

  /// Where the secret or the token comes from.
  enum Credential: Equatable, Sendable {
    case secret(Secret)
    case secretFile(String)
    case secretCommand(OutsideCommand)
    case token(Secret)
    case tokenFile(String)
    case tokenCommand(OutsideCommand)
    /// The token that a command lists beside the account.
    case listed(AccountList)
    /// None: Weixin's cloud hosting signs the calls.
    case cloud
  }

  /// Where the credential comes from, in the words of the configuration or the environment; never what it is, nor the
  /// arguments of a command.
  var origin: String {
    switch credential {
    case .secret: isFromEnvironment ? "WXTOP_SECRET" : "secret"
    case .secretFile(let path): (isFromEnvironment ? "WXTOP_SECRET_FILE " : "secret_file ") + path
    case .secretCommand(let command): "secret_command \(command.name)"
    case .token: isFromEnvironment ? "WXTOP_TOKEN" : "token"
    case .tokenFile(let path): "token_file \(path)"
    case .tokenCommand(let command): "token_command \(command.name)"
    case .listed(let list): "accounts_command \(list.command.name)"
    case .cloud: "token: cloud"
    }
  }

  /// The address that its calls go to, unless an option or variable names another.
  var address: String {
    if let apiBase { return apiBase }
    if case .cloud = credential { return CloudCall.address }
    return WeixinServer.officialAddress
  }
}
