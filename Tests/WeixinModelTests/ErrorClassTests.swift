import Testing
import WeixinModel

@Suite("Errors and what to do about them")
struct ErrorClassTests {
  @Test func `40001 is final at the token endpoint and a stale token elsewhere`() {
    for code in [40_001, 40_014, 42_001] {
      #expect(WeixinFault(endpoint: .token, code: code, message: "").errorClass == .credentials)
      #expect(WeixinFault(endpoint: .speed, code: code, message: "").errorClass == .staleToken)
      #expect(WeixinFault(endpoint: .hourly, code: code, message: "").errorClass == .staleToken)
    }
  }

  @Test(arguments: [
    (-1, ErrorClass.transient), (61_450, .transient), (40_125, .credentials), (40_013, .credentials),
    (40_164, .networkPolicy), (61_004, .networkPolicy), (89_503, .networkPolicy), (48_001, .accountState),
    (50_002, .accountState), (61_007, .accountState), (45_011, .minuteQuota), (45_009, .dayQuota),
    (61_503, .notReady), (61_501, .request), (47_001, .request), (40_066, .request), (61_451, .request),
    (41_003, .credentials), (50_005, .accountState), (48_017, .networkPolicy), (99_999, .transient),
  ])
  func `each code of the table has its class`(code: Int, expected: ErrorClass) {
    #expect(APIError.weixin(WeixinFault(endpoint: .hourly, code: code, message: "")).errorClass == expected)
  }

  @Test func `what is no envelope has a class too`() {
    let table: [(APIError, ErrorClass)] = [
      (.http(status: 502), .transient), (.http(status: 429), .transient), (.http(status: 404), .reply),
      (.timedOut(seconds: 10), .transient), (.unreachable(host: "h", cause: "c"), .transient), (.empty, .transient),
      (.truncated, .reply), (.notJSON(start: "<"), .reply), (.tooLarge(limit: 1), .reply),
      (.unexpected(key: "list"), .reply), (.absurdTotal, .reply), (.redirected(status: 302), .reply),
      (.tls(host: "h", cause: "c"), .networkPolicy),
      (.notAllowed(address: "a"), .request), (.noToken(cause: "c"), .credentials),
      (.tokenSource(cause: "c"), .transient),
      (.misconfigured(cause: "c"), .credentials), (.emptyDay, .notReady),
    ]
    for (error, expected) in table { #expect(error.errorClass == expected) }
    #expect(APIError.emptyDay.isNotReady)
  }

  @Test func `each class has its rule, and a refusal by an administrator its time`() {
    func rule(_ code: Int, _ endpoint: WeixinFault.Endpoint = .hourly) -> RetryRule {
      APIError.weixin(WeixinFault(endpoint: endpoint, code: code, message: "")).retryRule
    }
    #expect(rule(-1) == .backOff(first: 1))
    #expect(rule(45_011) == .backOff(first: 60))
    #expect(rule(45_009) == .nextDay)
    #expect(rule(61_503) == .whenCounted)
    #expect(rule(89_506) == .pause(seconds: 86_400))
    #expect(rule(89_507) == .pause(seconds: 3_600))
    #expect(rule(40_001) == .freshToken)
    #expect(rule(40_001, .token) == .hourly)
    for code in [40_013, 40_125, 40_164, 41_003, 48_001, 48_017, 61_451, 40_066] { #expect(rule(code) == .hourly) }
    #expect(APIError.tokenSource(cause: "c").retryRule == .backOff(first: 30))
    #expect(APIError.noToken(cause: "c").retryRule == .hourly)
    #expect(APIError.tls(host: "h", cause: "c").retryRule == .hourly)
    #expect(APIError.http(status: 429, retryAfter: 60).retryRule == .pause(seconds: 60))
    #expect(APIError.http(status: 503, retryAfter: .max).retryRule == .pause(seconds: 3_600))
    #expect(APIError.truncated.retryRule == .backOff(first: 30, limit: 5))
  }
}
