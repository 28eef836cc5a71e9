import Dashboard
import Glibc
import Monitor
import WeixinModel

/// All accounts watched without a screen, until a signal ends it. SIGHUP, and a change of its files, lets the configuration be
/// read anew.
struct Watching: Sendable {
  private let source: AccountSource
  private let language: Language
  private let fleet: Fleet

  /// The accounts of a configuration, or the one that `--account` names.
  init(
    _ choice: AccountChoice, _ configuration: Configuration?, language: Language,
    onChange: @escaping @Sendable ([AccountStatus]) async -> Void = { _ in }
  ) {
    var source = AccountSource(choice, configuration)
    if let name = choice.account {
      let all = source.find
      source.find = { configuration throws(CommandFailure) in
        let entry = try await choice.entry(configuration)
        let found = try await all(configuration).filter { $0.account.name == entry.name }
        guard found.isEmpty else { return found }
        // The account of the environment goes by the name that was given.
        let setup = try choice.setup(entry, language)
        return [Fleet.Found(account: Account(name: name), setup: .success(setup))]
      }
    }
    self.source = source
    self.language = language
    fleet = Fleet(
      choice, archivePath: choice.archivePath(key: ""),
      settings: MonitorSettings(interval: choice.interval(configuration)),
      alertSettings: configuration?.alerts ?? AlertSettings(), language: language, open: nil, watchesAll: true,
      onChange: onChange)
  }

  /// Watches while a body runs, until the body or a signal ends it. SIGTERM and SIGINT are what it was told: no failure.
  ///
  /// - Parameters:
  ///   - open: What must be there before the first call is made, such as a port.
  ///   - body: What goes on meanwhile.
  /// - Throws: What the two throw, or which other signal ended it; what is wrong with the first account where none can be watched.
  func untilStopped<Opened: Sendable>(
    opening open: @escaping @Sendable (Fleet) async throws -> Opened,
    _ body: @escaping @Sendable (Fleet, Opened) async throws -> Void
  ) async throws {
    let found = try await beginning()
    let (reloads, reload) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let surroundings = fleet.choice.surroundings
    let say: @Sendable (String) -> Void = { surroundings.say($0) }
    let said = await fleet.watch(found)
    said.forEach(say)
    do {
      let readAgain: @Sendable () -> Void = { reload.yield() }
      try await withSignals(surroundings, onHangUp: readAgain) { [fleet, source] in
        let opened = try await open(fleet)
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { await fleet.monitor.run() }
          group.addTask { await fleet.follow(source, said: said, reloads: reloads, say: say) }
          group.addTask {
            for await notice in fleet.alerts.notices { say(notice.phrase.text(self.language)) }
          }
          group.addTask { try await body(fleet, opened) }
          defer { group.cancelAll() }
          try await group.next()
        }
      }
      await fleet.close()
    } catch {
      await fleet.close()
      switch error {
      case CommandFailure.stopped(SIGTERM), CommandFailure.stopped(SIGINT): break
      default: throw error
      }
    }
  }

  /// The accounts at the start. Where none can be watched for a reason that may pass, they are waited for as when that happens
  /// later: a service that begins with the machine may be there before its files and commands.
  private func beginning() async throws(CommandFailure) -> [Fleet.Found] {
    let found: [Fleet.Found]
    // One that a person has named must be good.
    let mayWait = fleet.choice.account == nil
    do throws(CommandFailure) {
      found = try await source.find(source.configuration)
    } catch {
      guard mayWait, error.passes else { throw error }
      return [Fleet.Found(account: Account(name: "accounts_command"), setup: .failure(error))]
    }
    var refusal: CommandFailure?
    for account in found {
      do throws(CommandFailure) {
        _ = try account.setup.get()
        return found
      } catch {
        if mayWait, error.passes { return found }
        refusal = refusal ?? error
      }
    }
    let lookup = AccountLookup(configuration: source.configuration, environment: fleet.choice.environment)
    throw refusal ?? lookup.noAccount
  }
}

extension CommandFailure {
  /// Whether what keeps an account from being watched may pass by itself.
  fileprivate var passes: Bool {
    switch self {
    case .configuration(_, _, let problem): problem.passes
    case .api(.tokenSource): true
    default: false
    }
  }
}
