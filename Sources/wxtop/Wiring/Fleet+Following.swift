import CProcess
import Dashboard
import Monitor
import Synchronization
import WeixinAPI
import WeixinModel

/// Where the accounts of a fleet come from, and when to look again.
struct AccountSource: Sendable {
  /// What was read last; nil without a configuration.
  var configuration: Configuration? {
    get { newest.value }
    nonmutating set { newest.value = newValue }
  }
  private let newest: Newest<Configuration?>
  /// The configuration's file; nil where nothing is read again.
  var file: String?
  /// Reads the configuration anew.
  var read: @Sendable () throws(CommandFailure) -> Configuration?
  /// The accounts that a configuration gives.
  var find: @Sendable (Configuration?) async throws(CommandFailure) -> [Fleet.Found]

  /// Accounts that stay the same.
  init(_ accounts: [Fleet.Found]) {
    newest = Newest(nil)
    read = { () throws(CommandFailure) in nil }
    find = { _ throws(CommandFailure) in accounts }
  }

  /// The accounts of a configuration and of what it names, among them the chosen one.
  init(_ choice: AccountChoice, _ configuration: Configuration?, chosen: AccountSetup? = nil) {
    newest = Newest(configuration)
    file = choice.configurationFile?.path
    read = { () throws(CommandFailure) in try choice.configuration() }
    // What was read for the first frame is good for the first time: a secret from a pipe can be read once.
    let chosen = FirstTime(chosen)
    find = { configuration throws(CommandFailure) in
      try await choice.found(configuration, chosen: chosen.value, isFirst: chosen.isFirst)
    }
  }

  /// The files that say what the accounts are: the configuration, the folder of accounts with its files, and secrets.
  var files: [String] {
    guard let file else { return [] }
    let configuration = configuration
    let folder = configuration?.accountFolder ?? AccountFolder.usual(beside: file)
    var files = [file, folder] + ((try? AccountFolder.files(in: folder)) ?? []).map { folder + "/" + $0 }
    for account in configuration?.accounts ?? [] {
      // A token's file is read with each call anyhow, and may change often.
      if case .secretFile(let path) = account.credential, TextFile.isRegular(path) { files.append(path) }
      if let path = account.certificates { files.append(path) }
    }
    return files
  }

  /// Whether a file of a name may be the configuration, an account, or the folder of these.
  func isConcerned(by name: String, _ names: Set<String>) -> Bool {
    [".yaml", ".yml", ".d"].contains(where: name.hasSuffix) || name == "..data" || names.contains(name)
  }
}

/// A value that several tasks see.
private final class Newest<Value: Sendable>: Sendable {
  private let box: Mutex<Value>
  init(_ value: Value) { box = Mutex(value) }
  var value: Value {
    get { box.withLock { $0 } }
    set { box.withLock { $0 = newValue } }
  }
}

/// Rings when accounts are to be looked at again, and keeps in mind whether anybody asked for it.
private final class Bell: Sendable {
  let rings: AsyncStream<Void>
  private let ringing: AsyncStream<Void>.Continuation
  private let asked = Atomic(false)

  init() { (rings, ringing) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1)) }

  /// Something has changed, or a person wants it.
  func ask() {
    asked.store(true, ordering: .relaxed)
    ringing.yield()
  }

  /// It is time.
  func remind() { ringing.yield() }

  func wasAsked() -> Bool { asked.exchange(false, ordering: .relaxed) }
}

/// A value, and whether it is asked for for the first time.
private final class FirstTime<Value: Sendable>: Sendable {
  let value: Value
  private let wasAsked = Atomic(false)
  init(_ value: Value) { self.value = value }
  var isFirst: Bool { !wasAsked.exchange(true, ordering: .relaxed) }
}

/// Takes over what changes outside while it runs: the configuration, the account files, what other processes keep.
extension Fleet {
  /// How often the command that lists accounts runs again by itself: a platform's tokens live for two hours.
  private static let listPause = Duration.seconds(600)

  /// Watches the accounts of a source, and looks again whenever its files change or `reloads` says so, until the task is
  /// cancelled. What is wrong is said once; whatever worked before goes on.
  ///
  /// - Parameters:
  ///   - source: Where the accounts come from.
  ///   - said: What was said when they were taken for the first time; nil if they were not yet.
  ///   - reloads: Reasons to look again.
  ///   - say: Where sentences go.
  func follow(
    _ source: AccountSource, said: [String]? = nil, reloads: AsyncStream<Void> = AsyncStream { $0.finish() },
    say: @escaping @Sendable (String) -> Void
  ) async {
    let bell = Bell()
    let (events, tell) = AsyncStream.makeStream(of: FileEvent.self, bufferingPolicy: .bufferingNewest(64))
    await withDiscardingTaskGroup { group in
      group.addTask { await self.takeOver(source, said, bell, say) { tell.yield(.filesKnown) } }
      group.addTask { for await _ in reloads { bell.ask() } }
      if source.file != nil {
        group.addTask { await self.watchFiles(of: source, events, bell, say) { tell.yield(.named($0)) } }
        group.addTask { while (try? await Task.sleep(for: Self.lookPause)) != nil { tell.yield(.tick) } }
      }
      if source.configuration?.accountList != nil {
        group.addTask { while (try? await Task.sleep(for: Self.listPause)) != nil { bell.remind() } }
      }
      group.addTask {
        var pause = 30
        while (try? await Task.sleep(for: .seconds(pause))) != nil {
          // What keeps an account from being watched may have passed: a file that was away, a command that failed.
          let hasUnwatched = self.hasUnwatched
          pause = hasUnwatched ? min(300, pause * 2) : 30
          if hasUnwatched { bell.remind() }
        }
      }
      group.addTask {
        guard (try? await Task.sleep(for: .seconds(1))) != nil else { return }
        cprocess_let_go_of_start()
      }
      group.addTask { await self.followArchive() }
      group.addTask { await self.tendArchive(say) }
      group.addTask { await self.alerts.run() }
    }
  }

  /// How often files are looked at, whatever inotify says: it sees neither the other side of a mount nor a network's files.
  private static let lookPause = Duration.seconds(30)

  private enum FileEvent: Sendable {
    case named(String)
    case tick
    /// The configuration was read, and names the files to watch.
    case filesKnown
  }

  private func watchFiles(
    of source: AccountSource, _ events: AsyncStream<FileEvent>, _ bell: Bell, _ say: @Sendable (String) -> Void,
    _ tell: @escaping @Sendable (String) -> Void
  ) async {
    var sight = FileSight(source.files)
    var places = sight.places
    var watch = InotifyWatch(on: places.paths, tell)
    var hasSaid = false
    func watchAnew() {
      sight = FileSight(source.files)
      places = sight.places
      watch = InotifyWatch(on: places.paths, tell)
    }
    func sayIfBlind() {
      guard watch?.isWhole != true, !hasSaid else { return }
      hasSaid = true
      say(
        language == .zh
          ? "系统没有余下的 inotify，配置的变化每 30 秒查看一次。"
          : "The system has no inotify left: files are looked at for changes every 30 s.")
    }
    sayIfBlind()
    for await event in events {
      switch event {
      case .named(let name):
        guard source.isConcerned(by: name, places.names) else { continue }
        bell.ask()
        // Files come and go in several steps: each change lets them be found anew.
        try? await Task.sleep(for: .milliseconds(100))
        watchAnew()
      case .tick:
        if sight.hasChanged { bell.ask() } else if watch?.isWhole == true { continue }
        watchAnew()
        sayIfBlind()
      case .filesKnown:
        if Set(source.files) != sight.files { watchAnew() }
      }
    }
  }

  private func takeOver(
    _ source: AccountSource, _ said: [String]?, _ bell: Bell, _ say: @Sendable (String) -> Void,
    _ haveRead: @Sendable () -> Void
  ) async {
    var said = if let said { said } else { await take(source, say, []) }
    for await _ in bell.rings {
      // Editors write a file in several steps.
      try? await Task.sleep(for: .milliseconds(400))
      let wasAsked = bell.wasAsked()
      do throws(CommandFailure) {
        let before = source.configuration?.accountList
        var configuration = try source.read()
        // The list knows the tokens of its last run.
        if let before, let list = configuration?.accountList, list.command == before.command,
          list.addresses == before.addresses
        {
          configuration?.accountList = before
        }
        source.configuration = configuration
        haveRead()
        await use(configuration)
        said = await take(source, say, said, keepsWatched: !wasAsked)
      } catch {
        said = sayOnce([error.sentence(language) ?? ""], say, said)
      }
      // Whoever changed a file, or asked, may have mended what failed.
      if wasAsked { await monitor.retryFailed() }
    }
  }

  /// Takes the accounts of a source, says what is wrong with them and was not said before, and gives all that is wrong.
  private func take(
    _ source: AccountSource, _ say: (String) -> Void, _ said: [String], keepsWatched: Bool = false
  ) async -> [String] {
    do throws(CommandFailure) {
      let found = try await source.find(source.configuration)
      return sayOnce(await watch(found, keepsWatched: keepsWatched), say, said)
    } catch {
      return sayOnce([error.sentence(language) ?? ""], say, said)
    }
  }

  private func sayOnce(_ sentences: [String], _ say: (String) -> Void, _ said: [String]) -> [String] {
    for sentence in sentences where !said.contains(sentence) { say(sentence) }
    return sentences
  }

  /// How often it looks whether the archive still stands where it did.
  private static let archivePause = Duration.seconds(20)

  /// Notices that the archive was moved, replaced or cannot be used, and that it can be again.
  private func tendArchive(_ say: @Sendable (String) -> Void) async {
    while (try? await BootClock.sleep(for: Self.archivePause)) != nil {
      for sentence in await lookAtArchive() { say(sentence) }
    }
  }

  /// Shows at once what other processes keep: of the open account, and of alerts that were raised or seen.
  private func followArchive() async {
    guard let archivePath else { return }
    let log = String(archivePath.split(separator: "/").last ?? "") + "-wal"
    var alertsSeen = ContinuousClock.now
    for await name in FileChanges.names(in: [archivePath.folder]) where name == log {
      await monitor.reloadOpen()
      if ContinuousClock.now - alertsSeen > .seconds(1) {
        await alerts.desk.reload()
        alertsSeen = .now
      }
      try? await Task.sleep(for: .milliseconds(200))
    }
  }
}
