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

  init(_ status: AccountStatus, index: Int, day: BeijingDay, _ state: State) {
    self.index = index
    let brief = status.brief(of: day)
    total = brief?.total
    change = brief?.change
    isUnusual = brief.map { $0.usual?.isUnusual($0.total) ?? false } ?? false
    speed = status.speed?.speed
    isStale = status.isStale(state)
    self.state = status.state(of: day, brief, at: state.now)
  }
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

  /// What keeps the speed away, unless Weixin has no such call for the account: nobody can mend that, and nothing is wrong.
  var speedProblem: Failure? {
    if case .notInCloud? = speedFailure?.error { return nil }
    return speedFailure
  }

  fileprivate func state(of day: BeijingDay, _ brief: DayBrief?, at now: Timestamp) -> AccountState {
    if failure(of: day) != nil { return .failed }
    if let brief { return brief.isFinal ? .final : .provisional }
    let known = self[day]
    if known.isFetching { return .fetching }
    switch known.state(of: day, at: now) {
    case .unpublished, .notOver: return .unpublished
    case .failed: return .failed
    case .provisional: return .provisional
    case .final: return .final
    case .neverFetched, .beforeRecords: return .neverFetched
    }
  }

  /// Whether the speed is older than it should be: the last poll failed, or nobody polls.
  func isStale(_ state: State) -> Bool {
    guard let speed else { return false }
    if speedFailure != nil || isPaused || state.isOffline { return true }
    if let nextPoll, nextPoll + 60 >= state.now { return false }
    return isFollower || state.now - speed.to > 600
  }
}
