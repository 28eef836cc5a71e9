/// An error code of Weixin, with the words it has been seen with.
struct Refusal: Error {
  let code: Int

  init(_ code: Int) {
    self.code = code
  }

  /// The text before the request id.
  static func text(of code: Int) -> String { texts[code] ?? "system error" }

  /// What an attacker, or a broken server, might put into a text that ends on a terminal: colours, a window title, a
  /// clipboard, C1 and bidirectional controls, escaped as JSON allows and raw as Weixin has sent them.
  static let hostileText =
    #"\u001b[31mred\u001b]0;owned\u0007\u001b]52;c;b3duZWQ=\u0007 \u009b2J\u0000 \u202egnp.exe\u202c\u200b"#
    + "\u{1B}[2J\u{8}\u{7F}\u{85} raw"

  private static let texts: [Int: String] = [
    -1: "system error",
    40_001: "invalid credential, access_token is invalid or not latest, could get access_token by "
      + "getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r",
    40_002: "invalid grant_type",
    40_013: "invalid appid",
    40_014: "invalid access_token",
    40_033: #"invalid charset. please check your request, if include \\uxxxx will create fail!"#,
    40_066: "invalid url",
    40_125: "invalid appsecret,",
    40_164: "invalid ip 203.0.113.169 ipv6 ::ffff:203.0.113.169, not in whitelist",
    40_243: "AppSecret has been frozen",
    41_001: "access_token missing",
    41_002: "appid missing",
    41_003: "refresh_token missing",
    41_004: "appsecret missing",
    42_001: "access_token expired",
    42_007: "access_token and refresh_token exception",
    43_001: "require GET method",
    43_002: "require POST method",
    43_003: "require https",
    44_002: "empty post data",
    45_009: "reach max api daily quota limit",
    45_011: "api minute-quota reach limit, must slower, retry next minute",
    45_083: "the speed out of range",
    45_084: "No speed message",
    47_001: "data format error",
    48_001: "api unauthorized",
    48_004: "api forbidden for irregularities, view detail on mp.weixin.qq.com",
    48_006: "forbid to clear quota because of reaching the limit",
    48_017: "invalid ip",
    50_002: "user limited",
    50_004: "forbidden to use token",
    50_005: "user unsubscribed",
    61_003: "component is not authorized by this account",
    61_004: "access clientip is not registered requestIP: 203.0.113.7",
    61_007: "api is unauthorized to component",
    61_023: "refresh_token is invalid",
    61_450: "system error",
    61_451: "invalid parameter",
    61_500: "date format error",
    61_501: "date range error",
    61_503: "data not ready, please try later",
    76_003: "cgi_path not found, please check",
    76_021: "cgi_path not found, please check",
    76_022: "could not use this cgi_path, no permission",
    89_501: "此 IP 正在等待管理员确认,请联系管理员",
    89_503: "此 IP 调用需要管理员确认,请联系管理员",
    89_504: "need admin confirm",
    89_505: "waiting for admin confirm",
    89_506: "24小时内该 IP 被管理员拒绝调用两次，24小时内不可再使用该 IP 调用",
    89_507: "1小时内该 IP 被管理员拒绝调用一次，1小时内不可再使用该 IP 调用",
  ]
}
