import Dashboard
import WeixinModel

/// What `/metrics` says, out of the accounts' last statuses: nothing is asked or read for it.
struct MetricsPage {
  /// One account at the moment of a scrape.
  struct Watched {
    var name: String
    /// Nil until the first one, and for an account that cannot be watched.
    var status: AccountStatus?
    var calls: [WeixinFault.Endpoint: CallTally.Calls] = [:]
    /// Those that are not over.
    var alerts: [Alert] = []
  }

  /// So many days that are over are looked at for ``dayState``.
  static let recentDays = 14

  private var up = MetricFamily(
    "wxtop_account_up", help: "Whether the account's last poll worked.")
  private var level = MetricFamily(
    "wxtop_mass_send_speed_level", help: "Level of the mass-send speed as last seen: 0 is the fastest, 4 the slowest.")
  private var speed = MetricFamily(
    "wxtop_mass_send_speed_messages_per_minute", help: "Real mass-send speed (realspeed) as last seen.")
  private var nominal = MetricFamily(
    "wxtop_mass_send_speed_nominal_messages_per_minute",
    help: "Mass-send speed that Weixin's table gives for the level.")
  private var speedSeen = MetricFamily(
    "wxtop_mass_send_speed_last_seen_timestamp_seconds", help: "When the mass-send speed was last seen.")
  private var messages = MetricFamily(
    "wxtop_upstream_messages", help: "Messages from users (msg_count) in each Beijing hour of the newest published day."
  )
  private var users = MetricFamily(
    "wxtop_upstream_users",
    help: "Distinct users (msg_user) of each Beijing hour and type of the newest published day. They never add up.")
  private var newest = MetricFamily(
    "wxtop_newest_day_timestamp_seconds", help: "Beijing midnight at which the newest published day began.")
  private var newestFinal = MetricFamily(
    "wxtop_newest_day_final", help: "Whether the newest published day has had its re-check.")
  private var dayState = MetricFamily(
    "wxtop_day_state", help: "How many of the last 14 days that are over stand so.")
  private var age = MetricFamily(
    "wxtop_data_age_seconds",
    help: "Seconds since the newest day came out, which is 08:00 in Beijing on the day after it.")
  private var callCount = MetricFamily(
    "wxtop_api_calls", .counter, help: "HTTP requests to Weixin by this process that have ended, well or not.")
  private var errors = MetricFamily(
    "wxtop_api_errors", .counter,
    help: "HTTP requests to Weixin by this process that failed, by Weixin's code or a word.")
  private var durations = MetricFamily(
    "wxtop_api_call_duration_seconds", .histogram, help: "How long HTTP requests to Weixin took.")
  private var quotaLimit = MetricFamily(
    "wxtop_quota_limit", help: "Calls that Weixin allows the account on a Beijing day; absent where it sets no limit.")
  private var quotaUsed = MetricFamily(
    "wxtop_quota_used", help: "Calls of the Beijing day by all programs of the account, as Weixin last said.")
  private var alerts = MetricFamily(
    "wxtop_alerts", help: "Alerts of wxtop's own rules that are not over, by rule.")
  private var build = MetricFamily(
    "wxtop_build", .info, help: "The wxtop that answers.")

  private let now: Timestamp

  init(_ accounts: [Watched], at now: Timestamp) {
    self.now = now
    build.add(1, MetricLabels(("version", Version.text)))
    for account in accounts { add(account) }
    messages.more = { put in for account in accounts { Self.rows(of: account, \.count, put) } }
    users.more = { put in for account in accounts { Self.rows(of: account, \.users, put) } }
  }

  /// The numbers of the newest day, hour by hour and type by type.
  private static func rows(
    of account: Watched, _ number: KeyPath<HourlyRow, Int>, _ put: (MetricFamily.Sample) -> Void
  ) {
    guard let status = account.status, let day = status.newestDay, let record = status.days[day]?.record else { return }
    // A pair that is absent from a published day is zero, and a series that comes and goes would not say so.
    let types = Set(MessageType.documented).union(record.messages.types).sorted()
    var rows: [MessageType: [Int: HourlyRow]] = [:]
    for row in record.messages.rows { rows[row.type, default: [:]][row.hour] = row }
    let labels = MetricLabels(("account", account.name))
    for type in types {
      let labels = labels.adding("msg_type", "\(type.number)").adding("type", type.reportName)
      for hour in 0..<24 {
        let text = labels.text(adding: "hour", plain: hour < 10 ? "0\(hour)" : "\(hour)")
        put(.init(labels: text, value: "\(rows[type]?[hour]?[keyPath: number] ?? 0)"))
      }
    }
  }

  var families: [MetricFamily] {
    [
      build, up, level, speed, nominal, speedSeen, newest, newestFinal, messages, users, dayState, age, callCount,
      errors,
      durations, quotaLimit, quotaUsed, alerts,
    ]
  }

  private mutating func add(_ account: Watched) {
    let labels = MetricLabels(("account", account.name))
    up.add(account.status?.isUp(at: now) ?? false, labels)
    for rule in AlertRule.allCases {
      alerts.add(account.alerts.count { $0.rule == rule }, labels.adding("rule", rule.rawValue))
    }
    if let status = account.status {
      addSpeed(status, labels)
      addDays(status, labels)
      for (endpoint, quota) in status.quotas.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        let labels = labels.adding("endpoint", endpoint.rawValue)
        if quota.limit > 0 { quotaLimit.add(quota.limit, labels) }
        quotaUsed.add(quota.used, labels)
      }
    }
    for endpoint in WeixinFault.Endpoint.allCases {
      // A counter that begins with its first call would hide that call from rate().
      guard let calls = account.calls[endpoint] ?? (endpoint == .classicToken ? nil : CallTally.Calls()) else {
        continue
      }
      let labels = labels.adding("endpoint", endpoint.rawValue)
      callCount.add(calls.count, labels)
      for (code, count) in calls.errors.sorted(by: { $0.key < $1.key }) {
        errors.add(count, labels.adding("code", code))
      }
      durations.add(buckets: calls.buckets, bounds: CallTally.bounds, sum: calls.duration, labels)
    }
  }

  private mutating func addSpeed(_ status: AccountStatus, _ labels: MetricLabels) {
    guard let span = status.speed else { return }
    level.add(span.speed.level, labels)
    speed.add(Self.perMinute(span.speed.realspeed), labels)
    if let table = span.speed.nominal { nominal.add(Self.perMinute(table), labels) }
    speedSeen.add(span.to.seconds, labels)
  }

  /// `realspeed` is in ten thousand messages a minute.
  private static func perMinute(_ realspeed: Int) -> Int {
    let (product, overflows) = realspeed.multipliedReportingOverflow(by: 10_000)
    return overflows ? (realspeed < 0 ? .min : .max) : product
  }

  private mutating func addDays(_ status: AccountStatus, _ labels: MetricLabels) {
    var counts: [String: Int] = [:]
    let today = now.beijingDay
    for day in (today - Self.recentDays)..<today {
      // Of most days no more is in memory than whether they are kept.
      let kept = status.recent[day].map { $0 ? DayState.final : .provisional }
      if let word = (kept ?? status[day].state(of: day, at: now)).metricWord { counts[word, default: 0] += 1 }
    }
    for word in DayState.metricWords { dayState.add(counts[word, default: 0], labels.adding("state", word)) }
    guard let day = status.newestDay, let record = status.days[day]?.record else { return }
    newest.add(day.start.seconds, labels)
    newestFinal.add(record.isFinal, labels)
    age.add(max(0, now - Publication.opens(day)), labels)
  }
}

extension DayState {
  static let metricWords = ["final", "provisional", "unpublished", "never_fetched", "failed"]

  fileprivate var metricWord: String? {
    switch self {
    case .final: "final"
    case .provisional: "provisional"
    case .unpublished: "unpublished"
    case .neverFetched: "never_fetched"
    case .failed: "failed"
    case .beforeRecords, .notOver: nil
    }
  }
}

extension AccountStatus {
  /// Whether the last poll worked. What the archive still knows does not count, nor does a call that Weixin's cloud lacks.
  func isUp(at now: Timestamp) -> Bool {
    // Another process polls: what it keeps says how that went.
    if isFollower {
      return speedFailure == nil && (nextPoll.map { now - $0 < 120 } ?? false)
    }
    guard log.contains(where: { if case .call = $0.happening { true } else { false } }) else { return false }
    switch speedFailure?.error {
    // No poll was made that could have failed.
    case nil, .overBudget?: return true
    case .notInCloud?: break
    default: return false
    }
    guard let failure = self[Publication.newestOpen(at: now)].failure else { return true }
    return failure.error.isNotReady
  }
}
