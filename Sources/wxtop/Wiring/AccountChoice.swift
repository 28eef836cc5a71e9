import Dashboard
import Monitor

/// Which account is meant, and where its things are: what ``AccountOptions`` were given, else what goes without saying.
struct AccountChoice: Sendable {
  var account: String?
  var config: String?
  var archive: String?
  var apiBase: String?
  var offline = false
  var lang: Language?
  /// Seconds between polls, where an option says so: it wins over the configuration.
  var interval: Int?
  /// Seconds for one call to Weixin.
  var deadline = usualDeadline
  /// How a report takes what passes.
  var retries = PassingFaults()
  var surroundings = Surroundings()

  static let usualDeadline = 10

  var environment: Environment { surroundings.environment }
  var language: Language { surroundings.language(lang) }

  /// The path of the configuration file, and whether somebody named it.
  var configurationFile: (path: String, isNamed: Bool)? {
    guard let path = config ?? environment.configurationFile else { return nil }
    return (path, config != nil || environment["WXTOP_CONFIG"] != nil)
  }

  /// The configuration file's content; a file that was named must exist.
  func configuration() throws(CommandFailure) -> Configuration? {
    guard let file = configurationFile else { return nil }
    var configuration = try ConfigurationReader(file: file.path).read()
    if configuration == nil, file.isNamed { throw .configuration(file: file.path, line: nil, problem: .missing) }
    configuration?.allowAddresses(addressOverride)
    return configuration
  }

  /// Seconds between polls of the mass-send speed.
  func interval(_ configuration: Configuration?) -> Int {
    interval ?? configuration?.interval ?? MonitorSettings.usualInterval
  }

  /// The language, where the configuration may name one.
  func language(_ configuration: Configuration?) -> Language {
    surroundings.language(lang ?? configuration?.language.flatMap(Language.init))
  }

  /// All accounts; those that a command lists too, if the configuration names one.
  func lookup(_ configuration: Configuration?) async throws(CommandFailure) -> AccountLookup {
    var lookup = AccountLookup(configuration: configuration, environment: environment)
    guard let list = configuration?.accountList else { return lookup }
    do {
      lookup.listed = configuration?.withoutTaken(try await list.entries()) ?? []
    } catch let failure as CommandFailure {
      throw failure
    } catch let fault as CommandFault {
      throw .api(fault.apiError(language(configuration)))
    } catch {
      throw .stopped(signal: 2)
    }
    return lookup
  }

  /// The account that is meant, before any secret is read. The command that lists accounts runs only where the configuration
  /// itself does not answer.
  func entry(_ configuration: Configuration?) async throws(CommandFailure) -> AccountEntry {
    let lookup = AccountLookup(configuration: configuration, environment: environment)
    if configuration?.accountList == nil { return try lookup.find(named: account) }
    if let entry = try? lookup.find(named: account) { return entry }
    // A terminal that stays empty for seconds looks like a program that hangs.
    let language = language(configuration)
    let patience = Task {
      try await Task.sleep(for: .seconds(1))
      let name = configuration?.accountList?.command.name ?? ""
      surroundings.say(
        language == .zh
          ? "正在等待 accounts_command（\(name)）列出账号…" : "waiting for accounts_command (\(name)) to list the accounts …")
    }
    defer { patience.cancel() }
    return try await self.lookup(configuration).find(named: account)
  }

  /// The account that is meant, ready for use. Says on stderr what its configuration does to production, if anything.
  func setup(_ configuration: Configuration?) async throws(CommandFailure) -> AccountSetup {
    let language = language(configuration)
    let setup = try setup(await entry(configuration), language)
    if setup.credentials.isClassic, !offline {
      surroundings.say(AccountSetup.classicWarning(language))
    }
    return setup
  }

  /// The account that is meant; where none was named and the first cannot be used, the next that can.
  func firstSetup(_ configuration: Configuration?) async throws(CommandFailure) -> AccountSetup {
    do throws(CommandFailure) {
      return try await setup(configuration)
    } catch {
      guard account == nil,
        let entries = try? AccountLookup(configuration: configuration, environment: environment).all(),
        entries.count > 1
      else { throw error }
      let language = language(configuration)
      guard let setup = entries.lazy.compactMap({ try? setup($0, language) }).first else { throw error }
      return setup
    }
  }

  func setup(_ entry: AccountEntry, _ language: Language) throws(CommandFailure) -> AccountSetup {
    try AccountSetup(entry, apiBase: addressOverride, language: language)
  }

  /// The API's address instead of the account's.
  var addressOverride: String? { apiBase ?? environment["WXTOP_API_BASE"] }

  /// Whether somebody named the archive, which then must be there for whoever only reads.
  var namesArchive: Bool { archive != nil || environment["WXTOP_ARCHIVE"] != nil }

  /// The archive's path; nil when there is no place for one, or a bare token does not say whose history it would be.
  func archivePath(_ setup: AccountSetup) -> String? { archivePath(key: setup.archiveKey) }

  func archivePath(key: String?) -> String? {
    if let archive { return archive }
    if let path = environment["WXTOP_ARCHIVE"] { return path }
    return key == nil ? nil : environment.archiveFile
  }
}
