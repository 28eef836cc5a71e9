import WeixinModel

extension Explanation {
  static func englishFault(_ fault: WeixinFault) -> Words {
    let code = fault.code
    switch fault.errorClass {
    case .networkPolicy: return englishNetworkPolicy(fault)
    case .credentials, .staleToken: return englishCredentials(fault)
    case .accountState: return englishAccountState(fault)
    case .request: return englishRequest(fault)
    case .minuteQuota:
      return ("\(code): too many calls this minute", "The minute's quota is used up (\(code)).", "")
    case .dayQuota where code == 48_006:
      return (
        "48006: no quota reset is left", "The month's resets of quotas are used up (48006).",
        "wxtop never resets one; another program of the account did."
      )
    case .dayQuota:
      return (
        "\(code): the day's quota is used up", "The day's quota of this call is used up (\(code)).",
        "It begins anew at midnight in Beijing. Other programs of the account may have spent it."
      )
    case .notReady: return ("\(code): not counted yet", "Weixin has not finished counting the day (\(code)).", "")
    case .transient, .reply:
      if code == -1 || code == 61_450 {
        return ("\(code): Weixin is busy", "Weixin's system is busy (\(code)).", "")
      }
      return (
        "\(code): \(fault.message)", "Weixin answered \(code): \(fault.message).", "Look the code up in Weixin's list."
      )
    }
  }

  private static func englishNetworkPolicy(_ fault: WeixinFault) -> Words {
    let code = fault.code
    let address = fault.address ?? "this server's address"
    switch code {
    case 89_501, 89_505:
      return (
        "\(code): an administrator is being asked",
        "Weixin has asked an administrator to confirm this server's address (\(code)).",
        "An administrator must confirm the request that Weixin sent to the phone."
      )
    case 89_503, 89_504:
      return (
        "\(code): an administrator must confirm", "An administrator has to confirm this server's address (\(code)).",
        "An administrator must confirm the request that Weixin sends to the phone."
      )
    case 89_506:
      return (
        "89506: an administrator refused twice",
        "An administrator refused this server's address twice, so it may not call for 24 hours (89506).",
        "Agree with the administrator, who is asked again after the 24 hours."
      )
    case 89_507:
      return (
        "89507: an administrator refused",
        "An administrator refused this server's address, so it may not call for an hour (89507).",
        "Agree with the administrator, who is asked again after the hour."
      )
    case 48_017:
      return (
        "48017: called at an old address", "Weixin no longer answers at the address that was called (48017).",
        "Call api.weixin.qq.com by its name: take fixed addresses out of api_base, the proxy and /etc/hosts."
      )
    case 61_004:
      return (
        "61004: \(address) is not whitelisted",
        "Weixin refused the address \(address): it is not on the platform's IP whitelist (61004).",
        "The third-party platform's administrator must add \(address) to its whitelist on open.weixin.qq.com (白名单IP地址列表)."
      )
    default:
      return (
        "\(code): \(address) is not whitelisted",
        "Weixin refused the address \(address): it is not on the account's IP whitelist (\(code)).",
        "An administrator must add \(address) on mp.weixin.qq.com under Settings > Basic "
          + "configuration > IP whitelist (设置与开发 → 基本配置 → IP白名单)."
      )
    }
  }

  private static func englishCredentials(_ fault: WeixinFault) -> Words {
    let code = fault.code
    switch code {
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
    case 41_001:
      return (
        "41001: no access token", "No access token reached Weixin (41001).",
        "A cloud call works only inside Weixin's cloud hosting; anywhere else, please report this."
      )
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
    case 41_003, 61_023:
      return (
        "\(code): refresh token \(code == 41_003 ? "missing" : "invalid")",
        "The authorizer's refresh token is \(code == 41_003 ? "missing" : "invalid") (\(code)).",
        "The account's owner must authorise the platform again."
      )
    default:
      return (
        "\(code): access token refused", "Weixin refused the access token (\(code)).",
        "Another program may have replaced it. If you gave wxtop the token, give it the current one."
      )
    }
  }

  private static func englishAccountState(_ fault: WeixinFault) -> Words {
    let code = fault.code
    switch code {
    case 48_004:
      return (
        "48004: call is banned", "Weixin has banned the account from this call (48004).",
        "See the notices on mp.weixin.qq.com."
      )
    case 50_002, 50_004, 50_005:
      return (
        "\(code): account is limited", "Weixin has limited the account (\(code)).",
        "See the notices on mp.weixin.qq.com."
      )
    default:
      return (
        "\(code): not authorised for this call", "The account may not use this call (\(code)).",
        "Only verified accounts may; a third-party platform also needs the permission set of the call."
      )
    }
  }

  private static func englishRequest(_ fault: WeixinFault) -> Words {
    let code = fault.code
    switch code {
    case 61_500, 61_501:
      return (
        "\(code): date refused", "Weixin refused the date (\(code)).", "Check this server's clock; else report this."
      )
    case 40_066:
      return (
        "40066: no such call", "What was called is no call of Weixin's (40066).",
        "Check api_base, and that a proxy leaves the path as it is; else report this."
      )
    case 43_003:
      return ("43003: HTTPS is wanted", "Weixin wants HTTPS (43003).", "Set api_base to an address with https.")
    default:
      return (
        "\(code): wxtop asked wrongly", "Weixin did not understand the call (\(code)).",
        "Please report this, with the request id if there is one."
      )
    }
  }
}
