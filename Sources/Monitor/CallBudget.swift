public import MessageArchive
public import WeixinModel

/// How many calls wxtop may still make on a Beijing day, all its processes together: at most half of what the account had when
/// wxtop had made none, since the other half belongs to production.
public struct CallBudget: Hashable, Sendable {
  /// What a call is taken to have a day while Weixin has not said otherwise: no number is published.
  public static let assumedLimit = 1_000

  /// The day.
  public let day: BeijingDay
  /// The calls of the day so far, as the ledger has them.
  public internal(set) var calls: [WeixinFault.Endpoint: Int]
  /// What Weixin said last of the quotas. Of an earlier day only the limit counts.
  public internal(set) var readings: [WeixinFault.Endpoint: QuotaReading]

  /// A budget.
  public init(
    day: BeijingDay, calls: [WeixinFault.Endpoint: Int] = [:], readings: [WeixinFault.Endpoint: QuotaReading] = [:]
  ) {
    self.day = day
    self.calls = calls
    self.readings = readings
  }

  /// All calls of the day.
  public var total: Int { calls.values.reduce(0, +) }

  /// How many more of these calls wxtop may make by itself today.
  public func allowance(_ endpoint: WeixinFault.Endpoint) -> Int {
    let own = calls[endpoint, default: 0]
    guard let reading = limited(endpoint) else { return max(0, Self.assumedLimit / 2 - own) }
    return max(0, (max(0, reading.quota.remaining) + reading.ownCalls) / 2 - own)
  }

  /// How many more of these calls the account may make today, for all that wxtop knows: what a person may still ask for.
  public func remaining(_ endpoint: WeixinFault.Endpoint) -> Int {
    let own = calls[endpoint, default: 0]
    guard let reading = limited(endpoint) else { return max(0, Self.assumedLimit - own) }
    return max(0, reading.quota.remaining - (own - reading.ownCalls))
  }

  /// What is known of the quotas: what Weixin said last, and the calls that wxtop has made since.
  var quotas: [WeixinFault.Endpoint: CallQuota] {
    var quotas = readings.mapValues(\.quota)
    for endpoint in readings.keys {
      guard let reading = limited(endpoint) else { continue }
      let since = calls[endpoint, default: 0] - reading.ownCalls
      let before = reading.at.beijingDay == day ? reading.quota.used : 0
      quotas[endpoint]?.used = min(reading.quota.limit, before + since)
      quotas[endpoint]?.remaining = remaining(endpoint)
    }
    return quotas
  }

  /// Seconds between polls of the speed: those that are wished, or so many that the allowance lasts until Beijing's
  /// midnight; nil when nothing is left of it.
  public func interval(wished: Int, at now: Timestamp) -> Int? {
    let allowance = allowance(.speed)
    guard allowance > 0 else { return nil }
    let left = max(0, (day + 1).start - now)
    return max(wished, (left + allowance - 1) / allowance)
  }

  /// When Weixin is to be asked for a call's quota again: an hour after it said something, whichever process asked.
  /// A reading of the future is none.
  public func asksAgain(_ endpoint: WeixinFault.Endpoint, at now: Timestamp) -> Timestamp? {
    guard let at = readings[endpoint]?.at, at <= now + MessageArchive.tolerance else { return nil }
    return at + 3_600
  }

  private func limited(_ endpoint: WeixinFault.Endpoint) -> QuotaReading? {
    guard var reading = readings[endpoint], reading.quota.limit > 0 else { return nil }
    if reading.at.beijingDay != day {
      reading.quota.remaining = reading.quota.limit
      reading.ownCalls = 0
    }
    return reading
  }
}
