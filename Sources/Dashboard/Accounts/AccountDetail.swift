import TerminalScreen
import WeixinModel

/// The chosen account in a few lines: what failed, who must do what, and its day and speed in exact numbers.
enum AccountDetail {
  static func draw(_ list: AccountList, rows: Range<Int>, _ frame: inout Frame) {
    guard !rows.isEmpty, let line = list.selectedLine else { return }
    let width = frame.size.width - 2
    for (index, text) in lines(list, line, width: width, rows: rows.count).prefix(rows.count).enumerated() {
      frame.write(text, row: rows.lowerBound + index, column: 1, limit: frame.size.width - 1)
    }
  }

  private static func lines(_ list: AccountList, _ line: AccountLine, width: Int, rows: Int) -> [Line] {
    let (state, status) = (list.state, list.status(line))
    let failure = status.failure(of: list.day)
    var lines = [title(list, line, status, failure, width: width)]
    if let failure { lines += cure(failure, status, state, width: width, rows: rows - 1) }
    lines += facts(list, line, status, width: width).filter { !$0.isEmpty }
    return lines
  }

  private static func title(
    _ list: AccountList, _ line: AccountLine, _ status: AccountStatus, _ failure: Failure?, width: Int
  ) -> Line {
    let state = list.state
    var parts: [Line] = []
    var name = Line(status.account.name, .strong)
    let title = status.account.shownTitle(state)
    if !title.isEmpty, width >= 60 { name.add(" " + title, .dim) }
    parts.append(name)
    if let failure {
      let headline = Explanation(failure.error, state.language).headline.cleaned(limit: 100)
      parts.append(Line("\(state.mode.glyphs.failed) \(headline)", .alarm))
      parts.append(Line(ago(failure.at, state), .dim))
    } else {
      parts.append(standing(list, line, status))
      if let record = status[list.day].record {
        parts.append(Line(StatusLine.fetchedAt(record, state).text(state.language), .dim))
      }
      if let record = status[list.day].record, record.revision > 1 {
        parts.append(Line(Phrase.revised(record.revision).text(state.language), Style(.warning)))
      }
    }
    return Line.fitting(parts, gap: 2, width: width)
  }

  static func ago(_ moment: Timestamp, _ state: State) -> String {
    Phrase.ago(state.numerals.duration(seconds: max(0, state.now - moment))).text(state.language)
  }

  /// The day's state, in words that need no legend.
  private static func standing(_ list: AccountList, _ line: AccountLine, _ status: AccountStatus) -> Line {
    let (state, glyphs) = (list.state, list.state.mode.glyphs)
    let (glyph, phrase, style): (Unicode.Scalar, Phrase, Style) =
      switch line.state {
      case .failed: (glyphs.failed, .failed, .alarm)
      case .final: (glyphs.done, .final, Style(.good))
      case .provisional:
        (glyphs.provisional, .provisionalUntil(Publication.settles(list.day).beijingClock), Style(.warning))
      case .unpublished: (glyphs.unpublished, .unpublished, Style(.warning))
      case .fetching: (glyphs.fetching, .fetching, .dim)
      case .neverFetched: (glyphs.unknown, .neverFetched, .dim)
      }
    return Line("\(glyph) " + phrase.text(state.language), style)
  }

  /// Who must do what, and what wxtop does; what failed in full only where it leaves room for these.
  private static func cure(_ failure: Failure, _ status: AccountStatus, _ state: State, width: Int, rows: Int) -> [Line]
  {
    let explanation = Explanation(failure.error, state.language)
    func paragraph(_ label: Phrase?, _ text: String, _ style: Style = .standard) -> [Line] {
      let start = "  " + (label?.text(state.language) ?? "")
      let room = width - DisplayWidth.of(start)
      return wrapped(text, width: room).enumerated().map { index, part in
        var line = Line(index == 0 ? start : String(repeating: " ", count: DisplayWidth.of(start)), .dim)
        line.add(part, style)
        return line
      }
    }
    let isASCII = state.mode.glyphs.name == .ascii
    let remedy = isASCII && state.language == .en ? explanation.remedy.withoutChineseNames : explanation.remedy
    var fix = remedy.isEmpty ? [] : paragraph(.fix, remedy)
    if explanation.address != nil, let key = state.keys.keys(for: .copy).first, !fix.isEmpty {
      let copies = Line(" (" + Phrase.copiesAddress(key.label(state.mode.glyphs)).text(state.language) + ")", .dim)
      if fix[fix.count - 1].width + copies.width <= width { fix[fix.count - 1].add(copies) }
    }
    let retry = paragraph(nil, Self.retry(failure, status, state), .dim)
    let what = paragraph(nil, explanation.what)
    if what.count + fix.count + retry.count <= rows { return what + fix + retry }
    return Array((fix + retry).prefix(max(0, rows)))
  }

  private static func retry(_ failure: Failure, _ status: AccountStatus, _ state: State) -> String {
    let key = state.keys.keys(for: .refresh).first?.label(state.mode.glyphs) ?? ":refresh"
    guard let retryAt = failure.retryAt, !status.isPaused else {
      return Phrase.retriesByHand(key).text(state.language)
    }
    if retryAt <= state.now { return Phrase.tryingNow.text(state.language) }
    let wait = state.numerals.duration(seconds: retryAt - state.now)
    return Phrase.retriesAt(wait, key: key).text(state.language)
  }

  /// The day, the speed and the calls, a line each; what does not fit is left out whole.
  private static func facts(
    _ list: AccountList, _ line: AccountLine, _ status: AccountStatus, width: Int
  ) -> [Line] {
    [day(list, line, status), speed(status, line, list.state), calls(status, list.state)].map { parts in
      let text = Line.fitting(parts, gap: 2, width: width - 2)
      guard !text.isEmpty else { return text }
      var indented = Line("  ")
      indented.add(text)
      return indented
    }
  }

  private static func day(_ list: AccountList, _ line: AccountLine, _ status: AccountStatus) -> [Line] {
    let (state, numerals) = (list.state, list.state.numerals)
    func messages(_ total: Int) -> Line {
      var text = Line(numerals.exact(total), .strong)
      text.add(" " + Phrase.messages.text(state.language), .dim)
      return text
    }
    guard let brief = status.brief(of: list.day) else {
      guard let newest = status.newestDay else { return [Line(Phrase.noneKept.text(state.language), .dim)] }
      var text = Line(Phrase.newestKept.text(state.language), .dim)
      text.add(numerals.shortDate(newest))
      return [text, status.brief(of: newest).map { messages($0.total) } ?? Line()]
    }
    var parts = [messages(brief.total)]
    if line.isUnusual { parts.append(Line(Phrase.unusualWord.text(state.language), Style(.warning, .bold))) }
    if let most = brief.hours.max(), most > 0, let hour = brief.hours.firstIndex(of: most) {
      var text = Line(Phrase.peak.text(state.language) + " ", .dim)
      text.add(numerals.hour(hour) + " " + numerals.exact(most))
      parts.append(text)
    }
    guard let usual = brief.usual else { return parts + [Line(Phrase.tooLittle.text(state.language), .dim)] }
    var text = Line(Phrase.usual.text(state.language) + " ", .dim)
    let dash = state.mode.glyphs.dash
    text.add("\(numerals.exact(usual.median)) [\(numerals.exact(usual.low))\(dash)\(numerals.exact(usual.high))]")
    return parts + [text]
  }

  private static func speed(_ status: AccountStatus, _ line: AccountLine, _ state: State) -> [Line] {
    var text = Line(Phrase.massSend.text(state.language) + " ", .dim)
    guard let span = status.speed else {
      guard status.speedFailure == nil else { return [] }
      text.add((status.isPaused ? Phrase.paused : .neverSeen).text(state.language), .dim)
      return [text]
    }
    text.add("L\(span.speed.level) \(state.numerals.speed(span.speed.realspeed))")
    if let nominal = span.speed.nominal, span.speed.isOffNominal {
      text.add(" \(state.mode.glyphs.differs)\(nominal)", Style(.warning))
    }
    var parts = [
      text, Line(Phrase.seen(ago(span.to, state)).text(state.language), line.isStale ? Style(.warning) : .dim),
    ]
    if status.isPaused {
      parts.append(Line(Phrase.paused.text(state.language), Style(.warning)))
    } else if let next = status.nextPoll, next > state.now {
      parts.append(Line(Phrase.nextPoll(state.numerals.duration(seconds: next - state.now)).text(state.language), .dim))
    }
    return parts
  }

  private static func calls(_ status: AccountStatus, _ state: State) -> [Line] {
    guard status.callsToday > 0 else { return [] }
    let interval = status.stretchedInterval.map { interval in
      let time = state.numerals.duration(seconds: interval)
      return Line(Phrase.stretched(time).text(state.language), Style(.warning))
    }
    return [Line(StatusLine.calls(status, state, withQuotas: true), .dim), interval ?? Line()]
  }
}

extension String {
  /// The text without what stands in brackets in a script that ASCII cannot write.
  fileprivate var withoutChineseNames: String {
    var kept = ""
    for part in split(separator: "(", omittingEmptySubsequences: false) {
      guard let end = part.firstIndex(of: ")"), !kept.isEmpty || hasPrefix("(") else {
        kept += kept.isEmpty ? String(part) : "(" + part
        continue
      }
      if part[..<end].unicodeScalars.allSatisfy(\.isASCII) {
        kept += "(" + part
      } else {
        while kept.last == " " { kept.removeLast() }
        kept += part[part.index(after: end)...]
      }
    }
    return kept
  }
}
