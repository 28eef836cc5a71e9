extension Phrase {
  static let onlyAccount = said(en: "There is no other account in the configuration", zh: "配置中没有其他公众号")
  static let onlyNewest = said(
    en: "The accounts are listed for their newest day. Enter opens one", zh: "列表只显示最新一天，按 Enter 打开公众号")
  static let onlyInAccount = said(en: "That is for one account. Enter opens it", zh: "只用于单个公众号，按 Enter 打开")
  static let noTrouble = said(en: "No account has an error or an unusual day", zh: "没有出错或异常的公众号")
  static let pausedShort = said(en: "paused", zh: "已暂停")
  static let provisionalBrief = said(en: "prov.", zh: "暂定")
  static let finalBrief = said(en: "final", zh: "定稿")
  static let fetchingBrief = said(en: "fetch", zh: "获取中")
  static let pendingBrief = said(en: "wait", zh: "待发")
  static let missingBrief = said(en: "none", zh: "未获取")
  static let neverSeen = said(en: "never seen yet", zh: "从未取得")
  static let fix = said(en: "fix: ", zh: "处理：")
  static let newestKept = said(en: "newest day kept: ", zh: "已存的最新一天：")
  static let unusualWord = said(en: "unusual", zh: "异常")
  static let eventsTitle = said(en: "events", zh: "事件")
  static let sortedBy = said(en: "sort: ", zh: "排序：")
  static let messagesBrief = said(en: "msgs", zh: "消息")
  static let fixAddress = said(en: "The address to whitelist", zh: "要加入白名单的地址")
  static let theAccount = said(en: "The account's numbers", zh: "公众号的数据")

  static func ago(_ time: String) -> Phrase { said(en: "\(time) ago", zh: "\(time)前") }
  static func seen(_ ago: String) -> Phrase { said(en: "seen \(ago)", zh: "\(ago)取得") }
  static func copiesAddress(_ key: String) -> Phrase { said(en: "\(key) copies it", zh: "\(key) 复制") }
  static func provisionalUntil(_ time: String) -> Phrase {
    said(en: "provisional, checked again after \(time)", zh: "暂定，\(time) 后复查")
  }
  static func retriesByHand(_ key: String) -> Phrase {
    said(
      en: "No retry by itself: \(key) tries again. Kept days can still be opened.",
      zh: "wxtop 不会自动重试，按 \(key) 重试。已存的日子仍可打开。")
  }
  static func retriesAt(_ time: String, key: String) -> Phrase {
    said(
      en: "next try in \(time), with \(key) at once. Kept days can be opened.",
      zh: "\(time)后重试，按 \(key) 立即重试。已存的日子仍可打开。")
  }
  static func accountCount(_ count: String, isOne: Bool) -> Phrase {
    said(en: isOne ? "1 account" : "\(count) accounts", zh: "\(count) 个公众号")
  }
  static func inAccounts(_ kept: String, of all: String) -> Phrase {
    said(en: "in \(kept) of \(all) accounts", zh: "来自 \(kept)/\(all) 个公众号")
  }
  static func provisionalCount(_ count: String) -> Phrase { said(en: "\(count) provisional", zh: "\(count) 个暂定") }
  static func accountHits(_ text: String, _ count: String) -> Phrase {
    said(en: "/\(text): \(count)", zh: "/\(text)：\(count) 个")
  }
  static func noAccount(_ text: String) -> Phrase {
    said(en: "No account matches \(text). Esc shows all", zh: "没有匹配 \(text) 的公众号，按 Esc 显示全部")
  }
  static func okCount(_ count: String) -> Phrase { said(en: "\(count) ok", zh: "\(count) 正常") }
  static func waitingCount(_ count: String) -> Phrase { said(en: "\(count) waiting", zh: "\(count) 等待") }
  static func errorCount(_ count: String, isOne: Bool) -> Phrase {
    said(en: isOne ? "1 error" : "\(count) errors", zh: "\(count) 出错")
  }
  static func callsOfAll(_ count: String) -> Phrase { said(en: "\(count) calls today", zh: "今日调用 \(count) 次") }
  static func retrying(_ name: String) -> Phrase { said(en: "Asking Weixin again for \(name)", zh: "正在重新查询 \(name)") }
  static func opened(_ name: String) -> Phrase { said(en: "\(name) is open", zh: "已打开 \(name)") }
  static func noSuchAccount(_ name: String, _ known: String) -> Phrase {
    said(en: "There is no account \(name). There are \(known)", zh: "没有公众号 \(name)，只有 \(known)")
  }
  static func severalAccounts(_ name: String, _ found: String) -> Phrase {
    said(en: "\(name) may be \(found)", zh: "\(name) 可能是 \(found)")
  }
  static func sorting(_ column: AccountOrder.Column) -> Phrase {
    let name = order(column)
    return said(en: "Sorted by \(name.text(.en))", zh: "按\(name.text(.zh))排序")
  }

  /// The name of an order, for a sentence.
  static func order(_ column: AccountOrder.Column) -> Phrase {
    switch column {
    case .messages: said(en: "messages", zh: "消息")
    case .change: said(en: "change", zh: "变化")
    case .state: said(en: "state", zh: "状态")
    case .account: said(en: "name", zh: "名称")
    case .speed: said(en: "mass-send level", zh: "群发等级")
    case .configured: said(en: "configuration", zh: "配置顺序")
    }
  }

  /// The head of a column.
  static func column(_ column: AccountColumns.Column, isBrief: Bool) -> Phrase {
    switch column {
    case .account: said(en: "account", zh: "公众号")
    case .speed: isBrief ? said(en: "L", zh: "级") : said(en: "mass send", zh: "群发速度")
    case .age: said(en: "seen", zh: "多久前")
    case .next: said(en: "next in", zh: "再查")
    case .messages: messagesBrief
    case .usual: usual
    case .change: said(en: "change", zh: "变化")
    case .peak: peak
    case .hours: said(en: "hours", zh: "小时")
    case .state: said(en: "state", zh: "状态")
    case .error: said(en: "last error", zh: "最近错误")
    case .calls: said(en: "calls", zh: "调用")
    }
  }
}

extension Phrase {
  static let hintSelect = said(en: "select", zh: "选择")
  static let hintFilter = said(en: "filter", zh: "筛选")
  static let hintInvert = said(en: "invert", zh: "反向")
  static let hintRetry = said(en: "retry", zh: "重试")
  static let hintTrouble = said(en: "trouble", zh: "找问题")
  static let hintCopy = said(en: "copy", zh: "复制")
}
