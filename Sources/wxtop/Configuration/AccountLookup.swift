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
      guard let entry = own ?? accounts.first else { throw configuration?.broken.first?.failure ?? noAccount }
      return entry
    }
    if let broken = configuration?.broken.first(where: { $0.name == name }) { throw broken.failure }
    if let entry = accounts.first(where: { $0.name == name }) { return entry }
    if var own {
      // Without a configuration the name labels the account of the environment.
      own.name = name.asAccountName ?? own.name
      return own
    }
    guard !accounts.isEmpty else { throw noAccount }
    let known = accounts.map(\.name).joined(separator: ", ")
    throw .usage("There is no account \(name.cleaned(limit: 40)); the configuration has \(known).")
  }

  /// Why there is no account at all.
  var noAccount: CommandFailure {
    configuration?.accountList.map { .emptyList(command: $0.command.name.cleaned(limit: 80)) } ?? .noCredentials
  }

  /// Those that have names, the configuration's first.
  private var named: [AccountEntry] { (configuration?.accounts ?? []) + listed }

  private func fromEnvironment() throws(CommandFailure) -> AccountEntry? {
    var leftOut: [String: [Unicode.Scalar]] = [:]
    let appid = try credential("WXTOP_APPID", &leftOut)?.text
    let credential: AccountEntry.Credential
    if let token = try self.credential("WXTOP_TOKEN", &leftOut) {
      credential = .token(token.secret)
    } else if appid == nil {
      return nil
    } else if let secret = try self.credential("WXTOP_SECRET", &leftOut) {
      credential = .secret(secret.secret)
    } else if let path = environment["WXTOP_SECRET_FILE"] {
      credential = .secretFile(path)
    } else {
      throw .configuration(file: "WXTOP_APPID", line: nil, problem: .variableAlone)
    }
    return AccountEntry(
      name: name(appid), appid: appid, credential: credential, isFromEnvironment: true,
      certificates: configuration?.certificates, leftOut: leftOut)
  }

  /// The app ID, unless an account of another one has that name.
  private func name(_ appid: String?) -> String {
    let name = appid?.asAccountName ?? "WXTOP_TOKEN"
    let isTaken = named.contains { $0.name == name && $0.archiveKey != appid }
    return isTaken ? "\(name) (WXTOP_\(appid == nil ? "TOKEN" : "APPID"))" : name
  }

  private func credential(
    _ variable: String, _ leftOut: inout [String: [Unicode.Scalar]]
  ) throws(CommandFailure) -> CredentialText? {
    guard let value = environment[variable] else { return nil }
    do throws(CredentialText.Flaw) {
      let credential = try CredentialText(value)
      if !credential.leftOut.isEmpty { leftOut[variable] = credential.leftOut }
      return credential
    } catch {
      throw .configuration(file: variable, line: nil, problem: .credential(nil, error))
    }
  }
}
