import MessageArchive
import WeixinModel

/// One call to Weixin.
enum Call: Hashable, Sendable {
  case speed
  case day(BeijingDay)
  case quota(WeixinFault.Endpoint)

  var isForDay: Bool { if case .day = self { true } else { false } }
}

/// What the monitor of one account knows and intends: a value without clock, network or archive.
///
/// Time comes in with every question, answers come in as they arrive, and calls come out when they are due.
struct AccountWatch: Sendable {
  var settings: MonitorSettings
  /// A random number, 0 up to 1.
  let chance: @Sendable () -> Double
  /// Seconds after 08:00 and 12:00 at which this process asks, so that not all of the world asks in one second.
  let delay: Int

  /// The day that the user looks at; nil follows the newest open day.
  var shown: BeijingDay? {
    didSet { knownDays = nil }
  }
  var isPaused = false
  /// Whether a screen shows the account. Else its speed matters, its newest day and what is usual for that, and no more is kept
  /// in memory.
  var isOpen = true
  /// Whether another process polls the account, so that this one only reads what that keeps.
  var isFollower = false
  /// Before this nothing is asked for an account that nobody looks at: not all of a fleet begin in one second.
  var startsAt: Timestamp?
  /// Which of the recent days are kept, and whether they are final, as far as nobody looks at the account.
  var recent: [BeijingDay: Bool] = [:]
  /// From when on one of the older days may be fetched for an account that nobody looks at; nil while it has no turn.
  var turn: Duration?
  /// The newest kept day in brief.
  var brief: DayBrief?
  /// The kept days around the shown one.
  var records: [BeijingDay: DayRecord] = [:] {
    didSet { knownDays = nil }
  }
  /// All kept days in brief.
  var history = History()
  /// What happened lately, oldest first.
  var log: [LogEntry] = []
  /// Days that the screen shows besides the shown one, the most wanted first.
  var alsoShown: [BeijingDay] = []
  /// The last failures by day since the last success.
  var failures: [BeijingDay: Failure] = [:] {
    didSet { knownDays = nil }
  }
  var speed: SpeedSpan?
  var speedFailure: Failure?
  /// How the last poll before this process failed.
  var failureBefore: Failure?
  /// The failure that the process met which polls the account instead.
  var othersFailure: Failure?
  /// The speeds seen around the shown day, oldest first.
  var speedSpans: [SpeedSpan] = []
  /// When the speed is asked for next; nil waits for the user.
  var pollAt: Timestamp?
  /// A failure that every call of the account would meet.
  var accountBlock: Block?
  /// A failure that every call for a day would meet.
  var hourlyBlock: Block?
  /// Days that the user asked for, and is owed even while paused.
  var demanded: Set<BeijingDay> = []
  var isPollDemanded = false
  /// The calls under way, by the number with which each began.
  var inFlight: [Call: Int] = [:]
  var pacer = FetchPacer()
  /// Refused requests (our bug, or a wrong clock) in a row.
  var refusals = 0
  /// What may still be spent today.
  var budget: CallBudget
  /// When this process last asked for a call's quota.
  var quotaAskedAt: [WeixinFault.Endpoint: Timestamp] = [:]
  private(set) var callsBegun = 0
  /// When it last looked at what is due.
  private var lookedAt: Moment?
  /// The days of the status as long as nothing changes about them: a poll then costs no walk over all days, and two
  /// statuses that share them compare at once.
  var knownDays: [BeijingDay: DayStatus]?

  /// A failure that stands for more than the call that met it.
  struct Block: Sendable {
    var failure: Failure
    /// The number of the newest call that had begun when it came: older calls tell nothing new by failing too.
    var callsBegun: Int
  }

  init(settings: MonitorSettings, now: Timestamp, chance: @escaping @Sendable () -> Double) {
    self.settings = settings
    self.chance = chance
    delay = Int(chance() * 20)
    pollAt = now
    budget = CallBudget(day: now.beijingDay)
  }

  /// The day around which days are loaded and fetched.
  func focus(at now: Timestamp) -> BeijingDay { shown ?? Publication.newestOpen(at: now) }

  var daysInFlight: Int { inFlight.keys.count { $0.isForDay } }

  /// The calls that may begin now; each counts as begun.
  mutating func begin(at moment: Moment) -> [Call] {
    let now = moment.wall
    follow(moment)
    guard !settings.isOffline, mayStart(at: now) else { return [] }
    // A wall clock that was set back must not silence the poll for as long.
    if let at = pollAt, speedFailure == nil, at - now > settings.interval * 2 { pollAt = now + settings.interval }
    var calls: [Call] = []
    if let due = pollDue(at: now), due <= now, mayProbe {
      isPollDemanded = false
      calls.append(note(.speed))
    }
    for endpoint in Self.quotaEndpoints {
      guard let due = quotaDue(endpoint, at: now), due <= now, mayProbe else { continue }
      quotaAskedAt[endpoint] = now
      calls.append(note(.quota(endpoint)))
    }
    while let day = candidates(at: now).first(where: { isDue($0, at: now) && isItsTurn($0, at: moment) }), mayProbe,
      hourlyBlock == nil || daysInFlight == 0
    {
      let isShown = day == focus(at: now)
      guard pacer.verdict(at: moment.monotonic, inFlight: daysInFlight, isShown: isShown) == .now else { break }
      pacer.start(at: moment.monotonic)
      if isOlder(day, at: now) { turn = nil }
      demanded.remove(day)
      calls.append(note(.day(day)))
    }
    return calls
  }

  /// A wall clock that was set back takes along all that was to wait by it.
  private mutating func follow(_ moment: Moment) {
    defer { lookedAt = moment }
    guard let before = lookedAt else { return }
    let passed = Int((moment.monotonic - before.monotonic).components.seconds)
    let step = moment.wall - before.wall - passed
    guard step < -MessageArchive.tolerance else { return }
    pollAt = pollAt.map { $0 + step }
    startsAt = startsAt.map { $0 + step }
    quotaAskedAt = quotaAskedAt.mapValues { $0 + step }
    speedFailure?.wait(step)
    accountBlock?.failure.wait(step)
    hourlyBlock?.failure.wait(step)
    failures = failures.mapValues { failure in
      var failure = failure
      failure.wait(step)
      return failure
    }
    if let seen = speed, seen.to > moment.wall + MessageArchive.tolerance { speed = nil }
    speedSpans.removeAll { $0.to > moment.wall + MessageArchive.tolerance }
  }

  private mutating func note(_ call: Call) -> Call {
    callsBegun += 1
    inFlight[call] = callsBegun
    // The ledger will say the same a moment later; until then no other call may spend it too.
    switch call {
    case .speed: budget.calls[.speed, default: 0] += 1
    case .day: budget.calls[.hourly, default: 0] += 1
    case .quota: break
    }
    return call
  }

  /// Behind a failure of the whole account one call at a time finds out whether it has passed.
  private var mayProbe: Bool { accountBlock == nil || inFlight.isEmpty }

  /// How long nothing needs to be done, unless a call ends or the user acts; nil for ever.
  func rest(at moment: Moment) -> Duration? {
    let now = moment.wall
    var waits: [Duration] = []
    func add(_ due: Timestamp) { waits.append(.seconds(max(1, due - now))) }
    if budget.total > 0 { add((now.beijingDay + 1).start) }
    if !settings.isOffline, !mayStart(at: now), let startsAt {
      add(startsAt)
    } else if !settings.isOffline {
      if let due = pollDue(at: now), due > now { add(due) }
      for endpoint in Self.quotaEndpoints {
        if let due = quotaDue(endpoint, at: now), due > now { add(due) }
      }
      for day in candidates(at: now) {
        guard let due = due(day, at: now) else { continue }
        if due > now {
          add(due)
        } else if let turn, turn > moment.monotonic, isOlder(day, at: now) {
          waits.append(turn - moment.monotonic)
        } else if mayProbe, hourlyBlock == nil || daysInFlight == 0 {
          let isShown = day == focus(at: now)
          let verdict = pacer.verdict(at: moment.monotonic, inFlight: daysInFlight, isShown: isShown)
          if case .after(let wait) = verdict { waits.append(max(wait, .milliseconds(1))) }
        }
      }
    }
    return waits.min()
  }
}

extension Failure {
  fileprivate mutating func wait(_ seconds: Int) {
    at = at + seconds
    retryAt = retryAt.map { $0 + seconds }
  }
}
