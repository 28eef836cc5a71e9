import WeixinModel

extension Explanation {
  static func english(_ error: APIError) -> Words {
    switch error {
    case .weixin(let fault): return english(fault)
    case .http(let status):
      return (
        "HTTP \(status)", "The API answered with HTTP status \(status).",
        status >= 500 || status == 429 ? "" : "Check the address and any proxy between this server and Weixin."
      )
    case .timedOut(let seconds):
      return ("no answer in \(seconds) s", "Weixin did not answer within \(seconds) seconds.", "")
    case .unreachable(let host, let cause):
      return (
        "\(host) unreachable", "\(host) could not be reached: \(cause).",
        "If it lasts, check this server's network, DNS and proxy."
      )
    case .tls(let host, let cause):
      return (
        "TLS with \(host) failed", "The secure connection to \(host) failed: \(cause).",
        "Check this server's clock and certificates, and any proxy that opens TLS."
      )
    case .tooLarge(let limit):
      return ("reply too large", "The reply was larger than \(limit / 1_024) KiB and was not read.", proxyRemedy)
    case .empty: return ("empty reply", "Weixin sent an empty reply.", "")
    case .notJSON(let start):
      return ("reply is not JSON", "The reply is not JSON; it begins with “\(start)”.", proxyRemedy)
    case .truncated: return ("reply cut short", "The reply ended in the middle.", "")
    case .unexpected(let key): return ("reply lacks \(key)", "The reply lacks a usable “\(key)”.", proxyRemedy)
    case .redirected(let status):
      return (
        "redirect refused", "The API answered with a redirect (HTTP \(status)), which is never followed with a token.",
        "Set api_base to the address that answers by itself."
      )
    case .notAllowed(let address):
      return (
        "address not allowed", "\(address) may not be called: only HTTPS, or plain HTTP on this machine, is allowed.",
        "Correct api_base, or the proxy."
      )
    case .emptyDay:
      return ("day is still empty", "Weixin's answer for the day is still empty, so it is not counted yet.", "")
    case .offline:
      return ("offline", "The archive does not hold it, and wxtop is offline.", "Ask again without --offline.")
    case .notInCloud:
      return (
        "not in cloud calls", "Weixin's cloud call does not have this call, so it was not made.",
        "To see the mass-send speed, give the account an appid with its secret, or a token."
      )
    case .overBudget:
      return (
        "wxtop's part of the quota is spent", "wxtop has spent its part of what the account may still call today.",
        "It goes on at midnight in Beijing; what is left belongs to the account's other programs."
      )
    case .noToken(let cause):
      return ("no access token", "No access token could be had: \(cause).", "Check the configured token source.")
    }
  }

  private static let proxyRemedy = "Check whether a proxy or gateway answers in Weixin's place."

  private static func english(_ fault: WeixinFault) -> Words {
    let code = fault.code
    let address = fault.address ?? "this server's address"
    switch code {
    case 40_164, 61_004:
      return (
        "\(code): \(address) is not whitelisted",
        "Weixin refused the address \(address): it is not on the \(code == 61_004 ? "platform's" : "account's") "
          + "IP whitelist (\(code)).",
        "An administrator must add \(address) on mp.weixin.qq.com under Settings > Basic "
          + "configuration > IP whitelist (设置与开发 → 基本配置 → IP白名单)."
      )
    case 40_125:
      return (
        "40125: wrong AppSecret", "Weixin refused the AppSecret (40125).",
        "Give the current AppSecret from mp.weixin.qq.com; if it was reset, every program of the account needs it."
      )
    case 40_013, 41_002:
      return (
        "\(code): wrong AppID", "Weixin does not know the AppID (\(code)).", "Correct the AppID; it begins with wx."
      )
    case 40_001 where fault.endpoint.isTokenCall, 40_002, 41_004:
      return (
        "\(code): AppID or AppSecret refused", "Weixin refused the AppID or AppSecret (\(code)).",
        "Compare both with mp.weixin.qq.com."
      )
    case 40_001, 40_014, 42_001:
      return (
        "\(code): access token refused", "Weixin refused the access token (\(code)).",
        "Another program may have replaced it. If you gave wxtop the token, give it the current one."
      )
    case 41_001: return ("41001: no access token", "No access token reached Weixin (41001).", "Please report this.")
    case 42_007:
      return (
        "42007: authorisation lapsed", "The account's password changed and the authorisation lapsed (42007).",
        "The account's owner must authorise the platform again."
      )
    case 40_243:
      return (
        "40243: AppSecret is frozen", "The AppSecret is frozen (40243).",
        "An administrator must unfreeze it on mp.weixin.qq.com; it takes effect after ten minutes."
      )
    case 61_023:
      return (
        "61023: refresh token invalid", "The authorizer's refresh token is invalid (61023).",
        "The account's owner must authorise the platform again."
      )
    case 89_501, 89_503, 89_504, 89_505, 89_506, 89_507:
      return (
        "\(code): waiting for an administrator", "An administrator has to confirm this server's address (\(code)).",
        "The administrator must confirm the request that Weixin sent to the phone."
      )
    case 48_001, 48_004, 61_003, 61_007:
      return (
        "\(code): not authorised for this call", "The account may not use this call (\(code)).",
        "Only verified accounts may; a third-party platform also needs the permission set of the call."
      )
    case 50_002, 50_004:
      return (
        "\(code): account is limited", "Weixin has limited the account (\(code)).",
        "See the notices on mp.weixin.qq.com."
      )
    case 45_011: return ("45011: too many calls this minute", "The minute's quota is used up (45011).", "")
    case 45_009, 48_006:
      return (
        "\(code): the day's quota is used up", "The day's quota of this call is used up (\(code)).",
        "It begins anew at midnight in Beijing. Other programs of the account may have spent it."
      )
    case 61_503: return ("61503: not counted yet", "Weixin has not finished counting the day (61503).", "")
    case 61_500, 61_501:
      return (
        "\(code): date refused", "Weixin refused the date (\(code)).", "Check this server's clock; else report this."
      )
    case -1, 61_450: return ("\(code): Weixin is busy", "Weixin's system is busy (\(code)).", "")
    default:
      return (
        "\(code): \(fault.message)", "Weixin answered \(code): \(fault.message).", "Look the code up in Weixin's list."
      )
    }
  }
}
