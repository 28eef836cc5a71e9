import WeixinModel

extension Explanation {
  static func chinese(_ error: APIError) -> Words {
    switch error {
    case .weixin(let fault): return chinese(fault)
    case .http(let status):
      return (
        "HTTP \(status)", "接口返回了 HTTP 状态 \(status)。", status >= 500 || status == 429 ? "" : "请检查接口地址，以及本机与微信之间的代理。"
      )
    case .timedOut(let seconds): return ("\(seconds) 秒内无响应", "微信在 \(seconds) 秒内没有响应。", "")
    case .unreachable(let host, let cause):
      return ("无法连接 \(host)", "无法连接 \(host)：\(cause)。", "若持续如此，请检查本机的网络、DNS 和代理。")
    case .tls(let host, let cause):
      return ("与 \(host) 的 TLS 失败", "与 \(host) 的安全连接失败：\(cause)。", "请检查本机时钟、证书，以及会拆开 TLS 的代理。")
    case .tooLarge(let limit): return ("响应过大", "响应超过 \(limit / 1_024) KiB，没有读取。", proxyRemedyInChinese)
    case .empty: return ("响应为空", "微信返回了空响应。", "")
    case .notJSON(let start): return ("响应不是 JSON", "响应不是 JSON，开头是“\(start)”。", proxyRemedyInChinese)
    case .truncated: return ("响应不完整", "响应在中途结束。", "")
    case .unexpected(let key): return ("响应缺少 \(key)", "响应缺少可用的“\(key)”。", proxyRemedyInChinese)
    case .redirected(let status):
      return ("拒绝重定向", "接口返回重定向（HTTP \(status)），wxtop 不会带着令牌跟随。", "请把 api_base 设为直接应答的地址。")
    case .notAllowed(let address):
      return ("地址不允许", "不能调用 \(address)：只允许 HTTPS，或本机上的 HTTP。", "请改正 api_base 或代理。")
    case .emptyDay: return ("当天仍为空", "微信对这一天的回答仍为空，尚未统计完成。", "")
    case .offline: return ("离线", "存档中没有，而 wxtop 处于离线状态。", "请去掉 --offline 再试。")
    case .notInCloud:
      return ("云调用不支持", "微信云调用不支持这个接口，没有发出请求。", "要查看群发速度，请为账号配置 appid 和 secret，或 access_token。")
    case .overBudget:
      return ("wxtop 的额度份额已用完", "wxtop 已用完该账号今日剩余额度中属于它的一份。", "北京时间零点后继续，其余额度留给账号的其他程序。")
    case .noToken(let cause): return ("没有 access_token", "无法取得 access_token：\(cause)。", "请检查所配置的令牌来源。")
    }
  }

  private static let proxyRemedyInChinese = "请检查是否有代理或网关代替微信应答。"

  private static func chinese(_ fault: WeixinFault) -> Words {
    let code = fault.code
    let address = fault.address ?? "本机地址"
    switch code {
    case 40_164, 61_004:
      return (
        "\(code)：\(address) 不在白名单", "微信拒绝了地址 \(address)：不在\(code == 61_004 ? "平台" : "账号")的 IP 白名单（\(code)）。",
        "请管理员在 mp.weixin.qq.com 的 设置与开发 → 基本配置 → IP白名单 添加 \(address)。"
      )
    case 40_125:
      return ("40125：AppSecret 错误", "微信拒绝了 AppSecret（40125）。", "请填写 mp.weixin.qq.com 上当前的 AppSecret；若已重置，该账号的所有程序都要更换。")
    case 40_013, 41_002: return ("\(code)：AppID 错误", "微信不认识这个 AppID（\(code)）。", "请改正 AppID，它以 wx 开头。")
    case 40_001 where fault.endpoint.isTokenCall, 40_002, 41_004:
      return ("\(code)：AppID 或 AppSecret 被拒绝", "微信拒绝了 AppID 或 AppSecret（\(code)）。", "请与 mp.weixin.qq.com 核对两者。")
    case 40_001, 40_014, 42_001:
      return (
        "\(code)：access_token 被拒绝", "微信拒绝了 access_token（\(code)）。", "可能已被其他程序替换。若令牌由你提供，请换成当前的令牌。"
      )
    case 41_001: return ("41001：缺少 access_token", "微信没有收到 access_token（41001）。", "请报告此问题。")
    case 42_007: return ("42007：授权已失效", "账号改过密码，授权已失效（42007）。", "请账号所有者重新授权给平台。")
    case 40_243: return ("40243：AppSecret 已冻结", "AppSecret 已被冻结（40243）。", "请管理员在 mp.weixin.qq.com 解冻，十分钟后生效。")
    case 61_023: return ("61023：刷新令牌无效", "授权方的刷新令牌无效（61023）。", "请账号所有者重新授权给平台。")
    case 89_501, 89_503, 89_504, 89_505, 89_506, 89_507:
      return ("\(code)：等待管理员确认", "管理员需要确认本机地址（\(code)）。", "请管理员在手机上确认微信发出的请求。")
    case 48_001, 48_004, 61_003, 61_007:
      return ("\(code)：无此接口权限", "该账号不能使用这个接口（\(code)）。", "只有认证账号可用；第三方平台还需要对应的权限集。")
    case 50_002, 50_004: return ("\(code)：账号受限", "微信限制了该账号（\(code)）。", "请查看 mp.weixin.qq.com 的通知。")
    case 45_011: return ("45011：本分钟调用过多", "本分钟的额度已用完（45011）。", "")
    case 45_009, 48_006: return ("\(code)：当日额度已用完", "该接口当日的额度已用完（\(code)）。", "北京时间零点重新计算，可能被该账号的其他程序用掉。")
    case 61_503: return ("61503：尚未统计完成", "微信还没有统计完这一天（61503）。", "")
    case 61_500, 61_501: return ("\(code)：日期被拒绝", "微信拒绝了这个日期（\(code)）。", "请检查本机时钟；若无误请报告此问题。")
    case -1, 61_450: return ("\(code)：微信系统繁忙", "微信系统繁忙（\(code)）。", "")
    default: return ("\(code)：\(fault.message)", "微信返回 \(code)：\(fault.message)。", "请在微信的错误码表中查询。")
    }
  }
}
