import Dashboard

/// What one check found.
struct Finding: Sendable {
  var check: Check
  var outcome: Outcome
  /// What was seen.
  var detail: String
  /// Who must do what; empty where nobody must.
  var remedy = ""
  /// The exit status that a failure stands for.
  var status: Int32 = 0

  enum Outcome: String, CaseIterable, Sendable {
    case ok, warning, fail, skipped
  }
}

/// What doctor looks at, in the order in which it says so.
enum Check: String, CaseIterable, Sendable {
  case configuration, account, credentials, archive, log, libcurl, proxy, network, clock, whitelist, token, speed,
    hourly, quota
  case terminal
}

extension Finding.Outcome {
  func name(_ language: Language) -> String {
    if language == .en { return rawValue }
    switch self {
    case .ok: return "正常"
    case .warning: return "注意"
    case .fail: return "失败"
    case .skipped: return "跳过"
    }
  }
}

extension Check {
  func name(_ language: Language) -> String {
    switch (self, language) {
    case (.token, .en): "access token"
    case (.speed, .en): "mass-send speed"
    case (.hourly, .en): "hourly messages"
    case (_, .en): rawValue
    case (.configuration, .zh): "配置"
    case (.account, .zh): "账号"
    case (.credentials, .zh): "凭据"
    case (.archive, .zh): "存档"
    case (.log, .zh): "日志"
    case (.libcurl, .zh): rawValue
    case (.proxy, .zh): "代理"
    case (.network, .zh): "网络"
    case (.clock, .zh): "时钟"
    case (.whitelist, .zh): "IP 白名单"
    case (.token, .zh): "access_token"
    case (.speed, .zh): "群发速度"
    case (.hourly, .zh): "分时消息"
    case (.quota, .zh): "调用额度"
    case (.terminal, .zh): "终端"
    }
  }

  /// Found as it should be.
  func ok(_ detail: String) -> Finding { Finding(check: self, outcome: .ok, detail: detail) }

  /// Works, but somebody should know.
  func warning(_ detail: String, _ remedy: String = "") -> Finding {
    Finding(check: self, outcome: .warning, detail: detail, remedy: remedy)
  }

  /// Does not work.
  func fail(_ detail: String, _ remedy: String, status: Int32) -> Finding {
    Finding(check: self, outcome: .fail, detail: detail, remedy: remedy, status: status)
  }

  /// Not looked at, because another check has to pass first.
  func skipped(needs other: Check, _ language: Language) -> Finding {
    let name = other.name(language)
    return Finding(check: self, outcome: .skipped, detail: language == .zh ? "需要先解决：\(name)" : "needs \(name)")
  }

  /// Not looked at, for another reason.
  func skipped(_ reason: String) -> Finding { Finding(check: self, outcome: .skipped, detail: reason) }
}
