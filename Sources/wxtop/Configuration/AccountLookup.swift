import WeixinAPI
import WeixinModel

/// The accounts of the environment and of the configuration, and which one is meant. Reads no secret.
struct AccountLookup: Sendable {
  let configuration: Configuration?
  let environment: Environment
  /// What the command lists that the configuration names, as far as it was asked.
  var listed: [AccountEntry] = []

  /// All accounts, the environment's first: it wins unless an account is named.
  func all() throws(CommandFailure) -> [AccountEntry] {
    let named = named
    guard let own = try fromEnvironment() else { return named }
    return [own] + named
  }

  /// The account named with `--account` in the configuration, else the environment's, else the configuration's first one.
  func find(named name: String?) throws(CommandFailure) -> AccountEntry {
    let accounts = named
    let own = name == nil || accounts.isEmpty ? try fromEnvironment() : nil
    guard let name else {
      guard let entry = own ?? accounts.first else { throw configuration?.broken.first?.failure ?? .noCredentials }
      return entry
    }
    if let broken = configuration?.broken.first(where: { $0.name == name }) { throw broken.failure }
    if let entry = accounts.first(where: { $0.name == name }) { return entry }
    if var own {
      // Without a configuration the name labels the account of the environment.
      own.name = name.cleaned(limit: 40)
      return own
    }
    guard !accounts.isEmpty else { throw .noCredentials }
    let known = accounts.map(\.name).joined(separator: ", ")
    throw .usage("There is no account \(name.cleaned(limit: 40)); the configuration has \(known).")
  }

  /// Those that have names, the configuration's first.
  private var named: [AccountEntry] { (configuration?.accounts ?? []) + listed }

  private func trimmed(_ name: String) -> String? {
    environment[name].map(\.withoutSpaceAround).flatMap { $0.isEmpty ? nil : $0 }
  }

  private func fromEnvironment() throws(CommandFailure) -> AccountEntry? {
    let appid = trimmed("WXTOP_APPID")
    let credential: AccountEntry.Credential
    if let token = trimmed("WXTOP_TOKEN") {
      credential = .token(Secret(token))
    } else if appid == nil {
      return nil
    } else if let secret = trimmed("WXTOP_SECRET") {
      credential = .secret(Secret(secret))
    } else if let path = environment["WXTOP_SECRET_FILE"] {
      credential = .secretFile(path)
    } else {
      throw .configuration(file: "WXTOP_APPID", line: nil, problem: .variableAlone)
    }
    return AccountEntry(
      name: appid?.cleaned(limit: 40) ?? "WXTOP_TOKEN", appid: appid, credential: credential, isFromEnvironment: true,
      certificates: configuration?.certificates)
  }
}
