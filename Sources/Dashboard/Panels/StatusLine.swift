import TerminalScreen
import WeixinModel

/// How fresh everything is, or what failed and what happens next.
enum StatusLine {
  /// The line; a view of many days says how many of its range are kept, in place of when one was fetched.
  static func draw(
    _ state: State, row: Int, of range: ClosedRange<BeijingDay>? = nil, _ frame: inout Frame
  ) {
    let width = frame.size.width
    // How many days there are in all says little beside how many of the range.
    let right = range == nil ? right(state) : Line("UTC+8", .dim)
    let fresh = range.map { Foot.coverage(of: $0, state) } ?? freshness(state)
    var parts: [Line] = []
    let failure = failure(state)
    if let failure {
      // What failed is never cut for the sake of when it is tried again, nor is that cut in the middle.
      parts = [
        Line(Explanation(failure.error, state.language).headline.cleaned(limit: 100), .alarm),
        Line(retry(failure, state), .dim), backfill(state), calls(state),
      ]
    } else {
      parts = [fresh, backfill(state), speed(state), calls(state)]
    }
    if let fault = archive(state) { parts.insert(fault, at: 1) }
    if let skew = state.status.clockSkew {
      let time = state.numerals.duration(seconds: abs(skew))
      parts.insert(
        Line((skew > 0 ? Phrase.clockAhead(time) : .clockBehind(time)).text(state.language), Style(.warning)), at: 1)
    }
    // The legend says it where it has a row.
    if state.view == .day, let axis = BarAxis.name(state), DayView.rows(state).legend == nil {
      parts.insert(Line(axis.text(state.language), Style(.warning)), at: failure == nil ? 0 : 1)
    }
    var line = Line()
    line.add(dot(state))
    line.add(" ")
    let room = width - 2 - line.width
    let wanted = parts.reduce(-2) { $0 + $1.width + 2 }
    let showsRight = failure == nil || wanted + right.width + 3 <= room
    line.add(Line.fitting(parts, gap: 2, width: showsRight ? room - right.width - 2 : room))
    frame.write(line, row: row, column: 1, limit: width - 1)
    if line.width + right.width + 3 < width { frame.writeAtEnd(right, row: row) }
  }

  /// The failure that matters most: what keeps the shown day away comes before what keeps the speed away.
  static func failure(_ state: State) -> Failure? {
    if let failure = state.dayStatus.failure, !failure.error.isNotReady { return failure }
    return state.status.speedFailure
  }

  private static func dot(_ state: State) -> Line {
    let glyphs = state.mode.glyphs
    if failure(state) != nil { return Line(String(Character(glyphs.failed)), .alarm) }
    if state.isOffline || state.status.isPaused { return Line("=", Style(.warning, .bold)) }
    return Line(String(Character(glyphs.bullet)), Style(state.status.archiveFault == nil ? .good : .warning))
  }

  static func retry(_ failure: Failure, _ state: State) -> String {
    guard let retryAt = failure.retryAt, !state.status.isPaused else {
      return Phrase.retryByHand.text(state.language)
    }
    if retryAt <= state.now { return Phrase.tryingNow.text(state.language) }
    // Whoever mends it need not wait for the hour to pass.
    if failure.error.retryRule == .hourly { return Phrase.retryByHand.text(state.language) }
    return Phrase.retryAt(state.numerals.duration(seconds: retryAt - state.now)).text(state.language)
  }

  private static func freshness(_ state: State) -> Line {
    guard let record = state.dayStatus.record else {
      return state.dayStatus.isFetching ? Line(Phrase.fetching.text(state.language), .dim) : Line()
    }
    var line = Line()
    if state.dayStatus.isFetching { line.add("\(state.mode.glyphs.fetching) ", Style(.accent)) }
    line.add(fetchedAt(record, state).text(state.language), .dim)
    if record.leftOut.count > 0 {
      line.add("  " + Phrase.leftOut(record.leftOut.count).text(state.language), Style(.warning))
    }
    return line
  }

  /// When a day's newest answer came: the time, or the date of another day.
  static func fetchedAt(_ record: DayRecord, _ state: State) -> Phrase {
    let moment = record.fetchedAt
    let (day, today) = (moment.beijingDay, state.now.beijingDay)
    if day == today { return .fetchedAt(moment.beijingClock) }
    return .fetchedAt(day.year == today.year ? state.numerals.shortDate(day) : "\(day)")
  }

  private static func speed(_ state: State) -> Line {
    if state.isOffline { return Line(Phrase.offline.text(state.language), Style(.warning)) }
    if state.status.isPaused { return Line(Phrase.paused.text(state.language), Style(.warning)) }
    guard let seen = state.status.speed else { return Line(Phrase.polling.text(state.language), .dim) }
    let numerals = state.numerals
    var text = Phrase.speedAge(numerals.duration(seconds: state.now - seen.to)).text(state.language)
    if let next = state.status.nextPoll, next > state.now {
      // Another process polls: when it will is its own affair.
      let wait =
        state.status.isFollower
        ? Phrase.said(en: "polled by another wxtop", zh: "由另一个 wxtop 轮询").text(state.language)
        : Phrase.nextPoll(numerals.duration(seconds: next - state.now)).text(state.language)
      text += state.language == .zh && state.mode.glyphs.name != .ascii ? "，" + wait : ", " + wait
    }
    if state.status.isFollower, let next = state.status.nextPoll, state.now - next > 60 {
      let silence = Phrase.said(en: "the wxtop that polls is silent", zh: "负责轮询的 wxtop 没有动静")
      return Line(text + "  " + silence.text(state.language), Style(.warning))
    }
    if let interval = state.status.stretchedInterval {
      let line = Line(text, .dim)
      var both = line
      both.add("  " + Phrase.stretched(numerals.duration(seconds: interval)).text(state.language), Style(.warning))
      return both
    }
    return Line(text, .dim)
  }

  private static func calls(_ state: State) -> Line {
    guard state.status.callsToday > 0 else { return Line() }
    return Line(calls(state.status, state, withQuotas: frameIsWide(state)), .dim)
  }

  /// How many calls were made today and, on a wide screen, how much of the account's quotas all programs have used.
  static func calls(_ status: AccountStatus, _ state: State, withQuotas: Bool) -> String {
    let text = Phrase.calls(status.callsToday).text(state.language)
    let names: [(WeixinFault.Endpoint, Phrase)] = [
      (.speed, .speed), (.hourly, .said(en: "messages", zh: "消息")),
    ]
    let quotas = names.compactMap { endpoint, name in
      status.quotas[endpoint].flatMap { quota in
        quota.limit > 0
          ? "\(name.text(state.language)) \(state.numerals.exact(quota.used))/\(state.numerals.exact(quota.limit))"
          : nil
      }
    }
    guard withQuotas, !quotas.isEmpty else { return text }
    return text + "  " + Phrase.quota(quotas.list(state.language == .zh ? "，" : ", ")).text(state.language)
  }

  /// A backfill that goes on, or how one ended within the last minute.
  private static func backfill(_ state: State) -> Line {
    guard let backfill = state.status.backfill else { return Line() }
    let (numerals, progress) = (state.numerals, backfill.progress)
    let name = Phrase.backfill.text(state.language) + " "
    switch backfill.end {
    case nil where state.size.width < 80: return Line(name + numerals.exact(progress.left), Style(.accent))
    case nil:
      let rate = Int(progress.perSecond * 10 + 0.5)
      let time = progress.secondsLeft.map { numerals.duration(seconds: $0) } ?? "?"
      let phrase = Phrase.backfillLeft(numerals.exact(progress.left), rate: "\(rate / 10).\(rate % 10)", time: time)
      return Line(name + phrase.text(state.language), Style(.accent))
    case let end?:
      guard let endedAt = backfill.endedAt, state.now - endedAt < 60 else { return Line() }
      let (words, isGood): (String, Bool) =
        switch end {
        // A sentence that does not fit is left out, and nobody would learn why it ended.
        case .overBudget where state.size.width < 80: (APIError.overBudget(.hourly).briefName(state.language), false)
        case .failed(let error) where state.size.width < 80: (error.briefName(state.language), false)
        case .finished: (Phrase.backfillDone(numerals.exact(progress.fetched)).text(state.language), true)
        case .overBudget: (Phrase.backfillOverBudget.text(state.language), false)
        case .busy: (Phrase.backfillBusy.text(state.language), false)
        case .failed(let error): (Explanation(error, state.language).headline.cleaned(limit: 60), false)
        case .archive(let fault): (fault.headline(state.language), false)
        }
      return Line(name + words, Style(isGood ? .good : .warning))
    }
  }

  private static func archive(_ state: State) -> Line? {
    guard let fault = state.status.archiveFault else { return nil }
    return Line(fault.headline(state.language), Style(.warning))
  }

  private static func right(_ state: State) -> Line {
    let kept = Phrase.archived(state.numerals.exact(state.status.archivedDays)).text(state.language)
    return Line((frameIsWide(state) ? kept + "  " : "") + "UTC+8", .dim)
  }

  private static func frameIsWide(_ state: State) -> Bool { state.size.width >= 100 }
}
