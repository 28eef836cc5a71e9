import WeixinAPI
import WeixinModel

/// One account ready for use: who it is, how its token is had, and where its history goes.
struct AccountSetup: Sendable {
  var account: Account
  /// The account's key in the archive; nil when a bare token does not say whose it is, and nothing may be mixed up.
  var archiveKey: String?
  var credentials: Credentials
  var apiBase: String
  var proxy: String?

  enum Credentials: Sendable {
    case readyToken(Secret)
    case tokenFile(path: String)
    case appSecret(appid: String, secret: Secret)
  }

  static let weixin = "https://api.weixin.qq.com"

  /// Finds the account: one named with `--account` in the configuration, else the environment's, else the
  /// configuration's only or first one.
  static func find(
    named name: String?, apiBase: String?, environment: Environment, configuration: Configuration?
  ) throws(CommandFailure) -> AccountSetup {
    let apiBase = apiBase ?? environment["WXTOP_API_BASE"]
    if name == nil, let setup = try fromEnvironment(environment, apiBase: apiBase) { return setup }
    let accounts = configuration?.accounts ?? []
    guard let name else {
      guard let first = accounts.first else { throw .noCredentials }
      return try fromConfiguration(first, apiBase: apiBase)
    }
    if let entry = accounts.first(where: { $0.name == name }) { return try fromConfiguration(entry, apiBase: apiBase) }
    if var setup = try fromEnvironment(environment, apiBase: apiBase), accounts.isEmpty {
      // Without a configuration the name labels the account of the environment.
      setup.account.name = name.cleaned(limit: 40)
      setup.archiveKey = setup.archiveKey ?? setup.account.name
      return setup
    }
    guard !accounts.isEmpty else { throw .noCredentials }
    let known = accounts.map(\.name).joined(separator: ", ")
    throw .usage("There is no account \(name.cleaned(limit: 40)); the configuration has \(known).")
  }

  private static func fromEnvironment(
    _ environment: Environment, apiBase: String?
  ) throws(CommandFailure) -> AccountSetup? {
    let appid = environment["WXTOP_APPID"]
    func setup(_ credentials: Credentials) -> AccountSetup {
      AccountSetup(
        account: Account(name: appid?.cleaned(limit: 40) ?? "WXTOP_TOKEN"), archiveKey: appid,
        credentials: credentials, apiBase: apiBase ?? weixin, proxy: nil)
    }
    if let token = environment["WXTOP_TOKEN"] { return setup(.readyToken(Secret(token))) }
    guard let appid else { return nil }
    if let secret = environment["WXTOP_SECRET"] { return setup(.appSecret(appid: appid, secret: Secret(secret))) }
    if let path = environment["WXTOP_SECRET_FILE"] {
      return setup(.appSecret(appid: appid, secret: try TextFile.secret(path, what: "secret file")))
    }
    throw .configuration(
      file: "WXTOP_APPID", line: nil, problem: "WXTOP_SECRET or WXTOP_SECRET_FILE must be given with it.")
  }

  private static func fromConfiguration(
    _ entry: Configuration.AccountEntry, apiBase: String?
  ) throws(CommandFailure) -> AccountSetup {
    let credentials: Credentials
    if let token = entry.token {
      credentials = .readyToken(token)
    } else if let path = entry.tokenFile {
      _ = try TextFile.secret(path, what: "token file")
      credentials = .tokenFile(path: path)
    } else {
      guard let appid = entry.appid else { throw .noCredentials }
      if let secret = entry.secret {
        credentials = .appSecret(appid: appid, secret: secret)
      } else {
        let secret = try TextFile.secret(entry.secretFile ?? "", what: "secret file")
        credentials = .appSecret(appid: appid, secret: secret)
      }
    }
    return AccountSetup(
      account: Account(name: entry.name, title: entry.title), archiveKey: entry.appid ?? entry.name,
      credentials: credentials, apiBase: apiBase ?? entry.apiBase ?? weixin, proxy: entry.proxy)
  }
}
