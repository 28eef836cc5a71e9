import WeixinModel

/// When a failed call is tried again, by the class of its error.
enum RetrySchedule {
  /// When a call that failed is made again.
  /// - Parameters:
  ///   - error: What failed.
  ///   - attempts: How many times in a row, this one included.
  ///   - now: The moment of the failure.
  ///   - day: The day that was asked for; nil for the speed or for the account.
  ///   - chance: A random number, 0 up to 1.
  /// - Returns: The moment of the next attempt; nil when it waits for the user.
  static func next(after error: APIError, attempts: Int, at now: Timestamp, day: BeijingDay?, chance: Double)
    -> Timestamp?
  {
    switch error.errorClass {
    case .transient: now + growing(from: 1, attempts, chance)
    case .minuteQuota: now + max(60, growing(from: 60, attempts, chance))
    case .dayQuota: (now.beijingDay + 1).start + Int(chance * 60)
    case .notReady: notReady(day, now)
    case .staleToken: now + growing(from: 60, attempts, chance)
    case .reply: day != nil && attempts >= 5 ? nil : now + growing(from: 30, attempts, chance)
    case .credentials, .networkPolicy, .accountState, .request: nil
    }
  }

  private static let longest = 300

  /// Doubles up to five minutes; up to half as much again is added, so that instances don't come back in step.
  private static func growing(from base: Int, _ attempts: Int, _ chance: Double) -> Int {
    let doublings = min(max(0, attempts - 1), 9)
    let delay = min(longest, base << doublings)
    return delay + Int((Double(delay) * chance / 2).rounded(.up))
  }

  private static func notReady(_ day: BeijingDay?, _ now: Timestamp) -> Timestamp {
    guard let day else { return now + 20 * 60 }
    if now < Publication.opens(day) { return Publication.opens(day) }
    let noon = Publication.settles(day)
    // The attempt at noon is the one that decides, so the last one before it waits for noon.
    return now < noon ? min(now + 20 * 60, noon) : now + 30 * 60
  }
}

/// How far a failure reaches.
enum FailureScope: Hashable, Sendable {
  /// The one day that was asked for.
  case day
  /// Every call of that endpoint.
  case endpoint
  /// Every call of the account.
  case account

  /// The reach of an error.
  init(_ error: APIError) {
    switch error {
    case .noToken, .tls, .unreachable, .notAllowed: self = .account
    case .weixin(let fault) where fault.endpoint.isTokenCall: self = .account
    default:
      switch error.errorClass {
      case .notReady, .request: self = .day
      case .credentials, .networkPolicy: self = .account
      case .transient, .staleToken, .minuteQuota, .dayQuota, .reply, .accountState: self = .endpoint
      }
    }
  }
}
