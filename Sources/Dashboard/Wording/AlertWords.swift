public import WeixinModel

/// An alert in words: what it is, in a few and in a sentence, and who must act. The one place that makes sentences of them.
public struct AlertWords: Hashable, Sendable {
  /// A few words without the account, for a line: `mass send at L4 100k/min`.
  public var headline: String
  /// A sentence: what was found.
  public var sentence: String
  /// A sentence: who must do what.
  public var who: String

  /// Words for an alert.
  public init(_ alert: Alert, _ numerals: Numerals) {
    switch numerals.language {
    case .en: (headline, sentence, who) = Self.english(alert.cause, numerals)
    case .zh: (headline, sentence, who) = Self.chinese(alert.cause, numerals)
    }
  }

  typealias Words = (String, String, String)

  /// `10:00` of so many minutes after midnight.
  static func clock(_ minutes: Int) -> String { "\(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))" }

  static func percent(_ quota: CallQuota) -> Int { quota.limit > 0 ? quota.used * 100 / max(1, quota.limit) : 0 }

  /// `+42%` beside what is usual.
  static func change(_ count: Int, _ usual: Usual, _ numerals: Numerals) -> String {
    guard let tenths = Numerals.change(from: usual.median, to: count) else { return "" }
    return " \(tenths < 0 ? "-" : "+")\(numerals.percent(tenths: tenths))"
  }

  /// The call as Weixin names it.
  static func call(_ endpoint: WeixinFault.Endpoint) -> String {
    switch endpoint {
    case .speed: "mass/speed/get"
    case .hourly: "getupstreammsghour"
    case .quota: "openapi/quota/get"
    case .token: "stable_token"
    case .classicToken: "token"
    }
  }
}

extension AlertRule {
  /// The rule in a few words.
  public func name(_ language: Language) -> String {
    let phrase: Phrase =
      switch self {
      case .levelChanged: .said(en: "mass-send level changed", zh: "群发速度等级变化")
      case .slowerThan: .said(en: "mass send is slow", zh: "群发速度过慢")
      case .belowNominal: .said(en: "real speed below nominal", zh: "实际速度低于标称")
      case .unusualDay: .said(en: "unusual day", zh: "异常的一天")
      case .unusualHour: .said(en: "unusual hours", zh: "异常的小时")
      case .unpublishedBy: .said(en: "day not published", zh: "数据未按时发布")
      case .failingMinutes: .said(en: "account fails", zh: "账号调用失败")
      case .quotaPercent: .said(en: "quota nearly used", zh: "额度将尽")
      }
    return phrase.text(language)
  }
}
