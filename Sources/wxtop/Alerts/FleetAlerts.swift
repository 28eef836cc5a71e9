import Dashboard
import Logging
import MessageArchive
import Monitor
import Synchronization
import WeixinModel

/// The alerts of a fleet: the desk that raises them, and the command that gets them.
///
/// Of several processes on one archive the one that polls an account raises its alerts; the others show them.
final class FleetAlerts: Sendable {
  let desk: AlertDesk
  private let delivery: AlertDelivery
  /// The accounts of which it is known whether another process polls them.
  private let followed = Mutex<[String: Bool]>([:])
  private let isOffline: Bool
  /// What went wrong behind the screen.
  let notices: AsyncStream<State.Notice>
  private let notice: AsyncStream<State.Notice>.Continuation

  init(_ settings: AlertSettings, archive: MessageArchive?, isOffline: Bool, language: Language, logger: Logger) {
    let (notices, notice) = AsyncStream.makeStream(of: State.Notice.self, bufferingPolicy: .bufferingNewest(16))
    (self.notices, self.notice, self.isOffline) = (notices, notice, isOffline)
    let delivery = AlertDelivery(settings.command) { command in
      AlertCommand(command, language: language, logger: logger) { notice.yield($0.notice) }
    }
    self.delivery = delivery
    desk = AlertDesk(rules: settings.rules, archive: archive, logger: logger) { await delivery.take($0) }
  }

  /// Says something on the screen, where there is one.
  func say(_ sentence: String) { notice.yield(.init(.said(en: sentence, zh: sentence), isWarning: true)) }

  /// The accounts are these from now on.
  func expect(_ accounts: [Account]) async {
    await desk.expect(accounts)
    if isOffline { await desk.setFollowing(Dictionary(accounts.map { ($0.name, true) }, uniquingKeysWith: { $1 })) }
  }

  /// Tells by other settings from now on. The bell is the screen's.
  func use(_ settings: AlertSettings) async {
    await desk.use(settings.rules)
    await delivery.use(settings.command)
  }

  /// Looks at statuses that have changed.
  func consider(_ statuses: [AccountStatus]) async {
    guard !isOffline else { return }
    let changes = followed.withLock { followed in
      var changes: [String: Bool] = [:]
      for status in statuses where followed[status.account.name, default: false] != status.isFollower {
        followed[status.account.name] = status.isFollower
        changes[status.account.name] = status.isFollower
      }
      return changes
    }
    if !changes.isEmpty { await desk.setFollowing(changes) }
    for status in statuses { await desk.consider(status) }
  }

  /// Looks at what time alone changes, and hands alerts on, until the task is cancelled; what waits then is for ``finish()``.
  func run() async {
    delivery.begin()
    await desk.run()
  }

  /// Gives the command some seconds more for what waits, then ends it.
  func finish() async { await delivery.finish() }
}
