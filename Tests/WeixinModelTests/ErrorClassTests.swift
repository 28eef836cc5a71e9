import Testing
import WeixinModel

@Suite("Errors and what to do about them")
struct ErrorClassTests {
  @Test("40001 is final at the token endpoint and a stale token elsewhere")
  func twoMeanings() {
    for code in [40_001, 40_014, 42_001] {
      #expect(WeixinFault(endpoint: .token, code: code, message: "").errorClass == .credentials)
      #expect(WeixinFault(endpoint: .speed, code: code, message: "").errorClass == .staleToken)
      #expect(WeixinFault(endpoint: .hourly, code: code, message: "").errorClass == .staleToken)
    }
  }

  @Test(
    "Each code of the table has its class",
    arguments: [
      (-1, ErrorClass.transient), (61_450, .transient), (40_125, .credentials), (40_013, .credentials),
      (40_164, .networkPolicy), (61_004, .networkPolicy), (89_503, .networkPolicy), (48_001, .accountState),
      (50_002, .accountState), (61_007, .accountState), (45_011, .minuteQuota), (45_009, .dayQuota),
      (61_503, .notReady), (61_501, .request), (47_001, .request), (99_999, .transient),
    ])
  func codes(code: Int, expected: ErrorClass) {
    #expect(APIError.weixin(WeixinFault(endpoint: .hourly, code: code, message: "")).errorClass == expected)
  }

  @Test("What is no envelope has a class too")
  func others() {
    let table: [(APIError, ErrorClass)] = [
      (.http(status: 502), .transient), (.http(status: 429), .transient), (.http(status: 404), .reply),
      (.timedOut(seconds: 10), .transient), (.unreachable(host: "h", cause: "c"), .transient), (.empty, .transient),
      (.truncated, .reply), (.notJSON(start: "<"), .reply), (.tooLarge(limit: 1), .reply),
      (.unexpected(key: "list"), .reply), (.redirected(status: 302), .reply),
      (.tls(host: "h", cause: "c"), .networkPolicy),
      (.notAllowed(address: "a"), .request), (.noToken(cause: "c"), .credentials), (.emptyDay, .notReady),
    ]
    for (error, expected) in table { #expect(error.errorClass == expected) }
    #expect(APIError.emptyDay.isNotReady)
  }
}
