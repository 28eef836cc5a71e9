import Dashboard
import WeixinAPI
import WeixinModel

/// What the course of the calls means, as findings.
struct CallWords {
  let address: String
  let language: Language
  var isASCII = false

  private func say(_ english: String, _ chinese: String) -> String { language == .zh ? chinese : english }

  func proxy(_ name: String?) -> Finding {
    Check.proxy.ok(name.map(\.cleanedName) ?? say("none, \(address) is called directly", "无，直接调用 \(address)"))
  }

  func findings(_ course: CallCourse, skew: Int?) -> [Finding] {
    let clock = clock(skew)
    var findings = [network(course), clock]
    findings.append(
      course.whitelist.map { failure(.whitelist, $0) }
        ?? (course.isAccepted
          ? Check.whitelist.ok(say("Weixin takes calls from this address", "微信接受本机地址"))
          : Check.whitelist.skipped(needs: needed(course, beyond: .token), language)))
    findings.append(token(course))
    findings.append(speed(course))
    // A wrong clock asks for a day that is not over, or that Weixin does not keep.
    let isOfTheClock = clock.outcome == .fail && course.hourly.isRefusedDate
    findings.append(isOfTheClock ? Check.hourly.skipped(needs: .clock, language) : hourly(course))
    findings.append(quota(course))
    return findings
  }

  /// What has to be mended first for a check that was not come to.
  private func needed(_ course: CallCourse, beyond last: Check) -> Check {
    if course.network != nil { return .network }
    if course.whitelist != nil { return .whitelist }
    return course.token != nil ? .token : last
  }

  private func network(_ course: CallCourse) -> Finding {
    if let error = course.network { return failure(.network, error) }
    return course.isReached
      ? Check.network.ok(say("\(address) answers", "\(address) 有应答"))
      : Check.network.skipped(needs: needed(course, beyond: .credentials), language)
  }

  /// Whether this server's clock, which is so many seconds ahead, is right; wrong by so much that other days are asked for, it is
  /// a failure.
  func clock(_ skew: Int?, at now: Timestamp = Timestamp.now) -> Finding {
    guard let skew else { return Check.clock.skipped(needs: .network, language) }
    let seconds = abs(skew)
    guard seconds > ClockSkew.limit else {
      return Check.clock.ok(
        say(
          "within \(ClockSkew.limit) s of the API's; the time zone does not matter, days are Beijing's",
          "与接口相差不到 \(ClockSkew.limit) 秒；时区无关，日期按北京时间"))
    }
    let direction = skew > 0 ? say("ahead of", "快") : say("behind", "慢")
    let span = Numerals(language).duration(seconds: seconds)
    let detail = say("this server's clock is \(span) \(direction) the API's", "本机时钟比接口\(direction) \(span)")
    let remedy = say("Whoever runs this server: set its clock, for example by NTP.", "请服务器管理员校准时钟，例如启用 NTP。")
    let asksForOtherDays = Publication.newestOpen(at: now) != Publication.newestOpen(at: now + -skew)
    return asksForOtherDays
      ? Check.clock.fail(
        detail + say(", so that wxtop asks for the wrong days", "，因此会查询错误的日期"), remedy, status: 78)
      : Check.clock.warning(detail, remedy)
  }

  private func token(_ course: CallCourse) -> Finding {
    if let error = course.token { return failure(.token, error) }
    if course.network != nil || course.whitelist != nil {
      return Check.token.skipped(needs: needed(course, beyond: .network), language)
    }
    return Check.token.ok(
      course.isReached ? say("Weixin takes it", "微信接受") : say("there, but nothing has been called with it", "已有，尚未用于调用")
    )
  }

  private func speed(_ course: CallCourse) -> Finding {
    switch course.speed {
    case .success(let speed):
      Check.speed.ok(
        "L\(speed.level) \(Numerals(language, isASCII: isASCII).speed(speed.realspeed))")
    case .failure(let error) where needed(course, beyond: .speed) == .speed: result(.speed, error)
    default: Check.speed.skipped(needs: needed(course, beyond: .token), language)
    }
  }

  private func hourly(_ course: CallCourse) -> Finding {
    switch course.hourly {
    case .success(let reply):
      let total = Numerals(language).exact(reply.messages.total)
      return Check.hourly.ok(
        reply.messages.isEmpty
          ? say("\(course.day): no rows", "\(course.day)：没有数据行")
          : "\(course.day): \(total) \(Phrase.messages.text(language))")
    case .failure(let error) where needed(course, beyond: .hourly) == .hourly:
      if error.isNotReady {
        let words = Explanation(error, language)
        return Check.hourly.warning("\(course.day): \(words.what)", words.remedy)
      }
      return result(.hourly, error)
    default: return Check.hourly.skipped(needs: needed(course, beyond: .token), language)
    }
  }

  private func quota(_ course: CallCourse) -> Finding {
    guard !course.quotas.isEmpty else {
      let other = needed(course, beyond: .quota)
      return other == .quota
        ? Check.quota.skipped(say("five calls have been made", "已调用五次"))
        : Check.quota.skipped(needs: other, language)
    }
    var parts: [String] = []
    var isScarce = false
    for (endpoint, answer) in course.quotas {
      switch answer {
      case .failure(let error):
        if case .notInCloud = error { return result(.quota, error) }
        let words = Explanation(error, language)
        return Check.quota.warning(words.what, words.remedy)
      case .success(let quota):
        let numerals = Numerals(language)
        let name = (endpoint == .speed ? Check.speed : .hourly).name(language)
        parts.append(
          quota.limit > 0
            ? "\(name) \(numerals.exact(quota.used))/\(numerals.exact(quota.limit))"
            : "\(name) \(numerals.exact(quota.used))")
        if quota.limit > 0, quota.remaining * 10 < quota.limit { isScarce = true }
      }
    }
    let detail = parts.joined(separator: say(", ", "，")) + say(" calls used today", "（今日已用）")
    return isScarce
      ? Check.quota.warning(
        detail,
        say(
          "Whoever runs the account's other programs: they have used nearly all of it; it begins anew at midnight in Beijing.",
          "额度将尽，请检查该账号的其他程序；北京时间零点重新计算。"))
      : Check.quota.ok(detail)
  }

  /// A call that the account cannot have is no failure of this machine, where the way of calling was chosen.
  private func result(_ check: Check, _ error: APIError) -> Finding {
    if case .notInCloud = error { return check.skipped(Explanation(error, language).what) }
    return failure(check, error)
  }

  func failure(_ check: Check, _ error: APIError) -> Finding {
    let words = Explanation(error, language)
    return check.fail(
      words.what,
      words.remedy.isEmpty ? say("Nobody: it passes by itself. Run doctor again later.", "会自行恢复，请稍后重试。") : words.remedy,
      status: error.exitStatus)
  }
}

extension Result<HourlyReply, APIError>? {
  /// Whether Weixin refused the date itself (61500, 61501).
  fileprivate var isRefusedDate: Bool {
    guard case .failure(.weixin(let fault)) = self else { return false }
    return [61500, 61501].contains(fault.code)
  }
}

extension String {
  fileprivate var cleanedName: String { cleaned(limit: 120) }
}
