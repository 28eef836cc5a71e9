/// Something about an account that a person should know of: since when, whether it still is so, and who has seen it.
public struct Alert: Hashable, Sendable, Identifiable {
  /// The account.
  public var account: Account
  /// What was found, with the numbers that raised the alert.
  public var cause: Cause
  /// When it was raised.
  public var raisedAt: Timestamp
  /// When it was rung and handed to the command; nil while quiet hours hold it back.
  public var notifiedAt: Timestamp?
  /// When a person said that it is known.
  public var acknowledgedAt: Timestamp?
  /// When it was over.
  public var clearedAt: Timestamp?

  /// An alert that is raised now.
  public init(account: Account, cause: Cause, raisedAt: Timestamp) {
    self.account = account
    self.cause = cause
    self.raisedAt = raisedAt
  }

  /// What an alert is raised for.
  public enum Cause: Hashable, Codable, Sendable {
    /// The mass-send level is another one.
    case levelChanged(from: MassSendSpeed, to: MassSendSpeed)
    /// The level is beyond the one that is still fast enough.
    case slower(speed: MassSendSpeed, limit: Int)
    /// The real speed is below the one that the level stands for.
    case belowNominal(speed: MassSendSpeed)
    /// A day's messages are far from what is usual for its weekday.
    case unusualDay(day: BeijingDay, count: Int, usual: Usual)
    /// Some hours of a day are far from what is usual; the numbers are those of the hour that is farthest.
    case unusualHour(day: BeijingDay, hour: Int, count: Int, usual: Usual, hours: Int)
    /// Weixin has not published a day by a time: minutes after midnight in Beijing.
    case unpublished(day: BeijingDay, by: Int)
    /// Calls have failed since a moment.
    case failing(error: APIError, since: Timestamp)
    /// Much of a call's quota is used.
    case quota(endpoint: WeixinFault.Endpoint, quota: CallQuota, limit: Int)

    /// The rule that the alert comes of.
    public var rule: AlertRule {
      switch self {
      case .levelChanged: .levelChanged
      case .slower: .slowerThan
      case .belowNominal: .belowNominal
      case .unusualDay: .unusualDay
      case .unusualHour: .unusualHour
      case .unpublished: .unpublishedBy
      case .failing: .failingMinutes
      case .quota: .quotaPercent
      }
    }

    /// What of the account is meant: a day, or a call; empty for the account as a whole.
    public var subject: String {
      switch self {
      case .levelChanged, .slower, .belowNominal, .failing: ""
      case .quota(let endpoint, _, _): endpoint.rawValue
      default: day?.description ?? ""
      }
    }

    /// The day that is meant; nil where it is none.
    public var day: BeijingDay? {
      switch self {
      case .unusualDay(let day, _, _), .unusualHour(let day, _, _, _, _), .unpublished(let day, _): day
      case .levelChanged, .slower, .belowNominal, .failing, .quota: nil
      }
    }
  }

  /// How much it matters, in the words of Prometheus' and other alerting.
  public enum Severity: String, Hashable, Codable, Sendable, CaseIterable {
    /// Somebody must act now.
    case critical
    /// Somebody should look.
    case warning
    /// Good to know.
    case info
  }

  /// The rule.
  public var rule: AlertRule { cause.rule }

  /// What of the account is meant: a day, or a call; empty for the account as a whole.
  public var subject: String { cause.subject }

  /// The name of this one alert. An alert on a day has one name for all processes, and is raised once.
  public var id: String {
    let name = "\(account.name)/\(rule.rawValue)"
    if cause.day != nil { return "\(name)/\(subject)" }
    return subject.isEmpty ? "\(name)/\(raisedAt.seconds)" : "\(name)/\(subject)/\(raisedAt.seconds)"
  }

  /// Whether it is not over.
  public var isOpen: Bool { clearedAt == nil }

  /// Whether it waits for somebody to see it.
  public var isPending: Bool { clearedAt == nil && acknowledgedAt == nil }

  /// How much it matters.
  public var severity: Severity {
    switch cause {
    case .failing(let error, _): error.needsPerson ? .critical : .warning
    case .levelChanged(let from, let to): to.level > from.level ? .warning : .info
    case .slower, .belowNominal, .quota: .warning
    case .unusualDay(_, let count, let usual), .unusualHour(_, _, let count, let usual, _):
      count < usual.median ? .warning : .info
    case .unpublished: .info
    }
  }
}
