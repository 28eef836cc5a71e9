import Dashboard
import Monitor
import Synchronization
import WeixinModel

/// Where the accounts of a fleet come from, and when to look again.
struct AccountSource: Sendable {
  /// What was read at the start; nil without a configuration.
  var configuration: Configuration?
  /// The configuration's file; nil where nothing is read again.
  var file: String?
  /// Reads the configuration anew.
  var read: @Sendable () throws(CommandFailure) -> Configuration?
  /// The accounts that a configuration gives.
  var find: @Sendable (Configuration?) async throws(CommandFailure) -> [Fleet.Found]

  /// Accounts that stay the same.
  init(_ accounts: [Fleet.Found]) {
    read = { () throws(CommandFailure) in nil }
    find = { _ throws(CommandFailure) in accounts }
  }

  /// The accounts of a configuration and of what it names, among them the chosen one.
  init(_ choice: AccountChoice, _ configuration: Configuration?, chosen: AccountSetup? = nil) {
    self.configuration = configuration
    file = choice.configurationFile?.path
    read = { () throws(CommandFailure) in try choice.configuration() }
    // What was read for the first frame is good for the first time: a secret from a pipe can be read once.
    let chosen = FirstTime(chosen)
    find = { configuration throws(CommandFailure) in
      try await choice.found(configuration, chosen: chosen.value, isFirst: chosen.isFirst)
    }
  }

  /// The folders in which a change may concern the accounts, as the configuration names them at the moment.
  var folders: [String] {
    guard let file else { return [] }
    // Not the accounts' own files, of which there may be hundreds.
    let content = try? TextFile.read(file, .configuration).map { try ConfigurationReader(file: file).parse($0.text) }
    let named = content?.accountFolder ?? configuration?.accountFolder
    return [file.folder, named ?? AccountFolder.usual(beside: file)]
  }

  /// Whether a file of a name may be the configuration, an account, or the folder of these.
  func isConcerned(by name: String) -> Bool {
    [".yaml", ".yml", ".d"].contains(where: name.hasSuffix) || name == "..data" || file?.hasSuffix("/" + name) ?? false
  }
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
    let (rings, ring) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    await withDiscardingTaskGroup { group in
      group.addTask { await self.takeOver(source, said, rings, say) }
      group.addTask { for await _ in reloads { ring.yield() } }
      group.addTask {
        guard source.file != nil else { return }
        while !Task.isCancelled {
          // Folders come and go: each change lets them be found anew.
          var hasChanged = false
          for await name in FileChanges.names(in: source.folders) where source.isConcerned(by: name) {
            hasChanged = true
            break
          }
          // Without inotify there is nothing to wait for.
          guard hasChanged else { return }
          ring.yield()
          try? await Task.sleep(for: .milliseconds(100))
        }
      }
      if source.configuration?.accountList != nil {
        group.addTask { while (try? await Task.sleep(for: Self.listPause)) != nil { ring.yield() } }
      }
      group.addTask { await self.followArchive() }
      group.addTask { await self.alerts.run() }
    }
  }

  private func takeOver(
    _ source: AccountSource, _ said: [String]?, _ rings: AsyncStream<Void>, _ say: @Sendable (String) -> Void
  ) async {
    var source = source
    var said = if let said { said } else { await take(source, say, []) }
    for await _ in rings {
      // Editors write a file in several steps.
      try? await Task.sleep(for: .milliseconds(400))
      do throws(CommandFailure) {
        let before = source.configuration?.accountList
        source.configuration = try source.read()
        // The list knows the tokens of its last run.
        if let before, let list = source.configuration?.accountList, list.command == before.command,
          list.addresses == before.addresses
        {
          source.configuration?.accountList = before
        }
        await use(source.configuration)
        said = await take(source, say, said)
      } catch {
        said = sayOnce([error.sentence(language) ?? ""], say, said)
      }
    }
  }

  /// Takes the accounts of a source, says what is wrong with them and was not said before, and gives all that is wrong.
  private func take(_ source: AccountSource, _ say: (String) -> Void, _ said: [String]) async -> [String] {
    do throws(CommandFailure) {
      return sayOnce(await watch(try await source.find(source.configuration)), say, said)
    } catch {
      return sayOnce([error.sentence(language) ?? ""], say, said)
    }
  }

  private func sayOnce(_ sentences: [String], _ say: (String) -> Void, _ said: [String]) -> [String] {
    for sentence in sentences where !said.contains(sentence) { say(sentence) }
    return sentences
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
