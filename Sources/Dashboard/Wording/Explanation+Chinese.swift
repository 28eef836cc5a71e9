import WeixinModel

extension Explanation {
  static func chinese(_ error: APIError) -> Words {
    switch error {
    case .weixin(let fault): return chineseFault(fault)
    case .http(let status, _):
      return (
        "HTTP \(status)", "接口返回了 HTTP 状态 \(status)。", status >= 500 || status == 429 ? "" : "请检查接口地址，以及本机与微信之间的代理。"
      )
    case .timedOut(let seconds): return ("\(seconds) 秒内无响应", "微信在 \(seconds) 秒内没有响应。", "")
    case .unreachable(let host, let cause):
      return ("无法连接 \(host)", "无法连接 \(host)：\(cause)。", "若持续如此，请检查本机的网络、DNS 和代理。")
    case .tls(let host, let cause):
      return ("与 \(host) 的 TLS 失败", "与 \(host) 的安全连接失败：\(cause)。", "请检查本机时钟、证书，以及会拆开 TLS 的代理。")
    case .noLibrary(let name, let cause):
      return ("缺少 \(name)", "没有 \(name) 无法调用接口：\(cause)。", "请服务器管理员安装（Debian、Ubuntu：libcurl4）。")
    case .tooLarge(let limit): return ("响应过大", "响应超过 \(limit / 1_024) KiB，没有读取。", proxyRemedyInChinese)
    case .empty: return ("响应为空", "微信返回了空响应。", "")
    case .notJSON(let start): return ("响应不是 JSON", "响应不是 JSON，开头是“\(start)”。", proxyRemedyInChinese)
    case .truncated: return ("响应不完整", "响应在中途结束。", "")
    case .unexpected(let key): return ("响应缺少 \(key)", "响应缺少可用的“\(key)”。", proxyRemedyInChinese)
    case .absurdTotal: return ("数量荒谬", "当天各行相加超过任何账号可能的数量，全部未采用。", proxyRemedyInChinese)
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
    case .misconfigured(let cause): return ("无法监视", "\(cause)。", "请改好该账号的配置，wxtop 会自动察觉。")
    case .tokenWithheld(let seconds?):
      return (
        "\(seconds) 秒内不取经典令牌", "五分钟内已取过经典令牌，而每次获取都会使生产环境的令牌失效。", "wxtop 将在 \(seconds) 秒后再取。去掉 token: classic 即无需等待。"
      )
    case .tokenWithheld(nil):
      return (
        "未持锁，不取经典令牌", "无法取得存档旁的锁，因此没有获取经典令牌：两个 wxtop 会互相夺走令牌。",
        "请检查是否有 wxtop 停住，以及存档及其 -lock 是否属于本用户；或去掉 token: classic。"
      )
    case .tokenSource(let cause):
      return ("没有 access_token", "无法取得 access_token：\(cause)。", "请检查所配置的令牌来源。")
    case .noToken(let cause): return ("没有可用的 access_token", "无法取得 access_token：\(cause)。", "请检查所配置的令牌来源。")
    }
  }

  private static let proxyRemedyInChinese = "请检查是否有代理或网关代替微信应答。"
}
