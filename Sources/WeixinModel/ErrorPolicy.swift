extension WeixinFault {
  /// The codes that have been seen or are documented for the calls that wxtop makes, and the class of each. Whatever is
  /// said or done about a code begins here.
  public static let knownCodes: [(code: Int, errorClass: ErrorClass)] = [
    (-1, .transient), (61_450, .transient),
    (40_001, .staleToken), (40_014, .staleToken), (42_001, .staleToken),
    (40_125, .credentials), (40_013, .credentials), (41_002, .credentials), (40_002, .credentials),
    (41_004, .credentials), (41_001, .credentials), (40_243, .credentials), (42_007, .credentials),
    (41_003, .credentials), (61_023, .credentials),
    (40_164, .networkPolicy), (61_004, .networkPolicy), (89_501, .networkPolicy), (89_503, .networkPolicy),
    (89_504, .networkPolicy), (89_505, .networkPolicy), (89_506, .networkPolicy), (89_507, .networkPolicy),
    (48_017, .networkPolicy),
    (48_001, .accountState), (61_003, .accountState), (61_007, .accountState), (48_004, .accountState),
    (50_002, .accountState), (50_004, .accountState), (50_005, .accountState),
    (45_011, .minuteQuota), (45_009, .dayQuota), (48_006, .dayQuota),
    (61_503, .notReady),
    (61_500, .request), (61_501, .request), (40_066, .request), (43_003, .request), (40_033, .request),
    (43_001, .request), (43_002, .request), (44_002, .request), (45_083, .request), (45_084, .request),
    (47_001, .request), (61_451, .request), (76_003, .request), (76_021, .request), (76_022, .request),
  ]

  private static let classes = Dictionary(uniqueKeysWithValues: knownCodes.map { ($0.code, $0.errorClass) })

  /// The class of the fault; 40001 is final at the token endpoint and a stale token anywhere else.
  public var errorClass: ErrorClass {
    // Weixin adds codes without notice: one that nobody knows must not stop a monitor for good.
    let known = Self.classes[code] ?? .transient
    return known == .staleToken && endpoint.isTokenCall ? .credentials : known
  }
}

/// When a call that failed is made again.
public enum RetryRule: Hashable, Sendable {
  /// After so many seconds, then twice as many, up to five minutes; after `limit` times a day that was asked for waits for the
  /// next Beijing day.
  case backOff(first: Int, limit: Int? = nil)
  /// Another token is fetched and the call made once more at once; when that fails too, as above from one minute on.
  case freshToken
  /// When the next Beijing day begins.
  case nextDay
  /// When Weixin may have counted the day: see ``Publication``.
  case whenCounted
  /// Once so many seconds have passed.
  case pause(seconds: Int)
  /// Once an hour, since a person must act; at once when one has.
  case hourly
  /// Not before another setting is read.
  case never
}

extension APIError {
  /// When wxtop makes the call again.
  public var retryRule: RetryRule {
    if case .weixin(let fault) = self {
      // An administrator refused this server's address: asking earlier would only ask them again.
      if fault.code == 89_506 { return .pause(seconds: 86_400) }
      if fault.code == 89_507 { return .pause(seconds: 3_600) }
    }
    switch self {
    // Each try runs a program of the user's.
    case .tokenSource: return .backOff(first: 30)
    case .misconfigured: return .never
    // Whoever asks for more than an hour may have a clock that is wrong.
    case .http(_, let seconds?) where errorClass == .transient: return .pause(seconds: min(max(1, seconds), 3_600))
    default: break
    }
    switch errorClass {
    case .transient: return .backOff(first: 1)
    case .minuteQuota: return .backOff(first: 60)
    case .reply: return .backOff(first: 30, limit: 5)
    case .staleToken: return .freshToken
    case .dayQuota: return .nextDay
    case .notReady: return .whenCounted
    // Nobody may be there to say that it is mended.
    case .credentials, .networkPolicy, .accountState, .request: return .hourly
    }
  }
}
