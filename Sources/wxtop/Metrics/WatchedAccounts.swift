import Dashboard
import Monitor
import Synchronization
import WeixinAPI
import WeixinModel

/// The accounts of `wxtop metrics`: a monitor for each, and the last status of each at hand. One that cannot be watched is
/// down, and the others go on.
final class WatchedAccounts: Sendable {
  private struct Watch {
    let session: Session
    let monitor: AccountMonitor
  }

  /// In the order of the configuration.
  private let names: [String]
  private let watches: [String: Watch]
  private let interval: Int
  private let statuses = Mutex<[String: AccountStatus]>([:])

  /// Makes monitors of entries; nothing is called yet. Says on stderr which cannot be watched and why.
  ///
  /// - Throws: what is wrong with the first, where none can be watched.
  init(_ entries: [AccountEntry], _ choice: AccountChoice, interval: Int, language: Language) throws(CommandFailure) {
    self.interval = interval
    var names: [String] = []
    var watches: [String: Watch] = [:]
    var keys: [String: String] = [:]
    var first: CommandFailure?
    for entry in entries {
      let same = names.contains(entry.name) ? entry.name : entry.archiveKey.flatMap { keys[$0] }
      if let same {
        StandardError.write("wxtop: \(Self.twice(entry.name, same, language))")
        continue
      }
      names.append(entry.name)
      do throws(CommandFailure) {
        watches[entry.name] = try Self.watch(entry, choice, interval, language)
        if let key = entry.archiveKey { keys[key] = entry.name }
      } catch {
        first = first ?? error
        let sentence = error.sentence(language) ?? ""
        if entries.count > 1 { StandardError.write("wxtop: \(Self.broken(entry.name, sentence, language))") }
      }
    }
    if watches.isEmpty { throw first ?? .noCredentials }
    self.names = names
    self.watches = watches
  }

  private static func watch(
    _ entry: AccountEntry, _ choice: AccountChoice, _ interval: Int, _ language: Language
  ) throws(CommandFailure) -> Watch {
    let setup = try choice.setup(entry, language)
    if setup.credentials.isClassic { StandardError.write("wxtop: \(AccountSetup.classicWarning(language))") }
    let session = try Session(
      setup: setup, archivePath: choice.archivePath(setup), isOffline: false, deadline: choice.deadline)
    session.reportArchiveFault(language)
    // The history of all days serves views only; here it would be memory for nothing.
    let settings = MonitorSettings(interval: interval, readsHistory: false)
    let monitor = AccountMonitor(
      account: setup.account, archiveKey: session.archiveKey, api: session.client, archive: session.archive,
      archiveFault: session.archiveFault, ledger: session.ledger, clockSkew: { session.clockSkew.noteworthy },
      settings: settings, logger: LogFile.logger(path: Environment.process.logFile))
    return Watch(session: session, monitor: monitor)
  }

  /// Polls and fetches until the task is cancelled.
  func run() async {
    await withDiscardingTaskGroup { group in
      for (index, name) in names.enumerated() {
        guard let watch = watches[name] else { continue }
        group.addTask {
          for await status in await watch.monitor.statuses() { self.statuses.withLock { $0[name] = status } }
        }
        // Not all of the accounts in one second.
        let step = min(1_000, interval * 1_000 / max(1, names.count))
        group.addTask {
          guard (try? await Task.sleep(for: .milliseconds(step * index))) != nil else { return }
          await watch.monitor.run()
        }
      }
    }
  }

  /// Lets the connections go and closes the archive.
  func close() async {
    for watch in watches.values { await watch.session.close() }
  }

  /// What a scrape sees.
  var snapshot: [MetricsPage.Watched] {
    let statuses = statuses.withLock(\.self)
    return names.map { name in
      MetricsPage.Watched(name: name, status: statuses[name], calls: watches[name]?.session.tally.calls ?? [:])
    }
  }

  /// How many have no first status yet. One that cannot be watched will have none, and that is known.
  var unready: Int { watches.count - statuses.withLock(\.count) }

  private static func broken(_ name: String, _ sentence: String, _ language: Language) -> String {
    language == .zh
      ? "账号 \(name) 无法监视，指标中记为 down，其他账号照常：\(sentence) 改好后请重启 wxtop metrics。"
      : "Account \(name) cannot be watched and is reported as down; the others go on. \(sentence) Mend it, then restart wxtop "
        + "metrics."
  }

  private static func twice(_ name: String, _ other: String, _ language: Language) -> String {
    language == .zh
      ? "账号 \(name) 与 \(other) 是同一个账号，只监视 \(other)。请从配置中删去其一。"
      : "Account \(name) is the same as \(other), so only \(other) is watched. Take one of them out of the configuration."
  }
}
