import WeixinModel

extension AlertWords {
  static func chinese(_ cause: Alert.Cause, _ numerals: Numerals) -> Words {
    switch cause {
    case .levelChanged(let from, let to):
      let way = to.level > from.level ? "变慢" : "变快"
      return (
        "群发速度 L\(from.level) > L\(to.level)，\(way)",
        "群发速度等级由 L\(from.level)（\(numerals.speed(from.realspeed))）变为 L\(to.level)（\(numerals.speed(to.realspeed))），\(way)。",
        "若不是本团队所设，请查明是谁改的。"
      )
    case .slower(let speed, let limit):
      return (
        "群发速度 L\(speed.level) \(numerals.speed(speed.realspeed))",
        "群发速度为等级 \(speed.level)（\(numerals.speed(speed.realspeed))），慢于等级 \(limit)。", "安排群发的人：请提早开始，或调整等级。"
      )
    case .belowNominal(let speed):
      let nominal = numerals.speed(speed.nominal ?? 0)
      return (
        "群发 \(numerals.speed(speed.realspeed))，L\(speed.level) 应为 \(nominal)",
        "群发实际速度为 \(numerals.speed(speed.realspeed))，低于等级 \(speed.level) 的 \(nominal)。",
        "账号管理员：请查看 mp.weixin.qq.com 上的通知。"
      )
    case .unusualDay(let day, let count, let usual):
      return (
        "\(numerals.shortDate(day)) \(numerals.exact(count)) 条\(change(count, usual, numerals))",
        "\(numerals.date(day)) 共 \(numerals.exact(count)) 条消息，同一星期几通常为 \(band(usual, numerals))。", look(count, usual)
      )
    case .unusualHour(let day, let hour, let count, let usual, let hours):
      let more = hours > 1 ? "，另有 \(hours - 1) 个小时" : ""
      return (
        "\(numerals.shortDate(day)) \(numerals.hour(hour)) \(numerals.exact(count)) 条\(change(count, usual, numerals))\(more)",
        "\(numerals.date(day)) \(twoDigits(hour)):00 有 \(numerals.exact(count)) 条消息，通常为 \(band(usual, numerals))。"
          + (hours > 1 ? "当天共有 \(hours) 个小时异常。" : ""), look(count, usual)
      )
    case .unpublished(let day, let by):
      return (
        "\(numerals.shortDate(day)) 到 \(clock(by)) 未发布", "到北京时间 \(clock(by))，微信尚未发布 \(numerals.date(day)) 的数据。",
        "无需处理：wxtop 会继续询问。"
      )
    case .failing(let error, let since):
      let words = Explanation(error, .zh)
      return (
        "\(since.beijingClock) 起失败：\(words.headline)", "自 \(since.beijingClock) 起调用失败。\(words.what)",
        words.remedy.isEmpty ? "暂无需处理：wxtop 会继续重试。" : words.remedy
      )
    case .quota(let endpoint, let quota, _):
      return (
        "\(endpoint.rawValue) 已用 \(percent(quota))% 额度",
        "今日 \(call(endpoint)) 的 \(numerals.exact(quota.limit)) 次额度已用 \(percent(quota))%。",
        "管理该账号程序的人：请找出消耗额度的程序。额度在北京时间零点恢复。"
      )
    }
  }

  private static func band(_ usual: Usual, _ numerals: Numerals) -> String {
    "\(numerals.exact(usual.median))（\(numerals.exact(usual.low)) 至 \(numerals.exact(usual.high))）"
  }

  private static func look(_ count: Int, _ usual: Usual) -> String {
    count < usual.median ? "运营人员：请检查菜单、链接和回复是否正常。" : "客服人员：请看看用户在说什么。"
  }
}
