import WeixinModel

extension AccountWatch {
  /// What is known, for people to see.
  func status(of account: Account, at now: Timestamp) -> AccountStatus {
    var status = AccountStatus(account: account)
    status.speed = speed
    status.speedFailure = speedFailure ?? accountBlock?.failure
    status.isPaused = isPaused
    status.speedSpans = speedSpans
    if !isPaused, !settings.isOffline { status.nextPoll = nextPoll(at: now) }
    status.days.reserveCapacity(records.count + 24)
    for (day, record) in records { status.days[day] = DayStatus(record: record, failure: failures[day]) }
    for (day, failure) in failures where abs(day - focus(at: now)) <= 45 {
      status.days[day, default: DayStatus()].failure = failure
    }
    guard !settings.isOffline else { return status }
    for call in inFlight.keys {
      if case .day(let day) = call { status.days[day, default: DayStatus()].isFetching = true }
    }
    let block = accountBlock ?? hourlyBlock
    for day in candidates(at: now) where Publication.opens(day) <= now {
      if isDue(day, at: now) {
        status.days[day, default: DayStatus()].isFetching = true
      } else if let block, records[day] == nil, failures[day] == nil {
        status.days[day, default: DayStatus()].failure = block.failure
      }
    }
    return status
  }

  private func nextPoll(at now: Timestamp) -> Timestamp? {
    guard inFlight[.speed] == nil else { return now }
    return pollDue(at: now)
  }
}
