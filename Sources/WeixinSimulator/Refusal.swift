/// An error code of Weixin, with the words it has been seen with.
struct Refusal: Error {
  let code: Int

  init(_ code: Int) {
    self.code = code
  }

  /// The text before the request id.
  static func text(of code: Int) -> String { texts[code] ?? "system error" }

  private static let texts: [Int: String] = [
    -1: "system error",
    40_001: "invalid credential, access_token is invalid or not latest, could get access_token by "
      + "getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r",
    40_002: "invalid grant_type",
    40_013: "invalid appid",
    40_014: "invalid access_token",
    40_125: "invalid appsecret,",
    40_164: "invalid ip 203.0.113.169 ipv6 ::ffff:203.0.113.169, not in whitelist",
    40_243: "AppSecret has been frozen",
    41_001: "access_token missing",
    41_002: "appid missing",
    41_004: "appsecret missing",
    42_001: "access_token expired",
    42_007: "access_token and refresh_token exception",
    43_001: "require GET method",
    43_002: "require POST method",
    44_002: "empty post data",
    45_009: "reach max api daily quota limit",
    45_011: "api minute-quota reach limit, must slower, retry next minute",
    47_001: "data format error",
    48_001: "api unauthorized",
    50_002: "user limited",
    61_004: "access clientip is not registered requestIP: 203.0.113.7",
    61_007: "api is unauthorized to component",
    61_023: "refresh_token is invalid",
    61_500: "date format error",
    61_501: "date range error",
    61_503: "data not ready, please try later",
    76_003: "cgi_path not found, please check",
  ]
}
