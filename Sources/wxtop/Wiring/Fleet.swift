import Dashboard
import Logging
import MessageArchive
import Monitor
import Synchronization
import WeixinAPI
import WeixinModel

/// The accounts of a process with what works for each, wired on shared connections and archives. They may change while it runs.
final class Fleet: Sendable {
  /// An account as the configuration has it: ready for use, or why it is not.
  struct Found: Sendable {
    var account: Account
    var setup: Result<AccountSetup, CommandFailure>
  }

  private struct Watched {
    let session: Session
    let monitor: AccountMonitor
  }

  /// What goes on for all accounts together.
  private struct Common {
    let monitor: FleetMonitor
    let alerts: FleetAlerts
  }

  let choice: AccountChoice
  let language: Language
  /// The account that a screen shows first.
  let open: String?
  private let settings: Mutex<MonitorSettings>
  let archivePath: String?
  private let connections = Connections()
  let logger: Logger
  private let makeCommon: @Sendable (MessageArchive?) -> Common
  // Not before it is asked for: a first frame shows one account.
  private let made = Mutex<Common?>(nil)
  private let gate = CallGate()
  private let turns = FetchTurns()
  private let watched = Mutex<[String: Watched]>([:])
  private let unwatched = Atomic(false)

  /// A fleet without accounts.
  ///
  /// - Parameters:
  ///   - choice: How the accounts were asked for.
  ///   - archivePath: Where all is kept; nil for in memory.
  ///   - settings: How the monitors behave.
  ///   - alertSettings: What is told, and to whom.
  ///   - language: Of sentences.
  ///   - open: The account that a screen shows; nil where there is none.
  ///   - watchesAll: Whether all are polled from the start, or only the open one.
  ///   - spread: Seconds over which the first polls are spread; nil for an interval.
  ///   - hasLog: Whether a log is written.
  ///   - onChange: Told of the statuses that have changed.
  init(
    _ choice: AccountChoice, archivePath: String?, settings: MonitorSettings, alertSettings: AlertSettings,
    language: Language, open: String?, watchesAll: Bool, spread: Int? = nil, hasLog: Bool = true,
    onChange: @escaping @Sendable ([AccountStatus]) async -> Void = { _ in }
  ) {
    self.archivePath = archivePath
    self.choice = choice
    self.settings = Mutex(settings)
    self.language = language
    self.open = open
    let logger = LogFile.logger(path: hasLog ? choice.environment.logFile : nil)
    self.logger = logger
    makeCommon = { archive in
      let alerts = FleetAlerts(
        alertSettings, archive: archive, isOffline: settings.isOffline, language: language, logger: logger)
      let monitor = FleetMonitor(
        interval: spread ?? settings.interval, open: open, watchesAll: watchesAll
      ) { statuses in
        await alerts.consider(statuses)
        await onChange(statuses)
      }
      return Common(monitor: monitor, alerts: alerts)
    }
  }

  private var common: Common {
    made.withLock { made in
      if let made { return made }
      let common = makeCommon(
        try? connections.archive(at: archivePath, makesFile: !settings.withLock { $0.isOffline }).archive)
      made = common
      return common
    }
  }

  var monitor: FleetMonitor { common.monitor }
  var alerts: FleetAlerts { common.alerts }

  /// Wires the account that a screen shows first, before anything else is looked at. Its status is there at once.
  func wireFirst(
    _ setup: AccountSetup, showing day: BeijingDay?
  ) throws(CommandFailure) -> (session: Session, monitor: AccountMonitor) {
    let first = try wire(setup, showing: day, readsAtOnce: true)
    watched.withLock { $0[setup.account.name] = first }
    return (first.session, first.monitor)
  }

  /// Takes over what a configuration says of all accounts together: how often they are polled, and what is told of them.
  func use(_ configuration: Configuration?) async {
    let interval = choice.interval(configuration)
    let before = settings.withLock { settings in
      defer { settings.interval = interval }
      return settings.interval
    }
    if interval != before {
      logger.notice("polls every \(interval) s from now on, not every \(before) s")
      await monitor.setInterval(interval)
    }
    await alerts.use(configuration?.alerts ?? AlertSettings())
  }

  /// Whether an account cannot be watched as things are.
  var hasUnwatched: Bool { unwatched.load(ordering: .relaxed) }

  /// The accounts are these from now on. What is unchanged goes on undisturbed.
  ///
  /// - Parameters:
  ///   - accounts: The accounts.
  ///   - keepsWatched: Whether one that was watched goes on where its setup cannot be read again, as a secret from a pipe.
  /// - Returns: What is wrong, a sentence for each account that cannot be watched.
  @discardableResult
  func watch(_ accounts: [Found], keepsWatched: Bool = false) async -> [String] {
    let before = watched.withLock { $0 }
    var after: [String: Watched] = [:]
    var members: [FleetMonitor.Member] = []
    var keys: [String: String] = [:]
    var sentences: [String] = []
    for found in accounts {
      let name = found.account.name
      do throws(CommandFailure) {
        let setup: AccountSetup
        if keepsWatched, let known = before[name], (try? found.setup.get()) == nil {
          setup = known.session.setup
        } else {
          setup = try found.setup.get()
        }
        let key = setup.archiveKey ?? name
        if let other = keys[key] {
          let file = choice.configurationFile?.path ?? name
          throw .configuration(file: file, line: nil, problem: .sameAccount(name, other: other))
        }
        let watched: Watched
        if let known = before[name], known.session.setup == setup { watched = known } else { watched = try wire(setup) }
        keys[key] = name
        after[name] = watched
        if setup.credentials.isClassic { sentences.append("\(name): " + AccountSetup.classicWarning(language)) }
        // All accounts have one archive.
        if let sentence = watched.session.archiveSentence(language), !sentences.contains(sentence) {
          sentences.append(sentence)
        }
        members.append(.init(setup.account, watched.monitor))
      } catch {
        let sentence = error.sentence(language) ?? ""
        sentences.append(Self.unwatched(name, sentence, language))
        let fault = APIError.misconfigured(cause: sentence.cleaned(limit: 300).withoutFullStop)
        members.append(.init(found.account, fault: Failure(error: fault, at: Timestamp.now)))
      }
    }
    watched.withLock { $0 = after }
    unwatched.store(after.count < accounts.count, ordering: .relaxed)
    await monitor.set(members)
    await alerts.expect(members.map(\.account))
    return sentences
  }

  static func unwatched(_ name: String, _ sentence: String, _ language: Language) -> String {
    language == .zh
      ? "账号 \(name) 无法监视，其他账号照常：\(sentence)" : "Account \(name) cannot be watched; the others go on. \(sentence)"
  }

  /// What a scrape sees: the last status of each account, and the calls of this process.
  var metrics: [MetricsPage.Watched] {
    get async {
      let statuses = await monitor.known
      let watched = watched.withLock { $0 }
      let alerts = Dictionary(grouping: await alerts.desk.open, by: \.account.name)
      return statuses.map { status in
        let known = watched[status.account.name]
        return MetricsPage.Watched(
          name: status.account.name, status: known == nil ? nil : status, calls: known?.session.tally.calls ?? [:],
          alerts: alerts[status.account.name] ?? [])
      }
    }
  }

  private func wire(
    _ setup: AccountSetup, showing day: BeijingDay? = nil, readsAtOnce: Bool = false
  ) throws(CommandFailure) -> Watched {
    let settings = settings.withLock { $0 }
    let session = try Session(
      setup: setup, archivePath: setup.archiveKey == nil ? nil : archivePath, isOffline: settings.isOffline,
      deadline: choice.deadline,
      connections: connections, error: choice.surroundings.error)
    let logger = logger.about(setup.account)
    let monitor = AccountMonitor(
      account: setup.account, archiveKey: session.archiveKey, api: session.client, archive: session.archive,
      archiveFault: session.archiveFault, ledger: session.ledger, clockSkew: { session.clockSkew.noteworthy },
      token: { session.tokenStanding },
      settings: settings, isOpen: readsAtOnce, gate: gate, turns: turns,
      logger: logger, showing: day, readsAtOnce: readsAtOnce)
    return Watched(session: session, monitor: monitor)
  }

  /// Looks whether the archive still stands where it did, and takes it up again.
  /// - Returns: What is to be said of it.
  func lookAtArchive() async -> [String] {
    let sentences = connections.lookAtArchives(language)
    if !sentences.isEmpty {
      await monitor.openMonitor?.reload()
      await alerts.desk.reload()
    }
    return sentences
  }

  /// Lets what waits be handed on, lets the connections go and closes the archives.
  func close() async {
    await made.withLock { $0 }?.alerts.finish()
    await connections.close()
  }
}

extension AccountChoice {
  /// The accounts that the configuration, its folder and its command give, each ready for use or with what is wrong.
  ///
  /// - Parameters:
  ///   - configuration: The configuration.
  ///   - chosen: The one that was chosen, which is among them, under the name that it goes by.
  ///   - isFirst: Whether the chosen one is taken as it is, not read again.
  /// - Returns: All of them, those of a list that cannot be had as they were last.
  /// - Throws: Why there are none.
  func found(
    _ configuration: Configuration?, chosen: AccountSetup? = nil, isFirst: Bool = true
  ) async throws(CommandFailure) -> [Fleet.Found] {
    let language = language(configuration)
    var entries: [AccountEntry]
    var broken = configuration?.broken ?? []
    do throws(CommandFailure) {
      entries = try await lookup(configuration).all()
    } catch {
      guard let list = configuration?.accountList else { throw error }
      var lookup = AccountLookup(configuration: configuration, environment: environment)
      lookup.listed = configuration?.withoutTaken(await list.last) ?? []
      entries = try lookup.all()
      // With no other account there is nobody to go on with.
      if entries.isEmpty { throw error }
      broken.append(BrokenAccount(name: "accounts_command", failure: error))
    }
    // The environment may name an account that the configuration has too; it then goes by the first name.
    let own = entries.first { $0.isFromEnvironment }?.archiveKey
    let isNamed = entries.contains { !$0.isFromEnvironment && $0.isSame(as: chosen) }
    var found: [Fleet.Found] = []
    for entry in entries where entry.isFromEnvironment || own == nil || entry.archiveKey != own {
      if let chosen, entry.isFromEnvironment ? !isNamed : entry.isSame(as: chosen) {
        var read = Result { () throws(CommandFailure) in try isFirst ? chosen : setup(entry, language) }
        if entry.isFromEnvironment, case .success(var setup) = read {
          setup.account = chosen.account
          read = .success(setup)
        }
        found.append(Fleet.Found(account: (try? read.get())?.account ?? chosen.account, setup: read))
        continue
      }
      let made = Result { () throws(CommandFailure) in try setup(entry, language) }
      found.append(Fleet.Found(account: Account(name: entry.name, title: entry.title), setup: made))
    }
    found += broken.map { Fleet.Found(account: Account(name: $0.name), setup: .failure($0.failure)) }
    return Self.keptApart(found)
  }

  /// All under names of their own, since it is by name that screens, alerts and metrics know them.
  private static func keptApart(_ found: [Fleet.Found]) -> [Fleet.Found] {
    var taken: Set<String> = []
    return found.map { one in
      var (one, number) = (one, 1)
      let name = one.account.name
      while !taken.insert(one.account.name).inserted {
        number += 1
        one.account.name = "\(name) (\(number))"
      }
      if number > 1, case .success(var setup) = one.setup {
        setup.account.name = one.account.name
        one.setup = .success(setup)
      }
      return one
    }
  }
}

extension AccountEntry {
  fileprivate func isSame(as setup: AccountSetup?) -> Bool {
    name == setup?.account.name && archiveKey == setup?.archiveKey
  }
}
