import Dashboard
import WeixinAPI
import WeixinModel

/// One account ready for use: who it is, how its token is had, and where its history goes.
struct AccountSetup: Equatable, Sendable {
  var account: Account
  /// The account's key in the archive; nil when a bare token does not say whose it is, and nothing may be mixed up.
  var archiveKey: String?
  var credentials: Credentials
  var apiBase: String
  var proxy: String?
  /// PEM certificates to trust besides the system's.
  var certificates: String?
  /// Of the sentences that token sources make.
  var language = Language.en

  /// Reads what an entry names: files, but no command.
  init(_ entry: AccountEntry, apiBase: String?, language: Language = .en) throws(CommandFailure) {
    self.init(
      account: Account(name: entry.name, title: entry.title, accent: entry.accent),
      archiveKey: entry.archiveKey,
      credentials: try Credentials(entry), apiBase: apiBase ?? entry.address, proxy: entry.proxy,
      certificates: try entry.certificates.map(Self.certificates), language: language)
  }

  init(
    account: Account, archiveKey: String?, credentials: Credentials, apiBase: String, proxy: String?,
    certificates: String? = nil, language: Language = .en
  ) {
    self.account = account
    self.archiveKey = archiveKey
    self.credentials = credentials
    self.apiBase = apiBase
    self.proxy = proxy
    self.certificates = certificates
    self.language = language
  }

  private static func certificates(_ path: String) throws(CommandFailure) -> String {
    guard let file = try TextFile.read(path, .certificates) else {
      throw .configuration(file: path, line: nil, problem: .noSuch(.certificates))
    }
    guard file.text.contains("-----BEGIN CERTIFICATE-----") else {
      throw .configuration(file: path, line: nil, problem: .noCertificate)
    }
    return file.text
  }
}
