public import Logging
public import MessageArchive
public import WeixinModel

/// Raises and clears the alerts of any number of accounts, keeps them in the archive, and hands them on.
///
/// Everything that a person sees of alerts comes from ``alerts()``; what an acknowledgement or another process changes comes
/// through the archive. One that is over is handed on too, if its beginning was.
public actor AlertDesk {
  private(set) var rules: AlertRules
  let archive: MessageArchive?
  let clock: MonitorClock
  let logger: Logger?
  let deliver: @Sendable (Alert) async -> Void
  let channel = StatusChannel<[Alert]>(isSame: ==)
  nonisolated let wakeUp = WakeUp()

  var watches: [String: AlertWatch] = [:]
  /// Accounts that another process watches.
  var followed: Set<String> = []
  /// Alerts that are over, newest first.
  var closed: [Alert] = []
  /// What could not be kept yet, by the name of the alert, and whether it is new there.
  var unsaved: [Alert.ID: (alert: Alert, isNew: Bool)] = [:]
  /// How the archive stood when it was last taken over.
  var takenOver: Mark?
  /// Ends that quiet hours hold back.
  var withheld: [Alert] = []
  var hasRestored = false
  /// Until when ``run()`` sleeps.
  var sleepsUntil: Timestamp?

  /// So many alerts that are over are shown.
  public static let closedLimit = 100

  /// A desk. Nothing is read or written before it is used.
  /// - Parameters:
  ///   - rules: What is told.
  ///   - accounts: The accounts whose alerts are shown from the start on; others join with their first status.
  ///   - archive: Where alerts are kept; nil keeps them in memory.
  ///   - clock: The clocks.
  ///   - logger: Where alerts, and failures to keep them, are noted.
  ///   - deliver: Hands an alert on, raised or over, and returns at once: what is slow about it waits elsewhere.
  public init(
    rules: AlertRules, accounts: [Account] = [], archive: MessageArchive?, clock: MonitorClock = .system,
    logger: Logger? = nil, deliver: @escaping @Sendable (Alert) async -> Void = { _ in }
  ) {
    self.rules = rules
    self.archive = archive
    self.clock = clock
    self.logger = logger
    self.deliver = deliver
    for account in accounts { watches[account.name] = AlertWatch(account: account, rules: rules) }
  }

  /// The open alerts, newest first, then the newest of those that are over: now and whenever they change.
  public func alerts() -> AsyncStream<[Alert]> {
    restore()
    publish()
    return channel.listen()
  }

  /// Looks at a status. Where nothing has changed this costs a comparison.
  public func consider(_ status: AccountStatus) async {
    restore()
    let name = status.account.name
    if watches[name] == nil {
      watches[name] = AlertWatch(account: status.account, rules: rules)
      takeOver()
    }
    guard !followed.contains(name) else { return }
    let changes = watches[name]?.consider(status, at: clock.now()) ?? []
    if !changes.isEmpty {
      await carryOut(changes)
      wakeIfEarlier(quietEnd)
    }
    wakeIfEarlier(watches[name]?.due)
  }

  /// Takes accounts in, so that what is known of their alerts is shown; those that are not among them any more go.
  public func expect(_ accounts: [Account]) {
    let names = Set(accounts.map(\.name))
    let gone = Set(watches.keys).subtracting(names)
    let new = accounts.filter { watches[$0.name] == nil }
    guard !gone.isEmpty || !new.isEmpty else { return }
    for name in gone {
      watches[name] = nil
      followed.remove(name)
    }
    for account in new { watches[account.name] = AlertWatch(account: account, rules: rules) }
    reload()
  }

  /// Tells by other rules from now on. What a rule has raised that is off now is over.
  public func use(_ rules: AlertRules) async {
    guard rules != self.rules else { return }
    restore()
    self.rules = rules
    logger?.notice("the rules of alerts have changed")
    var changes: [AlertWatch.Change] = []
    for (name, watch) in watches {
      if followed.contains(name) {
        // Another process decides, by rules of its own; this one begins anew if it takes its place.
        watches[name] = AlertWatch(account: watch.account, rules: rules)
      } else {
        changes += watches[name]?.use(rules, at: clock.now()) ?? []
      }
    }
    if !followed.isEmpty {
      takenOver = nil
      takeOver()
    }
    await carryOut(changes)
    wakeUp.ring()
  }

  /// Leaves accounts, by their names, to another process, which raises their alerts, or takes them over.
  public func setFollowing(_ accounts: [String: Bool]) {
    for (name, isFollower) in accounts {
      if isFollower { followed.insert(name) } else { followed.remove(name) }
    }
    reload()
  }

  /// The alerts that are not over.
  public var open: [Alert] { watches.values.flatMap(\.open) }

  /// Notes that a person has seen an alert.
  public func acknowledge(_ id: Alert.ID) async {
    restore()
    let now = clock.now()
    for name in watches.keys {
      guard let alert = watches[name]?.acknowledge(id, at: now) else { continue }
      publish()
      await save(updated: [alert])
      return
    }
  }

  /// Notes that a person has seen some alerts.
  public func acknowledge(_ ids: [Alert.ID]) async {
    for id in ids { await acknowledge(id) }
  }

  /// Looks into the archive again, where other processes raise, acknowledge and clear.
  public func reload() {
    hasRestored = true
    takeOver()
    publish()
  }

  /// Looks at what time alone changes, until the task is cancelled: long failures, late days, the end of quiet hours.
  public func run() async {
    restore()
    while !Task.isCancelled {
      await look()
      let next = [watches.filter { !followed.contains($0.key) }.compactMap(\.value.due).min(), quietEnd]
        .compactMap(\.self).min()
      sleepsUntil = next
      await rest(until: next)
      sleepsUntil = nil
    }
  }

  /// Looks at what is due by now.
  func look() async {
    let now = clock.now()
    var changes: [AlertWatch.Change] = []
    for name in watches.keys where !followed.contains(name) {
      if let due = watches[name]?.due, due <= now { changes += watches[name]?.look(at: now) ?? [] }
    }
    if !changes.isEmpty { await carryOut(changes) }
    await notifyAfterQuiet()
  }

  private func wakeIfEarlier(_ due: Timestamp?) {
    guard let due, isRunning, sleepsUntil.map({ due < $0 }) ?? true else { return }
    wakeUp.ring()
  }

  private var isRunning = false

  private func rest(until moment: Timestamp?) async {
    isRunning = true
    defer { isRunning = false }
    let wakeUp = wakeUp
    let sleep = clock.sleep
    let wait = moment.map { Duration.seconds(max(1, $0 - clock.now())) }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await wakeUp.wait() }
      if let wait { group.addTask { try? await sleep(wait) } }
      await group.next()
      group.cancelAll()
    }
  }
}
