import WeixinModel

/// What is wanted of an account that nobody looks at.
extension AccountWatch {
  /// So many recent days are wanted, whether anybody looks or not.
  static let recentDays = 14

  /// The days to fetch or to wake for: the newest, those that wait for their re-check, and when there is a turn for one the
  /// recent ones and those that make the newest one's usual.
  func unseenDays(_ open: BeijingDay) -> [BeijingDay] {
    var days = [open, open + 1]
    days += recent.filter { !$0.value && $0.key < open }.keys.sorted(by: >)
    if turn != nil { days += olderDays(open) }
    return days.filter { $0 >= .firstKept }
  }

  private func olderDays(_ open: BeijingDay) -> [BeijingDay] {
    let wanted = (1..<Self.recentDays).map { open - $0 } + (1...Usual.weeks).map { open - 7 * $0 }
    var seen = Set<BeijingDay>()
    return wanted.filter { $0 >= .firstKept && recent[$0] == nil && seen.insert($0).inserted }
  }

  /// Whether a day is fetched only when the account has its turn among all that nobody looks at.
  func isOlder(_ day: BeijingDay, at now: Timestamp) -> Bool {
    !isOpen && day < Publication.newestOpen(at: now) && recent[day] == nil && !demanded.contains(day)
  }

  func isItsTurn(_ day: BeijingDay, at moment: Moment) -> Bool {
    guard isOlder(day, at: moment.wall) else { return true }
    return turn.map { $0 <= moment.monotonic } ?? false
  }

  /// Whether the account wants a turn: it has its newest day, and lacks an older one that can be had.
  func wantsTurn(at now: Timestamp) -> Bool {
    let open = Publication.newestOpen(at: now)
    guard !isOpen, !isFollower, !isPaused, settings.prefetches, turn == nil, mayStart(at: now), recent[open] != nil,
      accountBlock == nil,
      hourlyBlock == nil, budget.allowance(.hourly) > 0
    else { return false }
    return olderDays(open).contains { day in
      guard inFlight[.day(day)] == nil else { return false }
      return failures[day].map { failure in failure.retryAt.map { $0 <= now } ?? false } ?? true
    }
  }

  /// Whether the account may make calls by itself yet.
  func mayStart(at now: Timestamp) -> Bool {
    isOpen || isPollDemanded || startsAt.map { $0 <= now } ?? true
  }
}
