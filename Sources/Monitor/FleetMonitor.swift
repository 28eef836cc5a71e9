import Synchronization
public import WeixinModel

/// Keeps the statuses of many accounts, each by a monitor of its own: what fails for one delays no other. One of them is open,
/// as a screen shows it; the others cost little.
public actor FleetMonitor {
  /// An account of the fleet.
  public struct Member: Sendable {
    /// The account.
    public let account: Account
    /// What watches it; nil for one that cannot be watched.
    public let monitor: AccountMonitor?
    /// What keeps it from being watched, if anything does.
    public let fault: Failure?

    /// An account that is watched.
    public init(_ account: Account, _ monitor: AccountMonitor) {
      self.account = account
      self.monitor = monitor
      fault = nil
    }

    /// An account that cannot be watched, and why.
    public init(_ account: Account, fault: Failure) {
      self.account = account
      monitor = nil
      self.fault = fault
    }
  }

  private var interval: Int
  private let clock: MonitorClock
  private let onChange: @Sendable ([AccountStatus]) async -> Void
  private let board = Board()
  private let channel = StatusChannel<[AccountStatus]>(isSame: ==)
  private let opened = StatusChannel<AccountStatus>(isSame: ==)
  private var members: [Member] = []
  private var openName: String?
  /// Whether all are watched, or only the open one.
  private var watchesAll: Bool
  /// The accounts whose monitors run.
  private var running: Set<ObjectIdentifier> = []

  /// A fleet without accounts.
  ///
  /// - Parameters:
  ///   - interval: Seconds between two polls of an account, over which the first polls are spread.
  ///   - open: The account that a screen shows; nil where there is no screen.
  ///   - watchesAll: Whether the accounts that nobody looks at are polled from the start; see ``watchAll()``.
  ///   - clock: The clocks.
  ///   - onChange: Told of the statuses that have changed, at most once a second; awaited before the next ones.
  public init(
    interval: Int, open: String?, watchesAll: Bool = true, clock: MonitorClock = .system,
    onChange: @escaping @Sendable ([AccountStatus]) async -> Void = { _ in }
  ) {
    self.interval = interval
    openName = open
    self.watchesAll = watchesAll
    self.clock = clock
    self.onChange = onChange
  }

  /// The statuses of all accounts in the order in which they were given, whole each time and at most once a second.
  public func statuses() -> AsyncStream<[AccountStatus]> { channel.listen() }

  /// The status of the open account, at once and whenever it changes or another one is opened.
  public func openStatuses() -> AsyncStream<AccountStatus> { opened.listen() }

  /// The statuses as they are known now.
  public var known: [AccountStatus] { members.map { board.status(of: $0) } }

  /// How many accounts that can be watched have no status yet.
  public var unready: Int { members.count { $0.monitor != nil && !board.has($0.account.name) } }

  /// The monitor of the open account.
  public var openMonitor: AccountMonitor? { monitor(of: openName) }

  /// The accounts are these from now on. A monitor that is not among them any more ends; one that was there before goes on.
  public func set(_ members: [Member]) async {
    let kept = Set(members.compactMap { $0.monitor.map(ObjectIdentifier.init) })
    let gone = self.members.filter { $0.monitor.map { !kept.contains(ObjectIdentifier($0)) } ?? true }
    // Before anything is awaited: meanwhile monitors are started.
    self.members = members
    for member in gone { board.forget(member.account.name) }
    for member in gone {
      guard let monitor = member.monitor else { continue }
      // Or another process would take the account over, when only its file was edited.
      if await monitor.isWatching { await self.monitor(of: member.account.name)?.watchOrFollow() }
      await monitor.stop()
      running.remove(ObjectIdentifier(monitor))
    }
    let (board, opened) = (board, opened)
    for member in members {
      let name = member.account.name
      member.monitor?.observe { if board.note($0, under: name) { opened.publish($0) } }
      if member.monitor == nil { board.noteBroken(member) }
    }
    if openName != nil, openMonitor == nil { openName = members.first { $0.monitor != nil }?.account.name }
    board.open(openName)
    await openMonitor?.setOpen(true)
    channel.publish(known)
    board.ring()
  }

  /// Shows another account: its monitor keeps what a screen can ask for, that of the one before forgets it.
  public func open(_ name: String) async {
    guard name != openName, let next = monitor(of: name) else { return }
    let before = openMonitor
    openName = name
    board.open(name)
    await next.setOpen(true)
    opened.publish(await next.status())
    await before?.setOpen(false)
    board.ring()
  }

  /// Polls an account now, and tries again what failed.
  public func retry(_ name: String) async { await monitor(of: name)?.retry() }

  /// Tries again now what failed, of all accounts.
  public func retryFailed() async {
    for member in members { await member.monitor?.retryFailed() }
  }

  /// Polls all accounts at another interval, in seconds, from now on.
  public func setInterval(_ seconds: Int) async {
    interval = seconds
    for member in members { await member.monitor?.setInterval(seconds) }
  }

  /// Polls all accounts from now on, not only the open one.
  public func watchAll() {
    guard !watchesAll else { return }
    watchesAll = true
    board.ring()
  }

  /// Looks at what other processes have kept of the open account.
  public func reloadOpen() async { await openMonitor?.reloadIfFollowing() }

  /// Watches until the task is cancelled.
  public func run() async {
    await withDiscardingTaskGroup { group in
      while !Task.isCancelled {
        await startMonitors { monitor in group.addTask { await monitor.run() } }
        let changed = board.takeChanged()
        if !changed.isEmpty {
          channel.publish(known)
          await onChange(changed)
          // Of many changes one picture is made; at the start as soon as there is something to see.
          try? await clock.sleep(unready > 0 ? .milliseconds(100) : .seconds(1))
        }
        await board.wait()
      }
      group.cancelAll()
    }
  }

  private func startMonitors(_ start: (AccountMonitor) -> Void) async {
    let waiting = members.filter { member in
      guard let monitor = member.monitor else { return false }
      return !running.contains(ObjectIdentifier(monitor)) && (watchesAll || member.account.name == openName)
    }
    // Not all of them in one second, and no longer than a second for each.
    let step = min(1.0, Double(interval) / Double(max(1, waiting.count)))
    for (index, member) in waiting.enumerated() {
      guard let monitor = member.monitor else { continue }
      running.insert(ObjectIdentifier(monitor))
      await monitor.start(after: Int(Double(index) * step))
      start(monitor)
      // Each reads the archive as it begins: a key must not wait behind a thousand of them.
      if index % 10 == 9 { try? await clock.sleep(.milliseconds(10)) }
    }
  }

  private func monitor(of name: String?) -> AccountMonitor? {
    members.first { $0.account.name == name }?.monitor
  }
}

extension AccountMonitor {
  /// As ``reload()``, where it is another process that polls the account.
  func reloadIfFollowing() {
    if watch.isFollower { reload() }
  }
}

/// The last status of every account of a fleet, and which have changed since they were looked at.
private final class Board: Sendable {
  private struct State {
    var statuses: [String: AccountStatus] = [:]
    var changed: Set<String> = []
    var open: String?
  }

  private let state = Mutex(State())
  private let wakeUp = WakeUp()

  /// Notes a status; true where it is the open account's.
  func note(_ status: AccountStatus, under name: String) -> Bool {
    let isOpen = state.withLock { state in
      // All days and the whole log are for the open account's own screen.
      var brief = status
      brief.history = History()
      if state.statuses[name] != brief {
        state.statuses[name] = brief
        state.changed.insert(name)
      }
      return state.open == name
    }
    wakeUp.ring()
    return isOpen
  }

  func noteBroken(_ member: FleetMonitor.Member) {
    state.withLock { state in
      state.statuses[member.account.name] = Self.broken(member)
      state.changed.insert(member.account.name)
    }
    wakeUp.ring()
  }

  func status(of member: FleetMonitor.Member) -> AccountStatus {
    state.withLock { $0.statuses[member.account.name] } ?? Self.broken(member)
  }

  private static func broken(_ member: FleetMonitor.Member) -> AccountStatus {
    var status = AccountStatus(account: member.account)
    status.speedFailure = member.fault
    return status
  }

  func has(_ name: String) -> Bool { state.withLock { $0.statuses[name] != nil } }

  func takeChanged() -> [AccountStatus] {
    state.withLock { state in
      defer { state.changed = [] }
      return state.changed.sorted().compactMap { state.statuses[$0] }
    }
  }

  func forget(_ name: String) {
    state.withLock { state in
      state.statuses[name] = nil
      state.changed.remove(name)
    }
  }

  func open(_ name: String?) { state.withLock { $0.open = name } }
  func ring() { wakeUp.ring() }
  func wait() async { await wakeUp.wait() }
}
