import WeixinModel

/// What is wrong with an account's newest day or speed, the worst first.
enum AccountState: Int, Hashable, Comparable {
  case failed, neverFetched, fetching, unpublished, provisional, final

  static func < (left: AccountState, right: AccountState) -> Bool { left.rawValue < right.rawValue }

  /// Whether the day is there and nothing failed.
  var isGood: Bool { self >= .provisional }
}

/// One account of the list in a few numbers: what it is sorted and found by, and no more.
struct AccountLine: Hashable {
  /// The account's place in the configuration.
  let index: Int
  let state: AccountState
  /// The day's messages; nil while they are not there.
  let total: Int?
  /// By how many percent they differ from the usual ones.
  let change: Int?
  /// Whether a person should look at them.
  let isUnusual: Bool
  let speed: MassSendSpeed?
  let isStale: Bool

  /// A line of an account. Borrowed, and field by field: a thousand copies of all that is known of an account take a millisecond.
  init(_ status: borrowing AccountStatus, index: Int, day: BeijingDay, at now: Timestamp, isOffline: Bool) {
    self.index = index
    let known = status.days[day]
    if status.brief?.day == day {
      total = status.brief?.total
      change = status.brief?.change
      isUnusual = status.brief?.isUnusual ?? false
    } else {
      total = known?.record?.messages.total
      change = nil
      isUnusual = false
    }
    speed = status.speed?.speed
    isStale = status.isStale(at: now, isOffline: isOffline)
    if status.speedProblem != nil || known?.failure.map({ !$0.error.isNotReady }) ?? false {
      state = .failed
    } else if status.brief?.day == day {
      state = status.brief?.isFinal ?? false ? .final : .provisional
    } else {
      state = (known ?? DayStatus()).accountState(of: day, at: now)
    }
  }
}

extension DayStatus {
  fileprivate func accountState(of day: BeijingDay, at now: Timestamp) -> AccountState {
    if let record { return record.isFinal ? .final : .provisional }
    if isFetching { return .fetching }
    return switch state(of: day, at: now) {
    case .unpublished, .notOver: .unpublished
    case .failed: .failed
    case .provisional: .provisional
    case .final: .final
    case .neverFetched, .beforeRecords: .neverFetched
    }
  }
}

extension DayBrief {
  /// Whether the total is far from the usual one.
  fileprivate var isUnusual: Bool { usual?.isUnusual(total) ?? false }
}

extension AccountStatus {
  /// The day in brief, where it is kept.
  func brief(of day: BeijingDay) -> DayBrief? {
    if let brief, brief.day == day { return brief }
    return days[day]?.record.map { DayBrief($0) }
  }

  /// What failed: what keeps the day away comes before what keeps the speed away.
  func failure(of day: BeijingDay) -> Failure? {
    if let failure = days[day]?.failure, !failure.error.isNotReady { return failure }
    return speedProblem
  }

  /// Whether the speed is older than it should be: the last poll failed, or nobody polls.
  fileprivate func isStale(at now: Timestamp, isOffline: Bool) -> Bool {
    guard let speed else { return false }
    if speedFailure != nil || isPaused || isOffline { return true }
    if let nextPoll, nextPoll + 60 >= now { return false }
    return isFollower || now - speed.to > 600
  }
}
