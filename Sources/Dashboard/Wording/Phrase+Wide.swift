import WeixinModel

extension Phrase {
  static func view(_ view: ViewName) -> Phrase {
    switch view {
    case .day: said(en: "day", zh: "日")
    case .week: said(en: "week", zh: "周")
    case .month: said(en: "month", zh: "月")
    case .year: said(en: "year", zh: "年")
    case .all: said(en: "all years", zh: "全部")
    case .table: said(en: "table", zh: "表格")
    case .speed: said(en: "speed", zh: "群发速度")
    case .accounts: said(en: "accounts", zh: "公众号")
    }
  }

  static func inDays(_ days: String, isOne: Bool) -> Phrase {
    said(en: isOne ? "in 1 day" : "in \(days) days", zh: "共 \(days) 天")
  }
  static func sameDays(of name: String) -> Phrase { said(en: "vs same days of \(name)", zh: "较\(name)同日") }
  static func days(_ days: String, of name: String) -> Phrase {
    said(en: "vs same \(days) days of \(name)", zh: "较\(name)同期 \(days) 天")
  }
  static func short(versus name: String) -> Phrase { said(en: "vs \(name)", zh: "较\(name)") }
  static let aDay = said(en: "a day", zh: "日均")
  static let best = said(en: "most", zh: "最高")
  static let perHour = said(en: "per hour", zh: "每小时")
  static let perDay = said(en: "per day", zh: "每天")
  static let perDayOfWeek = said(en: "average day", zh: "日均")
  static let total = said(en: "total", zh: "合计")
  static let usual = said(en: "usual", zh: "通常")
  static let tooLittle = said(en: "too little history for what is usual", zh: "历史不足，无法得出常态")
  static let zero = said(en: "0", zh: "0")
  static let pendingShort = said(en: "pending", zh: "待发布")
  static let failedShort = said(en: "failed", zh: "失败")
  static let unknownShort = said(en: "not fetched", zh: "未获取")
  static let fetchingShort = said(en: "fetching", zh: "获取中")
  static let provisionalShort = said(en: "provisional", zh: "暂定")
  static let futureShort = said(en: "to come", zh: "未到")
  static func opensAt(_ time: String) -> Phrase { said(en: "pending: \(time)", zh: "待发布 \(time)") }
  static func hits(_ text: String, _ count: Int, isHours: Bool) -> Phrase {
    let unit = isHours ? (count == 1 ? "hour" : "hours") : count == 1 ? "day" : "days"
    return said(en: "/\(text): \(count) \(unit)", zh: "/\(text)：\(count) \(isHours ? "小时" : "天")")
  }
  static func kept(_ kept: String, of all: String) -> Phrase {
    said(en: "\(kept) of \(all) days kept", zh: "已存 \(kept)/\(all) 天")
  }
  static func keptFew(_ kept: String, of all: String, key: String) -> Phrase {
    said(en: "\(kept) of \(all) days kept, \(key) fetches the rest", zh: "仅存 \(kept)/\(all) 天，\(key) 补全其余")
  }
  static func keptFewBriefly(_ kept: String, of all: String, key: String) -> Phrase {
    said(en: "\(kept)/\(all) days, \(key) gets more", zh: "仅存 \(kept)/\(all) 天，\(key) 补全")
  }
  static let readingArchive = said(en: "reading the archive", zh: "正在读取存档")
  static func medianHour(_ week: String) -> Phrase { said(en: "median hour of \(week)", zh: "\(week)各小时的中位数") }
  static let monthlyTotals = said(en: "messages a month", zh: "每月消息数")
  static let monthlyUsers = said(en: "users a month, at least", zh: "每月用户数（下限）")
  static let noneKept = said(en: "no day is kept here", zh: "此范围内没有已存的数据")
  static func aboveBand(_ isAbove: Bool) -> Phrase {
    isAbove ? said(en: "above the band", zh: "高于区间") : said(en: "below the band", zh: "低于区间")
  }
  static let wasRevised = said(en: "revised", zh: "已修订")
  static func daysOfSeven(_ days: Int) -> Phrase { said(en: "\(days) of 7 days", zh: "7 天中的 \(days) 天") }
  static let weekBeforeYear = said(en: "vs a year before", zh: "较去年同周")
  static let hintOpenDay = said(en: "open", zh: "打开")
  static let hintZoom = said(en: "zoom", zh: "缩放")
  static let hintMonth = said(en: "month", zh: "月")
  static let hintYear = said(en: "year", zh: "年")
  static let hintUnusual = said(en: "unusual", zh: "异常")
  static let hintCalendar = said(en: "calendar", zh: "日历")
  static let hintNumbers = said(en: "numbers", zh: "数值")
  static let hintFind = said(en: "find", zh: "筛选")
  static let hintNextHit = said(en: "next hit", zh: "下一处")
  static let hintClose = said(en: "close", zh: "关闭")
}

extension Phrase {
  static let hintCompare = said(en: "compare", zh: "对比")
  static let hintCommand = said(en: "command", zh: "命令")
  static let hintSort = said(en: "sort", zh: "排序")
  static let hintExport = said(en: "export", zh: "导出")
  static let hintLog = said(en: "log", zh: "日志")
}
