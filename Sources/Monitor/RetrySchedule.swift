import WeixinModel

/// When a failed call is tried again, by the rule of its error.
enum RetrySchedule {
  /// When a call that failed is made again.
  /// - Parameters:
  ///   - error: What failed.
  ///   - attempts: How many times in a row, this one included.
  ///   - now: The moment of the failure.
  ///   - day: The day that was asked for; nil for the speed or for the account.
  ///   - chance: A random number, 0 up to 1.
  /// - Returns: The moment of the next attempt; nil where another setting must be read first.
  static func next(after error: APIError, attempts: Int, at now: Timestamp, day: BeijingDay?, chance: Double)
    -> Timestamp?
  {
    switch error.retryRule {
    case .backOff(let first, let limit):
      if day != nil, let limit, attempts >= limit { return (now.beijingDay + 1).start + Int(chance * 60) }
      return now + growing(from: first, attempts, chance)
    case .freshToken: return now + growing(from: 60, attempts, chance)
    case .nextDay: return (now.beijingDay + 1).start + Int(chance * 60)
    case .whenCounted: return notReady(day, now)
    case .pause(let seconds): return now + seconds + Int(chance * 60)
    case .hourly: return now + 3_600 + Int(chance * 60)
    case .never: return nil
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
    if now < noon { return min(now + 20 * 60, noon) }
    // A day that is old and still not counted may stay so for days, and asking costs quota.
    return now + (now < Publication.settlesEmpty(day) ? 30 : 120) * 60
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
    case .noToken, .tokenSource, .tokenWithheld, .misconfigured, .tls, .noLibrary, .unreachable, .notAllowed:
      self = .account
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
