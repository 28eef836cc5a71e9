extension Action {
  /// What the help says; a pair is explained by its first half.
  func explanation(_ language: Language) -> String {
    switch language {
    case .en: english
    case .zh: chinese
    }
  }

  private var english: String {
    switch self {
    case .previousDay, .nextDay: "previous / next day"
    case .previousWeek, .nextWeek: "previous / next week"
    case .previousMonth, .nextMonth: "previous / next month"
    case .previousYear, .nextYear: "previous / next year"
    case .previousHour, .nextHour: "previous / next hour"
    case .firstHour, .lastHour: "first / last hour"
    case .peakHour: "hour with the most"
    case .newestDay: "newest day with data"
    case .goToDate: "go to a date; gg first day"
    case .toggleSeries: "show or hide a type"
    case .allSeries: "show all types"
    case .onlyOneSeries: "only one type, in turn"
    case .switchMetric: "messages or users"
    case .refresh: "ask Weixin again"
    case .togglePause: "pause polling, go on"
    case .toggleBackfill: "fetch what is missing"
    case .help: "this help"
    case .redraw: "redraw"
    case .suspend: "suspend; fg returns"
    case .close: "close; q then quits"
    case .quit: "quit at once"
    }
  }

  private var chinese: String {
    switch self {
    case .previousDay, .nextDay: "前一天 / 后一天"
    case .previousWeek, .nextWeek: "前一周 / 后一周"
    case .previousMonth, .nextMonth: "前一月 / 后一月"
    case .previousYear, .nextYear: "前一年 / 后一年"
    case .previousHour, .nextHour: "前一小时 / 后一小时"
    case .firstHour, .lastHour: "第一小时 / 最后一小时"
    case .peakHour: "消息最多的小时"
    case .newestDay: "有数据的最新一天"
    case .goToDate: "跳转日期；gg 第一天"
    case .toggleSeries: "显示或隐藏一种类型"
    case .allSeries: "显示所有类型"
    case .onlyOneSeries: "轮流只看一种类型"
    case .switchMetric: "消息数或用户数"
    case .refresh: "重新查询微信"
    case .togglePause: "暂停或继续轮询"
    case .toggleBackfill: "补全缺失的日子，停止"
    case .help: "本帮助"
    case .redraw: "重画屏幕"
    case .suspend: "回到 shell，fg 返回"
    case .close: "关闭当前层，再按 q 退出"
    case .quit: "立即退出"
    }
  }
}
