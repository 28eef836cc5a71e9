import Dashboard

/// Which account is meant, and where its things are: what ``AccountOptions`` were given, else what goes without saying.
struct AccountChoice: Sendable {
  var account: String?
  var config: String?
  var archive: String?
  var apiBase: String?
  var offline = false
  var lang: Language?
  /// Seconds for one call to Weixin.
  var deadline = usualDeadline

  static let usualDeadline = 10

  var language: Language { lang ?? Language(environment: Environment.process.variables) }

  /// The configuration file's content; a file that was named must exist.
  func configuration() throws(CommandFailure) -> Configuration? {
    guard let file = config ?? Environment.process.configurationFile else { return nil }
    let configuration = try ConfigurationReader(file: file).read()
    if configuration == nil, config != nil || Environment.process["WXTOP_CONFIG"] != nil {
      throw .configuration(file: file, line: nil, problem: "there is no such file.")
    }
    return configuration
  }

  func setup(_ configuration: Configuration?) throws(CommandFailure) -> AccountSetup {
    try AccountSetup.find(
      named: account, apiBase: apiBase, environment: .process, configuration: configuration)
  }

  /// The archive's path; nil when there is no place for one, or a bare token does not say whose history it would be.
  func archivePath(_ setup: AccountSetup) -> String? {
    if let archive { return archive }
    if let path = Environment.process["WXTOP_ARCHIVE"] { return path }
    return setup.archiveKey == nil ? nil : Environment.process.archiveFile
  }
}
