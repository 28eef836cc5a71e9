import WeixinModel

extension AlertWords {
  static func english(_ cause: Alert.Cause, _ numerals: Numerals) -> Words {
    switch cause {
    case .levelChanged(let from, let to):
      let way = to.level > from.level ? "slower" : "faster"
      return (
        "mass send L\(from.level) > L\(to.level), \(way)",
        "The mass-send level changed from L\(from.level) (\(numerals.speed(from.realspeed))) to L\(to.level)"
          + " (\(numerals.speed(to.realspeed))), which is \(way).",
        "If nobody of your team set it, ask who did."
      )
    case .slower(let speed, let limit):
      return (
        "mass send at L\(speed.level) \(numerals.speed(speed.realspeed))",
        "Mass sends go at level \(speed.level) (\(numerals.speed(speed.realspeed))), slower than level \(limit).",
        "Whoever plans the mass sends: let them begin earlier, or have the level set."
      )
    case .belowNominal(let speed):
      let nominal = numerals.speed(speed.nominal ?? 0)
      return (
        "mass send \(numerals.speed(speed.realspeed)), L\(speed.level) is \(nominal)",
        "Mass sends go at \(numerals.speed(speed.realspeed)), less than the \(nominal) of level \(speed.level).",
        "The account's administrator: look for notices on mp.weixin.qq.com."
      )
    case .unusualDay(let day, let count, let usual):
      return (
        "\(numerals.shortDate(day)) \(numerals.exact(count)) messages\(change(count, usual, numerals))",
        "\(numerals.date(day)) had \(numerals.exact(count)) messages; usual for the weekday are \(band(usual, numerals)).",
        look(count, usual)
      )
    case .unusualHour(let day, let hour, let count, let usual, let hours):
      let more = hours > 1 ? " and \(hours - 1) more" : ""
      return (
        "\(numerals.shortDate(day)) \(numerals.hour(hour)) \(numerals.exact(count))\(change(count, usual, numerals))\(more)",
        "\(numerals.date(day)) had \(numerals.exact(count)) messages at \(twoDigits(hour)):00; usual are"
          + " \(band(usual, numerals))." + (hours > 1 ? " \(hours) hours of that day are unusual." : ""),
        look(count, usual)
      )
    case .unpublished(let day, let by):
      return (
        "\(numerals.shortDate(day)) not published by \(clock(by))",
        "Weixin had not published \(numerals.date(day)) by \(clock(by)) in Beijing.",
        "Nobody: wxtop goes on asking."
      )
    case .failing(let error, let since):
      let words = Explanation(error, .en)
      return (
        "failing since \(since.beijingClock): \(words.headline)",
        "Calls have failed since \(since.beijingClock). \(words.what)",
        words.remedy.isEmpty ? "Nobody yet: wxtop goes on trying." : words.remedy
      )
    case .quota(let endpoint, let quota, _):
      return (
        "\(percent(quota))% of today's \(endpoint.rawValue) calls used",
        "\(percent(quota))% of today's \(numerals.exact(quota.limit)) calls of \(call(endpoint)) are used.",
        "Whoever runs the account's programs: find the one that spends them. The quota begins anew at midnight in Beijing."
      )
    }
  }

  private static func band(_ usual: Usual, _ numerals: Numerals) -> String {
    "\(numerals.exact(usual.median)) (\(numerals.exact(usual.low)) to \(numerals.exact(usual.high)))"
  }

  private static func look(_ count: Int, _ usual: Usual) -> String {
    count < usual.median
      ? "Whoever runs the account: look whether menus, links and replies still work."
      : "Customer service: look what people write about."
  }
}
