import WeixinModel

extension AccountWatch {
  /// What is known, for people to see.
  mutating func status(of account: Account, at now: Timestamp) -> AccountStatus {
    var status = AccountStatus(account: account)
    status.speed = speed
    status.speedFailure = failure
    if isFollower, failure == nil { status.speedFailure = othersFailure }
    status.isPaused = isPaused
    status.speedSpans = speedSpans
    if !isPaused, !settings.isOffline { status.nextPoll = nextPoll(at: now) }
    if !settings.isOffline, !isFollower, let interval = interval(at: now), interval > settings.interval {
      status.stretchedInterval = interval
    }
    status.isSpeedOverBudget =
      !settings.isOffline && !isFollower && budget.day == now.beijingDay && budget.allowance(.speed) == 0
    if status.isSpeedOverBudget, status.speedFailure == nil, !isPaused, inFlight[.speed] == nil,
      speed.map({ now - $0.to > max(60, settings.interval) }) ?? true
    {
      // As with a day that may not be asked for: what nobody asks for any more is away.
      status.speedFailure = Failure(error: .overBudget(.speed), at: now, retryAt: pollDue(at: now))
    }
    status.days = days(at: now)
    status.history = history
    status.brief = brief
    status.recent = recent
    status.isFollower = isFollower
    status.log = log
    guard !settings.isOffline else { return status }
    for call in inFlight.keys {
      if case .day(let day) = call { status.days[day, default: DayStatus()].isFetching = true }
    }
    // What is shown as the next try is when it really comes: a block of the account or of the call may put it off.
    if failure != nil { status.speedFailure?.retryAt = inFlight[.speed] == nil ? pollDue(at: now) : now }
    for (day, known) in status.days where known.failure != nil {
      status.days[day]?.failure?.retryAt = inFlight[.day(day)] == nil ? due(day, at: now) : now
    }
    let block = accountBlock ?? hourlyBlock
    let focus = focus(at: now)
    for day in candidates(at: now) where Publication.opens(day) <= now {
      if isDue(day, at: now) {
        status.days[day, default: DayStatus()].isFetching = true
      } else if day == focus, records[day] == nil, failures[day] == nil {
        // Other days were not asked for: they stay never fetched.
        if let block {
          status.days[day, default: DayStatus()].failure = block.failure
        } else if let due = due(day, at: now), budget.allowance(.hourly) == 0 {
          status.days[day, default: DayStatus()].failure = Failure(
            error: .overBudget(.hourly), at: now, retryAt: due)
        }
      }
    }
    return status
  }

  /// What keeps the account from being polled, if anything does.
  var failure: Failure? { speedFailure ?? accountBlock?.failure }

  /// What is kept and what failed, without what goes on at the moment.
  private mutating func days(at now: Timestamp) -> [BeijingDay: DayStatus] {
    if let knownDays { return knownDays }
    let focus = focus(at: now)
    var days = records.mapValues { DayStatus(record: $0) }
    for (day, failure) in failures where records[day] != nil || abs(day - focus) <= 45 {
      days[day, default: DayStatus()].failure = failure
    }
    knownDays = days
    return days
  }

  private func nextPoll(at now: Timestamp) -> Timestamp? {
    if isFollower, inFlight[.speed] == nil { return othersPoll }
    guard inFlight[.speed] == nil else { return now }
    return pollDue(at: now)
  }
}
