public import Logging
public import MessageArchive
public import WeixinAPI
public import WeixinModel

/// Keeps the current status of one account: polls the mass-send speed, fetches and re-checks days, saves what comes,
/// and publishes the whole status whenever it changes. It never gives up before it is cancelled.
public actor AccountMonitor {
  let account: Account
  let archiveKey: String
  let api: any AccountAPI
  let archive: MessageArchive?
  let clock: MonitorClock
  let ledger: CallLedger
  let clockSkew: @Sendable () -> Int?
  let token: @Sendable () -> TokenStanding?
  let gate: CallGate?
  let turns: FetchTurns?
  /// Made with its first line: no first frame waits for it.
  lazy var logger: Logger? = makeLogger()
  private let makeLogger: @Sendable () -> Logger?
  let channel = StatusChannel<AccountStatus>(isSame: ==)
  nonisolated let wakeUp = WakeUp()

  var watch: AccountWatch
  /// What is wrong where there is no archive.
  let openingFault: ArchiveFault?
  /// What was wrong with the archive when it was last used.
  var usingFault: ArchiveFault?
  /// Days that could not be saved yet.
  var unsaved: [BeijingDay: DayRecord] = [:]
  /// Whether ``run()`` has begun. Until then only what the first frame shows is read.
  var hasRun = false
  /// The day around which days were last loaded.
  var loadedFocus: BeijingDay?
  /// Whether those were all that the keys can reach, or only those that the first frame shows.
  var hasLoadedAll = false
  /// Whether the archive's days are just being read into the history.
  var isReadingHistory = false
  /// How many days the archive had when the history was last read.
  var historyDays = 0
  /// When the newest day of the history was fetched.
  var historyReadTo = Timestamp(seconds: 0)
  /// Why the history could not be read.
  var readFault: ArchiveFault?
  var backfill: BackfillStatus?
  /// The backfill under way; it ends with ``run()`` at the latest.
  var backfilling: Task<Void, Never>?
  var newestDay: BeijingDay?
  var archivedDays = 0
  /// Whether this monitor holds the account's lock.
  var isWatching = false
  /// From when on another process was to poll.
  var followsSince = Timestamp(seconds: 0)
  /// What the archive says of the account's last poll; nil while that is not known.
  var keptFailure: Failure??
  /// Whether days have come that the brief of the newest day may not know.
  var isBriefStale = true
  /// Whether ``stop()`` was called.
  private var isStopped = false
  /// What the loop sleeps for, as tests with a clock of their own must know; nil while it works.
  private(set) var resting: Resting?
  /// How often it has gone to sleep, so that a test can tell one rest from the next.
  private(set) var rests = 0

  /// A monitor of one account. Nothing is called before ``run()``, and nothing is read before that, ``statuses()`` or
  /// ``show(_:and:)``, unless it is to be read at once.
  /// - Parameters:
  ///   - account: The account as it is shown.
  ///   - archiveKey: The account's name in the archive: its App ID or configured name.
  ///   - api: The calls.
  ///   - archive: Where days are kept; nil keeps the loaded ones in memory.
  ///   - archiveFault: What is wrong where there is no archive, to be shown with the status.
  ///   - clock: The clocks.
  ///   - ledger: Where the client behind `api` counts its calls; nil for one that nobody counts in.
  ///   - clockSkew: By how many seconds this machine's clock is ahead of Weixin's, if that is worth saying.
  ///   - token: Where the access token comes from, and how long it is used.
  ///   - settings: How the monitor behaves.
  ///   - isOpen: Whether a screen shows the account; see ``setOpen(_:)``.
  ///   - gate: What bounds the calls of all accounts of the process; nil for one alone.
  ///   - turns: When accounts that nobody looks at may fetch older days; nil as soon as they like.
  ///   - logger: Where failures and revisions are noted; nil for nowhere.
  ///   - day: The day that is looked at; nil for the newest open one.
  ///   - readsAtOnce: Whether ``last`` is there with the monitor, for a first frame that waits for no other thread.
  ///   - random: A random number, 0 up to 1, for jitter.
  public init(
    account: Account, archiveKey: String, api: any AccountAPI, archive: MessageArchive?,
    archiveFault: ArchiveFault? = nil, clock: MonitorClock = .system, ledger: CallLedger? = nil,
    clockSkew: @escaping @Sendable () -> Int? = { nil }, token: @escaping @Sendable () -> TokenStanding? = { nil },
    settings: MonitorSettings = MonitorSettings(), isOpen: Bool = true, gate: CallGate? = nil, turns: FetchTurns? = nil,
    logger: @autoclosure @escaping @Sendable () -> Logger? = nil, showing day: BeijingDay? = nil,
    readsAtOnce: Bool = false,
    random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
  ) {
    self.account = account
    self.archiveKey = archiveKey
    self.api = api
    self.archive = archive
    self.clock = clock
    self.ledger = ledger ?? CallLedger(account: archiveKey, archive: nil, now: clock.now)
    self.clockSkew = clockSkew
    self.token = token
    self.gate = gate
    self.turns = turns
    makeLogger = logger
    openingFault = archiveFault
    let now = clock.now()
    watch = AccountWatch(settings: settings, now: now, chance: random)
    watch.isOpen = isOpen
    watch.shown = day.map { max($0, .firstKept) }
    guard readsAtOnce else { return }
    loadedFocus = watch.focus(at: now)
    if let archive {
      do throws(ArchiveFault) {
        let excerpt = try archive.excerpt(archiveKey, around: watch, isRunning: false, at: now)
        watch.take(excerpt, at: now)
        (newestDay, archivedDays) = (excerpt.newestDay, excerpt.dayCount)
      } catch {
        makeLogger()?.warning("The archive cannot be used: \(error)")
        usingFault = error
      }
    }
    var status = watch.status(of: account, at: now)
    (status.newestDay, status.archivedDays) = (newestDay, archivedDays)
    status.archiveFault = usingFault ?? archive.map(\.fault) ?? archiveFault
    channel.publish(status)
  }

  /// The status that was published last; nil before the first one.
  public nonisolated var last: AccountStatus? { channel.last }

  /// The status now and whenever it changes, whole each time. A slow reader skips some and loses nothing.
  ///
  /// The first one comes at once, from the archive. Any number of readers may listen.
  public func statuses() -> AsyncStream<AccountStatus> {
    if loadedFocus == nil { load() }
    publish()
    return channel.listen()
  }

  /// Hands every status to a body as well, in the monitor's own turn; for whoever follows many monitors at once.
  public nonisolated func observe(_ body: @escaping @Sendable (AccountStatus) -> Void) { channel.observe(body) }

  /// Lets ``run()`` return, and keeps it from beginning again.
  public func stop() {
    isStopped = true
    if !hasRun { stopWatching() }
    wakeUp.ring()
  }

  /// Polls and fetches until the task is cancelled, or ``stop()`` is called.
  public func run() async {
    hasRun = true
    watchOrFollow()
    defer { stopWatching() }
    await withDiscardingTaskGroup { group in
      while !Task.isCancelled, !isStopped {
        if loadedFocus != watch.focus(at: clock.now()) || !hasLoadedAll { load() }
        if needsHistory {
          isReadingHistory = true
          group.addTask { await self.readHistory() }
        }
        keepPlace()
        if isBriefStale { renewBrief() }
        follow()
        watch.budget = ledger.budget
        if let turns, watch.wantsTurn(at: clock.now()) { watch.turn = turns.take(at: clock.monotonic()) }
        for call in watch.begin(at: moment) where !isKept(call) {
          group.addTask { await self.perform(call) }
        }
        publish()
        await rest(for: watch.rest(at: moment))
      }
      group.cancelAll()
      backfilling?.cancel()
    }
    await backfilling?.value
  }

  /// The two ways to sleep.
  enum Resting: Sendable {
    case untilDue
    case untilWoken
  }

  var moment: Moment { Moment(wall: clock.now(), monotonic: clock.monotonic()) }

  func publish() {
    var status = watch.status(of: account, at: clock.now())
    status.backfill = backfill
    status.clockSkew = clockSkew()
    if hasRun { status.token = token() }
    // The first frame does not wait for the ledger.
    if let budget = hasRun ? ledger.budget : ledger.known {
      status.callsToday = budget.total
      status.quotas = budget.quotas
    }
    status.newestDay = newestDay
    status.archivedDays = archivedDays
    status.readFault = readFault ?? closedFault
    status.archiveFault = usingFault ?? readFault ?? standingFault
    channel.publish(status)
  }

  /// Why nothing of what is kept can be read, where nothing else is asked.
  private var closedFault: ArchiveFault? {
    guard watch.settings.isOffline, let archive, archive.isInMemory else { return nil }
    return archive.fault
  }

  /// What is wrong with the archive though nothing is kept at the moment.
  private var standingFault: ArchiveFault? { archive.map(\.fault) ?? openingFault }

  private func rest(for duration: Duration?) async {
    resting = duration == nil ? .untilWoken : .untilDue
    rests += 1
    defer { resting = nil }
    let wakeUp = wakeUp
    let sleep = clock.sleep
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await wakeUp.wait() }
      if let duration { group.addTask { try? await sleep(duration) } }
      await group.next()
      group.cancelAll()
    }
  }
}
