import WeixinModel

extension APIError {
  /// An error in one word or its code, for a narrow column.
  func briefName(_ language: Language) -> String {
    let isZh = language == .zh
    switch self {
    case .weixin(let fault): return "\(fault.code)"
    case .http(let status, _): return "HTTP\(status)"
    case .timedOut: return isZh ? "超时" : "timeout"
    case .unreachable: return isZh ? "网络" : "network"
    case .tls: return "TLS"
    case .noLibrary(let name, _): return name
    case .tooLarge, .empty, .notJSON, .truncated, .unexpected, .absurdTotal, .redirected: return isZh ? "回复" : "reply"
    case .notAllowed: return isZh ? "地址" : "address"
    case .emptyDay: return Phrase.pendingShort.text(language)
    case .offline: return isZh ? "离线" : "offline"
    case .noToken, .tokenSource, .tokenWithheld: return isZh ? "令牌" : "token"
    case .misconfigured: return isZh ? "配置" : "config"
    case .notInCloud: return isZh ? "云调用" : "cloud"
    case .overBudget: return isZh ? "额度" : "quota"
    }
  }
}
