import WeixinModel

/// What of an account's status alerts are about. As long as it stays the same, nothing is to be decided.
struct AlertSight: Equatable, Sendable {
  var speed: SpeedSpan?
  /// What keeps the account's calls from working.
  var failure: Failure?
  var isPaused = false
  /// Whether waiting for another poll would take longer than anybody wants to wait.
  var pollsRarely = false
  var brief: DayBrief?
  var newestDay: BeijingDay?
  /// Yesterday, where Weixin was asked for it and does not have it yet.
  var unpublished: BeijingDay?
  var quotas: [WeixinFault.Endpoint: CallQuota] = [:]
  /// The Beijing day on which it was seen.
  var today: BeijingDay

  init(_ status: AccountStatus, at now: Timestamp) {
    today = now.beijingDay
    speed = status.speed
    isPaused = status.isPaused
    pollsRarely = (status.nextPoll.map { $0 - now } ?? 0) > 600
    brief = status.brief
    newestDay = status.newestDay
    quotas = status.quotas
    let yesterday = status.days[today - 1]
    failure = Self.serious(status.speedFailure) ?? Self.serious(yesterday?.failure)
    if let error = yesterday?.failure?.error, error.isNotReady, yesterday?.record == nil {
      // Of an account to which nobody writes Weixin sends empty days, and takes till noon to mean it.
      let isSilent = error == .emptyDay && status.brief?.total == 0
      if !isSilent { unpublished = today - 1 }
    }
  }

  /// A failure that keeps the account's numbers away, and is no news of another rule.
  private static func serious(_ failure: Failure?) -> Failure? {
    guard var failure, !failure.error.isNotReady else { return nil }
    switch failure.error {
    case .offline, .overBudget, .notInCloud: return nil
    default: break
    }
    // How often it was tried, and when it is tried next, changes nothing but for the second refusal of what needs a person.
    (failure.attempts, failure.retryAt) = (failure.error.needsPerson ? min(2, failure.attempts) : 1, nil)
    return failure
  }
}
