import WeixinModel

/// Decides about the alerts of one account: a value without clock, archive or network.
///
/// Statuses come in with the time, changes come out. Nothing flaps: what a poll sees must be seen by two of them to raise an
/// alert, and be gone for two to clear it; a rule that has raised one rests for a while; a day is told once.
struct AlertWatch: Sendable {
  let account: Account
  private(set) var rules: AlertRules
  /// The alerts that are not over, oldest first.
  var open: [Alert] = []

  /// What was decided.
  enum Change: Hashable, Sendable {
    case raised(Alert)
    /// The alert stays, with other facts.
    case updated(Alert)
    case cleared(Alert)
  }

  var sight: AlertSight?
  /// Alerts on days that were raised lately, and are not raised again.
  var told: Set<Alert.ID> = []
  var lastRaised: [AlertRule: Timestamp] = [:]
  /// The speed at the last poll that was counted, and the one that is known to people.
  var lastSample: Timestamp?
  var baseline: MassSendSpeed?
  /// The level that was seen last, and by how many polls in a row.
  var lastLevel: (level: Int, polls: Int)?
  var slow = Streak()
  var belowNominal = Streak()
  var failingSince: Timestamp?
  var workingSince: Timestamp?
  var workingPolls = 0
  var toldQuotas: [WeixinFault.Endpoint: CallQuota] = [:]
  /// When something may change though no status comes; nil for never.
  var due: Timestamp?

  init(account: Account, rules: AlertRules) {
    self.account = account
    self.rules = rules
  }

  /// How many polls in a row said the same.
  struct Streak: Hashable, Sendable {
    var holds = false
    var count = 0

    mutating func note(_ holds: Bool) {
      count = holds == self.holds ? count + 1 : 1
      self.holds = holds
    }
  }

  static let clearsChangeAfter = 86_400
  static let worksAfter = 600
  /// Days older than this are no news.
  static let oldestDay = 2

  /// Other rules from now on. What a rule has raised that is off now is over; what one means that is on now begins here.
  mutating func use(_ rules: AlertRules, at now: Timestamp) -> [Change] {
    let before = self.rules
    self.rules = rules
    if rules.slowerThan != before.slowerThan { slow = Streak() }
    if rules.belowNominal != before.belowNominal { belowNominal = Streak() }
    if rules.levelChanged != before.levelChanged { (baseline, lastLevel) = (sight?.speed?.speed, nil) }
    guard let sight else { return [] }
    var changes: [Change] = []
    clear(now, &changes) { !rules.isOn($0.rule) }
    return changes + decide(sight, after: sight, at: now)
  }

  /// Takes over what an archive knows: alerts that are open, and those that were raised in the last days.
  mutating func adopt(open: [Alert], recent: [Alert]) {
    self.open = open.sorted { $0.raisedAt < $1.raisedAt }
    for alert in open + recent {
      if alert.cause.day != nil { told.insert(alert.id) }
      lastRaised[alert.rule] = max(lastRaised[alert.rule] ?? alert.raisedAt, alert.raisedAt)
    }
    if told.count > 200 { told = Set((open + recent).filter { $0.cause.day != nil }.map(\.id)) }
  }

  /// Notes that a person has seen an alert.
  mutating func acknowledge(_ id: Alert.ID, at now: Timestamp) -> Alert? {
    guard let index = open.firstIndex(where: { $0.id == id && $0.acknowledgedAt == nil }) else { return nil }
    open[index].acknowledgedAt = now
    return open[index]
  }

  /// Notes that an alert was rung.
  mutating func notify(_ id: Alert.ID, at now: Timestamp) -> Alert? {
    guard let index = open.firstIndex(where: { $0.id == id && $0.notifiedAt == nil }) else { return nil }
    open[index].notifiedAt = now
    return open[index]
  }

  /// Forgets an alert that another process has raised before.
  mutating func forget(_ id: Alert.ID) { open.removeAll { $0.id == id } }

  /// A status came. What is the same as before costs a comparison.
  mutating func consider(_ status: AccountStatus, at now: Timestamp) -> [Change] {
    let seen = AlertSight(status, at: now)
    if seen == sight { return look(at: now) }
    let before = sight
    sight = seen
    return decide(seen, after: before, at: now)
  }

  /// Time passed.
  mutating func look(at now: Timestamp) -> [Change] {
    guard let due, due <= now, var sight else { return [] }
    let before = sight
    sight.today = now.beijingDay
    self.sight = sight
    return decide(sight, after: before, at: now)
  }

  mutating func decide(_ sight: AlertSight, after before: AlertSight?, at now: Timestamp) -> [Change] {
    var changes: [Change] = []
    due = nil
    if before == nil { clear(now, &changes) { [rules] in !rules.isOn($0.rule) } }
    let isNewPoll = noteSpeed(sight, at: now)
    if isNewPoll { decideOnSpeed(sight, now, &changes) }
    decideOnFailure(sight, isNewPoll: isNewPoll, now, &changes)
    decideOnDay(sight, now, &changes)
    ageDays(now, &changes)
    decideOnPublication(sight, now, &changes)
    decideOnQuota(sight, now, &changes)
    if let change = open.first(where: { $0.rule == .levelChanged }),
      isDue(at: change.raisedAt + Self.clearsChangeAfter, now)
    {
      clear(now, &changes) { $0.id == change.id }
    }
    return changes
  }

  // MARK: Changes

  func mayRaise(_ rule: AlertRule, _ now: Timestamp) -> Bool {
    lastRaised[rule].map { now - $0 >= rules.againAfter * 60 || now < $0 } ?? true
  }

  mutating func raise(_ cause: Alert.Cause, _ now: Timestamp, _ changes: inout [Change]) {
    let alert = Alert(account: account, cause: cause, raisedAt: now)
    guard !told.contains(alert.id), !open.contains(where: { $0.rule == cause.rule && $0.subject == cause.subject })
    else { return }
    if cause.day == nil {
      // Two calls have two quotas, of which one must not keep the other from being told.
      guard cause.rule == .quotaPercent || mayRaise(cause.rule, now) else {
        let again = (lastRaised[cause.rule] ?? now) + rules.againAfter * 60
        due = min(due ?? again, again)
        return
      }
    } else {
      told.insert(alert.id)
    }
    lastRaised[cause.rule] = now
    open.append(alert)
    changes.append(.raised(alert))
  }

  mutating func clear(_ now: Timestamp, _ changes: inout [Change], where isOver: (Alert) -> Bool) {
    for index in open.indices.reversed() where isOver(open[index]) {
      var alert = open.remove(at: index)
      alert.clearedAt = now
      changes.append(.cleared(alert))
    }
  }

  /// Whether a moment has come; if not, it is noted as one to look again.
  mutating func isDue(at moment: Timestamp, _ now: Timestamp) -> Bool {
    if moment <= now { return true }
    due = min(due ?? moment, moment)
    return false
  }
}
