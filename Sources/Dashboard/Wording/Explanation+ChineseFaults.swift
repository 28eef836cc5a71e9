import WeixinModel

extension Explanation {
  static func chineseFault(_ fault: WeixinFault) -> Words {
    let code = fault.code
    switch fault.errorClass {
    case .networkPolicy: return chineseNetworkPolicy(fault)
    case .credentials, .staleToken: return chineseCredentials(fault)
    case .accountState: return chineseAccountState(fault)
    case .request: return chineseRequest(fault)
    case .minuteQuota: return ("\(code)：本分钟调用过多", "本分钟的额度已用完（\(code)）。", "")
    case .dayQuota where code == 48_006:
      return ("48006：清零次数已用完", "本月清零额度的次数已用完（48006）。", "wxtop 从不清零，是该账号的其他程序用掉的。")
    case .dayQuota:
      return ("\(code)：当日额度已用完", "该接口当日的额度已用完（\(code)）。", "北京时间零点重新计算，可能被该账号的其他程序用掉。")
    case .notReady: return ("\(code)：尚未统计完成", "微信还没有统计完这一天（\(code)）。", "")
    case .transient, .reply:
      if code == -1 || code == 61_450 { return ("\(code)：微信系统繁忙", "微信系统繁忙（\(code)）。", "") }
      return ("\(code)：\(fault.message)", "微信返回 \(code)：\(fault.message)。", "请在微信的错误码表中查询。")
    }
  }

  private static func chineseNetworkPolicy(_ fault: WeixinFault) -> Words {
    let code = fault.code
    let address = fault.address ?? "本机地址"
    switch code {
    case 89_501, 89_505:
      return ("\(code)：等待管理员确认", "微信已请管理员确认本机地址（\(code)）。", "请管理员在手机上确认微信发出的请求。")
    case 89_503, 89_504:
      return ("\(code)：需要管理员确认", "管理员需要确认本机地址（\(code)）。", "请管理员在手机上确认微信发出的请求。")
    case 89_506:
      return ("89506：管理员已拒绝两次", "管理员两次拒绝了本机地址，24 小时内不能调用（89506）。", "请与管理员商定，24 小时后会再次询问管理员。")
    case 89_507:
      return ("89507：管理员已拒绝", "管理员拒绝了本机地址，1 小时内不能调用（89507）。", "请与管理员商定，1 小时后会再次询问管理员。")
    case 48_017:
      return (
        "48017：调用的地址已停用", "微信不再在所调用的地址应答（48017）。",
        "请用域名 api.weixin.qq.com 调用，去掉 api_base、代理和 /etc/hosts 中的固定地址。"
      )
    case 61_004:
      return (
        "61004：\(address) 不在白名单", "微信拒绝了地址 \(address)：不在平台的 IP 白名单（61004）。",
        "请第三方平台的管理员在 open.weixin.qq.com 的 白名单IP地址列表 添加 \(address)。"
      )
    default:
      return (
        "\(code)：\(address) 不在白名单", "微信拒绝了地址 \(address)：不在账号的 IP 白名单（\(code)）。",
        "请管理员在 mp.weixin.qq.com 的 设置与开发 → 基本配置 → IP白名单 添加 \(address)。"
      )
    }
  }

  private static func chineseCredentials(_ fault: WeixinFault) -> Words {
    let code = fault.code
    switch code {
    case 40_125:
      return ("40125：AppSecret 错误", "微信拒绝了 AppSecret（40125）。", "请填写 mp.weixin.qq.com 上当前的 AppSecret；若已重置，该账号的所有程序都要更换。")
    case 40_013, 41_002: return ("\(code)：AppID 错误", "微信不认识这个 AppID（\(code)）。", "请改正 AppID，它以 wx 开头。")
    case 40_001 where fault.endpoint.isTokenCall, 40_002, 41_004:
      return ("\(code)：AppID 或 AppSecret 被拒绝", "微信拒绝了 AppID 或 AppSecret（\(code)）。", "请与 mp.weixin.qq.com 核对两者。")
    case 41_001:
      return ("41001：缺少 access_token", "微信没有收到 access_token（41001）。", "云调用只能在微信云托管内使用；若在别处，请报告此问题。")
    case 42_007: return ("42007：授权已失效", "账号改过密码，授权已失效（42007）。", "请账号所有者重新授权给平台。")
    case 40_243: return ("40243：AppSecret 已冻结", "AppSecret 已被冻结（40243）。", "请管理员在 mp.weixin.qq.com 解冻，十分钟后生效。")
    case 41_003: return ("41003：缺少刷新令牌", "缺少授权方的刷新令牌（41003）。", "请账号所有者重新授权给平台。")
    case 61_023: return ("61023：刷新令牌无效", "授权方的刷新令牌无效（61023）。", "请账号所有者重新授权给平台。")
    default:
      return (
        "\(code)：access_token 被拒绝", "微信拒绝了 access_token（\(code)）。", "可能已被其他程序替换。若令牌由你提供，请换成当前的令牌。"
      )
    }
  }

  private static func chineseAccountState(_ fault: WeixinFault) -> Words {
    let code = fault.code
    switch code {
    case 48_004: return ("48004：接口被封禁", "微信封禁了该账号的这个接口（48004）。", "请查看 mp.weixin.qq.com 的通知。")
    case 50_002, 50_004, 50_005:
      return ("\(code)：账号受限", "微信限制了该账号（\(code)）。", "请查看 mp.weixin.qq.com 的通知。")
    default: return ("\(code)：无此接口权限", "该账号不能使用这个接口（\(code)）。", "只有认证账号可用；第三方平台还需要对应的权限集。")
    }
  }

  private static func chineseRequest(_ fault: WeixinFault) -> Words {
    let code = fault.code
    switch code {
    case 61_500, 61_501: return ("\(code)：日期被拒绝", "微信拒绝了这个日期（\(code)）。", "请检查本机时钟；若无误请报告此问题。")
    case 40_066:
      return ("40066：没有这个接口", "所调用的不是微信的接口（40066）。", "请检查 api_base，以及代理是否改动了路径；若无误请报告此问题。")
    case 43_003: return ("43003：需要 HTTPS", "微信要求使用 HTTPS（43003）。", "请把 api_base 设为 https 地址。")
    default: return ("\(code)：wxtop 的请求有误", "微信没有看懂这次调用（\(code)）。", "请报告此问题，并附上请求编号（rid）。")
    }
  }
}
