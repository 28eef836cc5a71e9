import WeixinModel

extension AccountWatch {
  /// A speed was seen; the span is the one in which the moment lies.
  mutating func arrived(_ span: SpeedSpan, at now: Timestamp) {
    inFlight[.speed] = nil
    if let old = speed?.speed, old != span.speed { note(.speedChanged(from: old, to: span.speed), at: now) }
    speed = span
    failureBefore = nil
    if speedSpans.last?.from == span.from { speedSpans.removeLast() }
    if isOpen { speedSpans.append(span) }
    speedFailure = nil
    schedulePoll(after: now, at: now)
    clearAccountBlock(at: now)
  }

  /// Puts something into the log, which keeps the newest entries.
  mutating func note(_ happening: LogEntry.Happening, at now: Timestamp) {
    let limit = isOpen ? LogEntry.limit : LogEntry.limitUnseen
    if log.count >= limit { log.removeFirst(log.count - limit + 1) }
    log.append(LogEntry(happening, at: now))
  }

  /// Weixin said how often the call may be made: the wait for the next poll is measured anew.
  mutating func learned(_ budget: CallBudget, at now: Timestamp) {
    self.budget = budget
    if let speed, speedFailure == nil, inFlight[.speed] == nil { schedulePoll(after: speed.to, at: now) }
  }

  /// Somebody wants another interval: likewise. What is overdue by it comes within it, not a whole fleet's polls in one second.
  mutating func setInterval(_ seconds: Int, at now: Timestamp) {
    settings.interval = seconds
    guard !isFollower, let speed, speedFailure == nil, inFlight[.speed] == nil else { return }
    schedulePoll(after: speed.to, at: now)
    guard let at = pollAt, at <= now, let interval = interval(at: now) else { return }
    pollAt = now + max(1, Int(chance() * Double(interval)))
  }

  private mutating func schedulePoll(after last: Timestamp, at now: Timestamp) {
    guard let interval = interval(at: now) else {
      pollAt = (now.beijingDay + 1).start + Int(chance() * 60)
      return
    }
    let spread = Double(interval) * settings.jitter
    pollAt = last + max(1, interval + Int((spread * (chance() * 2 - 1)).rounded()))
  }

  /// Seconds between polls as the budget allows them; nil when nothing is left for today.
  func interval(at now: Timestamp) -> Int? {
    guard budget.day == now.beijingDay else { return settings.interval }
    return budget.interval(wished: settings.interval, at: now)
  }

  /// What the other process has kept was looked at: the next look is when its next poll should be over.
  mutating func followed(at now: Timestamp) {
    let expected = othersPoll ?? now
    pollAt = expected > now ? expected : now + min(30, settings.interval)
  }

  /// When the next poll of the other process should be over.
  var othersPoll: Timestamp? { speed.map { $0.to + settings.interval + 5 } }

  /// Seconds without a poll of the other process after which this one makes one.
  var patience: Int { max(180, settings.interval * 3) }

  /// Between two samples further apart than this nobody watched.
  func maxGap(at now: Timestamp) -> Int { MonitorSettings.maxGap(interval: interval(at: now) ?? settings.interval) }

  /// The span that a sample makes of the last one, by the rules of the archive.
  func span(with sample: MassSendSpeed, at now: Timestamp) -> SpeedSpan {
    guard let speed, speed.speed == sample, speed.to <= now, now - speed.to <= maxGap(at: now) else {
      return SpeedSpan(speed: sample, from: now, to: now)
    }
    return SpeedSpan(speed: sample, from: speed.from, to: now)
  }

  /// A day was fetched, and this is how it is kept.
  mutating func arrived(_ record: DayRecord, at now: Timestamp) {
    take(record)
    reachedHourly(at: now)
  }

  /// Another process has fetched the day meanwhile.
  mutating func found(_ record: DayRecord) {
    take(record)
  }

  private mutating func take(_ record: DayRecord) {
    let day = record.messages.day
    inFlight[.day(day)] = nil
    failures[day] = nil
    if isOpen {
      records[day] = record
      history.insert(record)
    } else {
      recent[day] = record.isFinal
      records[day] = record
      // A day that is settled and not the newest is in nobody's sight.
      let newest = records.keys.max()
      records = records.filter { !$0.value.isFinal || $0.key == newest }
    }
  }

  /// A call was cut off by the end of the monitor.
  mutating func ended(_ call: Call) {
    inFlight[call] = nil
  }

  /// A call failed.
  mutating func failed(_ call: Call, _ error: APIError, at now: Timestamp) {
    let number = inFlight.removeValue(forKey: call) ?? callsBegun
    let scope = FailureScope(error)
    switch call {
    case .speed:
      speedFailure = following(speedFailure, error, now, nil)
      // The block says when the account is tried again; the poll itself is due.
      pollAt = scope == .account ? now : speedFailure?.retryAt
      if scope != .account, !(error.errorClass == .transient) { clearAccountBlock(at: now) }
    case .day(let day):
      failures[day] = following(failures[day], error, now, day)
      dropOldFailures()
      if error.isNotReady { reachedHourly(at: now) }
      refusals = error.errorClass == .request ? refusals + 1 : 0
      // One refused day may be a day's fault; three in a row would go on for all of them.
      if scope == .endpoint || refusals >= 3 { block(\.hourlyBlock, error, now, number) }
    case .quota: break
    }
    if scope == .account { block(\.accountBlock, error, now, number) }
  }

  /// The user's wish to try again what failed.
  mutating func unblock(at now: Timestamp) {
    accountBlock?.failure.retryAt = now
    hourlyBlock?.failure.retryAt = now
    refusals = 0
    isPollDemanded = true
  }

  /// Whether anything has failed that waits for its next attempt.
  var hasFailed: Bool { accountBlock != nil || hourlyBlock != nil || speedFailure != nil || !failures.isEmpty }

  private func following(_ old: Failure?, _ error: APIError, _ now: Timestamp, _ day: BeijingDay?) -> Failure {
    let earlier = day == nil ? old ?? failureBefore : old
    // A person's fault is counted on over a restart; a pause that grows begins anew.
    let isGoingOn = old != nil || (earlier.map(\.error.needsPerson) ?? false) && error.needsPerson
    let attempts = (isGoingOn ? earlier?.attempts ?? 0 : 0) + 1
    var retryAt = RetrySchedule.next(after: error, attempts: attempts, at: now, day: day, chance: chance())
    if attempts == 1, error.isAskedAgain {
      retryAt = [retryAt, now + 30 + Int(chance() * 10)].compactMap(\.self).min()
    }
    return Failure(
      error: error, at: now, attempts: attempts, retryAt: retryAt, since: earlier.map { $0.since ?? $0.at } ?? now)
  }

  /// How the last poll before this process failed, as the archive has it: a restart does not end a failure.
  mutating func adopt(failureBefore failure: Failure?, at now: Timestamp) {
    guard let failure, speed.map({ $0.to <= failure.at }) ?? true, failure.at <= now else { return }
    // What mends itself may have done so, and come again.
    let patience = failure.error.needsPerson ? 30 * 86_400 : 3_600
    if now - failure.at <= patience { failureBefore = failure }
  }

  private mutating func block(
    _ block: WritableKeyPath<AccountWatch, Block?>, _ error: APIError, _ now: Timestamp, _ number: Int
  ) {
    if let old = self[keyPath: block], number <= old.callsBegun { return }
    let failure = following(self[keyPath: block]?.failure, error, now, nil)
    self[keyPath: block] = Block(failure: failure, callsBegun: callsBegun)
  }

  /// A call for a day got through to the data: whatever stood in the way of all days is gone.
  private mutating func reachedHourly(at now: Timestamp) {
    refusals = 0
    if hourlyBlock != nil {
      hourlyBlock = nil
      releaseFailures(at: now) { FailureScope($0) == .endpoint && $0.errorClass != .reply }
    }
    clearAccountBlock(at: now)
  }

  private mutating func clearAccountBlock(at now: Timestamp) {
    guard accountBlock != nil else { return }
    accountBlock = nil
    releaseFailures(at: now) { FailureScope($0) == .account }
    if let speedFailure, FailureScope(speedFailure.error) == .account { pollAt = now }
  }

  private mutating func releaseFailures(at now: Timestamp, where isReleased: (APIError) -> Bool) {
    for (day, failure) in failures where isReleased(failure.error) { failures[day]?.retryAt = now }
  }

  private mutating func dropOldFailures() {
    let limit = 500
    guard failures.count > limit, let oldest = failures.min(by: { $0.value.at < $1.value.at }) else { return }
    failures[oldest.key] = nil
  }
}

extension APIError {
  /// Whether one more call soon tells a fault that a person must mend from a passing one, before anybody is called.
  fileprivate var isAskedAgain: Bool {
    switch self {
    case .misconfigured, .notAllowed, .notInCloud: return false
    default: break
    }
    if case .pause = retryRule { return false }
    return needsPerson && errorClass != .request
  }
}
