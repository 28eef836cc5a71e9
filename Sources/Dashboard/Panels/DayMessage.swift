import TerminalScreen
import WeixinModel

/// What stands in the chart's place while a day has no bars: why, and what comes next.
enum DayMessage {
  static func draw(_ state: State, rows: Range<Int>, _ frame: inout Frame) {
    let width = min(72, frame.size.width - 6)
    let (headline, paragraphs) = words(state)
    var lines = [(headline.text, headline.style)]
    for paragraph in paragraphs {
      if rows.count > 6 { lines.append(("", .standard)) }
      lines += wrapped(paragraph, width: width).map { ($0, Style.standard) }
    }
    if lines.count > rows.count { lines.removeAll { $0.0.isEmpty } }
    lines = Array(lines.prefix(rows.count))
    let top = rows.lowerBound + max(0, (rows.count - lines.count) / 3)
    let widest = lines.map { DisplayWidth.of($0.0) }.max() ?? 0
    let column = max(2, (frame.size.width - widest) / 2)
    for (index, line) in lines.enumerated() {
      frame.write(line.0, row: top + index, column: column, style: line.1)
    }
  }

  private static func words(_ state: State) -> (headline: (text: String, style: Style), paragraphs: [String]) {
    let language = state.language
    let glyphs = state.mode.glyphs
    let status = state.dayStatus
    func headline(_ glyph: Unicode.Scalar, _ phrase: Phrase, _ style: Style) -> (String, Style) {
      ("\(glyph) \(phrase.text(language))", style)
    }
    if status.isFetching, status.record == nil, status.failure?.error.isNotReady != false {
      return (headline(glyphs.unpublished, .dayFetching, .dim), [])
    }
    switch state.dayState {
    case .final: return (headline(glyphs.zero, .dayNoMessages, .strong), [])
    case .provisional:
      let recheck = moment(Publication.settlesEmpty(state.day), state)
      return (headline(glyphs.provisional, .dayNoMessagesYet, .strong), [Phrase.dayRecheck(recheck).text(language)])
    case .notOver(let opens):
      return (headline(glyphs.unpublished, .dayOpens(moment(opens, state)), .strong), [])
    case .unpublished:
      let next = status.failure?.retryAt ?? Publication.opens(state.day)
      let wait = max(0, next - state.now)
      return (
        headline(glyphs.unpublished, .dayUnpublished, .strong),
        [Phrase.dayNext(state.numerals.duration(seconds: wait)).text(language)]
      )
    case .failed:
      guard let failure = status.failure else { break }
      let explanation = Explanation(failure.error, language)
      var paragraphs = [explanation.what]
      if !explanation.remedy.isEmpty { paragraphs.append(explanation.remedy) }
      paragraphs.append(StatusLine.retry(failure, state))
      return (("\(glyphs.failed) \(explanation.headline)", .alarm), paragraphs)
    case .beforeRecords: return (headline(" ", .beforeRecords, .dim), [])
    case .neverFetched: break
    }
    // It may be kept all the same.
    if state.status.readFault != nil {
      return (headline(glyphs.failed, .said(en: "The archive cannot be read here.", zh: "存档在此无法读取。"), .alarm), [])
    }
    return (headline(glyphs.unknown, state.isOffline ? .offline : .dayNeverFetched, .dim), [])
  }

  private static func moment(_ time: Timestamp, _ state: State) -> String {
    state.numerals.shortDate(time.beijingDay) + " " + time.beijingClock
  }
}
