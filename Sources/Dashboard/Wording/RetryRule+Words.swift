public import WeixinModel

extension RetryRule {
  /// What wxtop does, in a few words without a subject.
  public func words(_ language: Language) -> String {
    switch (self, language) {
    case (.backOff(let first, let limit), .en):
      "tries again after \(Self.steps(first)) \(first < 60 ? "seconds" : "minutes"), at last every 5 minutes"
        + (limit.map { "; a day at most \($0) times until midnight" } ?? "")
    case (.backOff(let first, let limit), .zh):
      "在 \(Self.steps(first)) \(first < 60 ? "秒" : "分钟")后重试，最后每 5 分钟一次" + (limit.map { "；同一天到零点前最多 \($0) 次" } ?? "")
    case (.freshToken, .en):
      "fetches a token and calls again once; then tries again after 1, 2, 4 minutes, at last every 5"
    case (.freshToken, .zh): "重新取得令牌并重试一次；之后在 1、2、4 分钟后重试，最后每 5 分钟一次"
    case (.nextDay, .en): "waits for the next Beijing day"
    case (.nextDay, .zh): "等到北京时间次日零点"
    case (.whenCounted, .en):
      "asks at 08:00, every 20 minutes till 12:00, then every 30 minutes, from the day after that every 2 hours"
    case (.whenCounted, .zh): "08:00 起每 20 分钟询问一次，12:00 后每 30 分钟，再过一天后每 2 小时"
    case (.pause(let seconds), .en) where seconds < 3_600: "waits for \(seconds) s"
    case (.pause(let seconds), .zh) where seconds < 3_600: "等待 \(seconds) 秒"
    case (.pause(let seconds), .en): "waits for \(seconds / 3_600) hour\(seconds > 3_600 ? "s" : "")"
    case (.pause(let seconds), .zh): "等待 \(seconds / 3_600) 小时"
    case (.hourly, .en): "asks once an hour until you act"
    case (.hourly, .zh): "每小时询问一次，直到你处理"
    case (.never, .en): "waits for another configuration"
    case (.never, .zh): "等待配置改变"
    }
  }

  private static func steps(_ first: Int) -> String {
    let unit = first < 60 ? first : first / 60
    return "\(unit), \(unit * 2), \(unit * 4) …"
  }
}
