import WeixinModel

extension AccountWatch {
  /// What is known, for people to see.
  mutating func status(of account: Account, at now: Timestamp) -> AccountStatus {
    var status = AccountStatus(account: account)
    status.speed = speed
    status.speedFailure = speedFailure ?? accountBlock?.failure
    status.isPaused = isPaused
    status.speedSpans = speedSpans
    if !isPaused, !settings.isOffline { status.nextPoll = nextPoll(at: now) }
    status.days = days(at: now)
    guard !settings.isOffline else { return status }
    for call in inFlight.keys {
      if case .day(let day) = call { status.days[day, default: DayStatus()].isFetching = true }
    }
    // What is shown as the next try is when it really comes: a block of the account or of the call may put it off.
    if status.speedFailure != nil { status.speedFailure?.retryAt = inFlight[.speed] == nil ? pollDue(at: now) : now }
    for (day, known) in status.days where known.failure != nil {
      status.days[day]?.failure?.retryAt = inFlight[.day(day)] == nil ? due(day, at: now) : now
    }
    let block = accountBlock ?? hourlyBlock
    let focus = focus(at: now)
    for day in candidates(at: now) where Publication.opens(day) <= now {
      if isDue(day, at: now) {
        status.days[day, default: DayStatus()].isFetching = true
      } else if let block, day == focus, records[day] == nil, failures[day] == nil {
        // Other days were not asked for: they stay never fetched.
        status.days[day, default: DayStatus()].failure = block.failure
      }
    }
    return status
  }

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
    guard inFlight[.speed] == nil else { return now }
    return pollDue(at: now)
  }
}
