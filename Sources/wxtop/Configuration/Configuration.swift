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
  /// The address of the API, for accounts that name none.
  var apiBase: String?
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

extension Configuration {
  /// An account with what the configuration says for those that do not say it themselves.
  func completed(_ entry: AccountEntry) -> AccountEntry {
    var entry = entry
    entry.certificates = entry.certificates ?? certificates
    if entry.credential != .cloud { entry.apiBase = entry.apiBase ?? apiBase }
    return entry
  }

  /// Listed accounts but those whose names the configuration's own have.
  func withoutTaken(_ listed: [AccountEntry]) -> [AccountEntry] {
    let taken = Set(accounts.map(\.name))
    return listed.filter { !taken.contains($0.name) }.map(completed)
  }

  /// Gives each broken account a name that no other has.
  mutating func keepBrokenApart() {
    var taken = Set(accounts.map(\.name))
    for index in broken.indices {
      let name = broken[index].name
      var number = 1
      while !taken.insert(broken[index].name).inserted {
        number += 1
        broken[index].name = "\(name) (\(number))"
      }
    }
  }

  /// Lets the list name the addresses that stand in the configuration, and more that whoever started wxtop has named.
  mutating func allowAddresses(_ more: String? = nil) {
    let own = accounts.map(\.address) + [apiBase, more].compactMap(\.self) + [WeixinServer.officialAddress]
    accountList = accountList.map { AccountList($0.command, addresses: Set(own.map(\.withoutLastSlash))) }
  }
}

extension String {
  var withoutLastSlash: String { hasSuffix("/") ? String(dropLast()) : self }
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
  /// What stood at the ends of its values and was left out, by their keys.
  var leftOut: [String: [Unicode.Scalar]] = [:]

  /// Where the secret or the token comes from.
  enum Credential: Equatable, Sendable {
    case secret(Secret)
    case secretFile(String)
    case secretCommand(OutsideCommand)
    case token(Secret)
    case tokenFile(String)
    case tokenCommand(OutsideCommand)
    /// The token that a command lists beside the account.
    case listed(AccountList, ListedName)
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
    case .listed(let list, _): "accounts_command \(list.command.name)"
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
