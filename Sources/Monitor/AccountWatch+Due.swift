import WeixinModel

extension AccountWatch {
  /// When the speed is to be asked for; nil while nobody wants it, or while it is being asked for.
  func pollDue(at now: Timestamp) -> Timestamp? {
    guard inFlight[.speed] == nil else { return nil }
    guard isPollDemanded || !isPaused else { return nil }
    guard var at = isPollDemanded ? now : pollAt else { return nil }
    if !isPollDemanded, budget.day == now.beijingDay, budget.allowance(.speed) == 0 {
      at = max(at, (budget.day + 1).start)
    }
    guard let accountBlock else { return at }
    return accountBlock.failure.retryAt.map { max($0, at) }
  }

  /// The calls of which the quota matters.
  static var quotaEndpoints: [WeixinFault.Endpoint] { [.speed, .hourly] }

  /// When Weixin is to be asked for a call's quota: at start, then an hour after the last answer or attempt.
  func quotaDue(_ endpoint: WeixinFault.Endpoint, at now: Timestamp) -> Timestamp? {
    guard settings.asksQuotas, !isPaused, !isFollower, inFlight[.quota(endpoint)] == nil, accountBlock == nil else {
      return nil
    }
    // What the user waits for comes first: the first poll finds out whether the account can be asked at all.
    guard speed != nil || speedFailure != nil else { return nil }
    let asked = quotaAskedAt[endpoint].map { $0 + 3_600 }
    return max(asked ?? now, budget.asksAgain(endpoint, at: now) ?? now)
  }

  /// The days to fetch or to wake for, the most wanted first. One that failed again and again lets the others pass.
  func candidates(at now: Timestamp) -> [BeijingDay] {
    let focus = focus(at: now)
    var days = demanded.sorted { ($0 == focus ? 0 : 1, $0) < ($1 == focus ? 0 : 1, $1) }
    if !isPaused {
      let open = Publication.newestOpen(at: now)
      let wanted =
        isOpen
        ? DayWindow.wanted(
          shown: focus, open: open, prefetches: settings.prefetches && !isFollower, also: isFollower ? [] : alsoShown)
        : isFollower ? [] : unseenDays(open)
      let isStubborn = { (day: BeijingDay) in (failures[day]?.attempts ?? 0) >= 2 }
      days += wanted.filter { !demanded.contains($0) && !isStubborn($0) }
      days += wanted.filter { !demanded.contains($0) && isStubborn($0) }
    }
    return days.filter { inFlight[.day($0)] == nil }
  }

  /// Whether a call for a day should begin.
  func isDue(_ day: BeijingDay, at now: Timestamp) -> Bool {
    due(day, at: now).map { $0 <= now } ?? false
  }

  /// When a day is to be fetched; nil when it is final or waits for the user.
  func due(_ day: BeijingDay, at now: Timestamp) -> Timestamp? {
    var due = Publication.opens(day)
    if !isOpen, recent[day] == true, !demanded.contains(day) { return nil }
    // A person may spend what wxtop by itself leaves to others.
    let isAffordable = demanded.contains(day) ? budget.remaining(.hourly) > 0 : budget.allowance(.hourly) > 0
    if !isAffordable, budget.day == now.beijingDay { due = max(due, (budget.day + 1).start) }
    if !demanded.contains(day) {
      if let record = records[day] {
        guard !record.isFinal else { return nil }
        due = Publication.recheck(record.messages)
      }
      // Whoever else watches the account fetches what comes out; this is for the case that it does not.
      due = due + delay + (isFollower ? 60 : 0)
      if let failure = failures[day] {
        guard let retryAt = failure.retryAt else { return nil }
        due = max(due, retryAt)
      }
    }
    for block in [accountBlock, hourlyBlock] {
      guard let block else { continue }
      guard let retryAt = block.failure.retryAt else { return nil }
      due = max(due, retryAt)
    }
    return due
  }
}
