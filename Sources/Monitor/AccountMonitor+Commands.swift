public import WeixinModel

extension AccountMonitor {
  /// Looks at a day: publishes what the archive has around it, then fetches what is missing.
  ///
  /// - Parameters:
  ///   - day: The shown day.
  ///   - others: What the screen shows besides it, the most wanted first: a week, a month, the days compared with.
  public func show(_ day: BeijingDay, and others: [BeijingDay] = []) {
    let day = max(day, .firstKept)
    watch.alsoShown = others
    if watch.shown != day {
      watch.shown = day
      watch.pacer.changeFocus(at: clock.monotonic())
    }
    load()
    publish()
    wakeUp.ring()
  }

  /// Polls the speed now and asks for the shown day if it is missing, failed or due for its re-check; works while paused.
  public func refresh() {
    let now = clock.now()
    let day = watch.focus(at: now)
    watch.unblock(at: now)
    let record = watch.records[day]
    let isWanted = record.map { !$0.isFinal && Publication.recheck($0.messages) <= now } ?? true
    if isWanted || watch.failures[day] != nil { demand(day) }
    publish()
    wakeUp.ring()
  }

  /// Looks into the archive again, in which somebody else has put days.
  public func reload() {
    isBriefStale = true
    load()
    publish()
    wakeUp.ring()
  }

  /// As ``refresh()``, and tries every failed day again, also those that wait for the user.
  public func retry() {
    let now = clock.now()
    for day in watch.failures.keys { watch.failures[day]?.retryAt = now }
    refresh()
  }

  /// As ``retry()``, where anything failed of what this process asks for itself: somebody may have mended it.
  public func retryFailed() {
    if watch.hasFailed, !watch.isFollower, !watch.isPaused { retry() }
  }

  /// Fetches a day again though it is final.
  public func refetch(_ day: BeijingDay) {
    watch.unblock(at: clock.now())
    demand(day)
    publish()
    wakeUp.ring()
  }

  /// Polls at another interval, in seconds, from now on.
  public func setInterval(_ seconds: Int) {
    watch.setInterval(seconds, at: clock.now())
    wakeUp.ring()
  }

  /// Stops polling and fetching ahead, or goes on with it.
  public func setPaused(_ isPaused: Bool) {
    watch.isPaused = isPaused
    // Who does not poll leaves the account to others.
    if isPaused { stopWatching() } else if hasRun { watchOrFollow() }
    publish()
    wakeUp.ring()
  }

  /// The status as it is now.
  public func status() -> AccountStatus {
    if loadedFocus == nil { load() }
    publish()
    return channel.last ?? AccountStatus(account: account)
  }

  private func demand(_ day: BeijingDay) {
    guard day >= .firstKept, Publication.opens(day) <= clock.now(), watch.inFlight[.day(day)] == nil else { return }
    watch.demanded.insert(day)
  }
}
