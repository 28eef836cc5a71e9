import WeixinModel

extension Phrase {
  static let filterOff = said(en: "Nothing is looked for any more", zh: "已取消筛选")
  static let compositionOn = said(en: "Shares of each hour; % shows counts again", zh: "各小时的构成，再按 % 显示数量")
  static let compositionOff = said(en: "Counts", zh: "数量")
  static let onlyForCharts = said(en: "That is for the day's chart: D opens it", zh: "只用于日视图的图表，按 D 打开")
  static let onlyForTables = said(en: "That is for the table: T opens it", zh: "只用于表格，按 T 打开")
  static let notForUsers = said(
    en: "Users of types and hours do not add up, so they have no shares", zh: "用户数不可相加，没有占比")
  /// A search that compares with what is no number.
  public static func filterNeedsNumber(_ word: String) -> Phrase {
    said(en: "\(word) needs a number, as in >5000 or <1.2k", zh: "\(word) 需要数字，例如 >5000 或 <1.2万")
  }
  static let onlyASCIIHere = said(en: "This terminal shows ASCII only", zh: "此终端只能显示 ASCII")
  static let mouseOn = said(en: "Mouse on; Shift selects text in most terminals", zh: "鼠标已开，多数终端按 Shift 可选择文本")
  static let mouseOff = said(en: "Mouse off", zh: "鼠标已关")
  static let closestView = said(en: "Closer than a day there is nothing", zh: "已是最细的视图")
  static let widestView = said(en: "That is all there is", zh: "已是最宽的视图")
  static let noHistory = said(en: "No day is kept yet", zh: "本地还没有数据")
  static let historyIncomplete = said(en: "The archive is being read; the search goes on then", zh: "正在读取存档，读完后继续查找")
  static let inspectedNumbers = said(en: "The inspected numbers", zh: "所看的数据")
  static let screenCommand = said(en: "The command for this screen", zh: "重现本屏的命令")
  static let theLog = said(en: "The log", zh: "日志")

  static func metric(_ metric: Metric) -> Phrase {
    switch metric {
    case .messages: said(en: "Messages (msg_count)", zh: "消息数（msg_count）")
    case .users:
      said(
        en: "Users (msg_user): distinct in a row, so a sum would count people twice",
        zh: "用户数（msg_user）：每行内去重，相加会重复计人")
    }
  }

  static func comparing(_ compare: Compare) -> Phrase {
    switch compare {
    case .off: said(en: "Nothing is drawn beside the bars", zh: "图中不再显示对比")
    case .dayBefore: said(en: "Compared with the day before", zh: "与前一天对比")
    case .weekBefore: said(en: "Compared with the same weekday of the week before", zh: "与上周同一天对比")
    case .mark: said(en: "Compared with the same mark a year before", zh: "与去年同一标记日对比")
    case .usual: said(en: "Compared with what is usual: the last 8 same weekdays", zh: "与常态对比：最近 8 个同星期日")
    }
  }

  static func scale(_ scale: ScaleMode) -> Phrase {
    switch scale {
    case .auto: said(en: "The scale fits the day", zh: "刻度随数据调整")
    case .locked: said(en: "The scale is locked", zh: "刻度已锁定")
    case .log: said(en: "Logarithmic scale, of totals only", zh: "对数刻度，只显示合计")
    }
  }

  static func glyphs(_ glyphs: GlyphSet.Name) -> Phrase {
    switch glyphs {
    case .block: said(en: "Blocks", zh: "方块字符")
    case .braille: said(en: "Braille", zh: "盲文字符")
    case .ascii: said(en: "ASCII", zh: "ASCII 字符")
    }
  }

  static func theme(_ theme: Theme) -> Phrase {
    switch theme {
    case .dark: said(en: "Colours for dark backgrounds", zh: "深色主题")
    case .light: said(en: "Colours for light backgrounds", zh: "浅色主题")
    }
  }

  static func nothingUnusual(_ isForward: Bool) -> Phrase {
    isForward
      ? said(en: "Nothing unusual after this", zh: "之后没有异常") : said(en: "Nothing unusual before this", zh: "之前没有异常")
  }

  static func unusual(_ deviation: Deviation) -> Phrase {
    said(en: deviation.texts[.en] ?? "", zh: deviation.texts[.zh] ?? "")
  }

  static func filterOn(_ text: String) -> Phrase {
    said(en: "Looking for \(text): n and N go to the next hit, Esc ends it", zh: "查找 \(text)：n 与 N 跳到下一处，Esc 结束")
  }

  static func hit(_ text: String, _ found: String) -> Phrase {
    said(en: "/\(text)  \(found)", zh: "/\(text)  \(found)")
  }

  static func noHit(_ text: String, _ isForward: Bool, otherKey: String) -> Phrase {
    let (there, back) = isForward ? ("after", "before") : ("before", "after")
    let (zhThere, zhBack) = isForward ? ("之后", "之前") : ("之前", "之后")
    return said(
      en: "No \(text) \(there) this among the kept days. \(otherKey) looks \(back) it",
      zh: "在已存的日子里，\(zhThere)没有 \(text)，按 \(otherKey) 查\(zhBack)")
  }

  /// A word of a search that says nothing. Of a number the comparison is missing.
  static func filterNotUnderstood(_ word: String, isNumber: Bool) -> Phrase {
    said(
      en: isNumber ? "\(word)? >\(word) or <\(word)" : "\(word) is no condition and no mark",
      zh: isNumber ? "\(word)？请用 >\(word) 或 <\(word)" : "\(word) 既不是条件，也不是标记")
  }
}
