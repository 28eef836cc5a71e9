import TerminalScreen
import WeixinModel

/// All accounts together: how many there are and what they are sorted by, what came in, and what is wrong.
enum AccountsSummary {
  static func drawHeader(_ list: AccountList, row: Int, _ frame: inout Frame) {
    let state = list.state
    let width = frame.size.width
    var left = Line(width >= 72 ? "wxtop " : "", .dim)
    left.add(
      Phrase.accountCount(state.numerals.exact(list.count), isOne: list.count == 1).text(state.language), .strong)
    left.add(AlertLine.badge(state))
    var right = Line(Phrase.sortedBy.text(state.language), .dim)
    right.add(Phrase.order(state.accountOrder.column).text(state.language))
    right.add(" \(arrow(state))")
    var middle = Line(width < 40 ? "\(list.day)" : state.numerals.date(list.day), .strong)
    if width >= 48 { middle.add("  " + Phrase.view(.accounts).text(state.language), .dim) }
    frame.write(left, row: row, column: 1)
    let showsRight = left.width + middle.width + right.width + 7 <= width
    if showsRight { frame.writeAtEnd(right, row: row) }
    let end = showsRight ? width - 2 - right.width : width
    let start = max(left.width + 3, min((width - middle.width) / 2, end - middle.width - 1))
    frame.write(middle, row: row, column: start, limit: width - 1)
  }

  /// Numbers go down as they are, names and the configuration's order up.
  static func arrow(_ state: State) -> Unicode.Scalar {
    let goesUp = [.account, .configured].contains(state.accountOrder.column) != state.accountOrder.isInverted
    return goesUp ? state.mode.glyphs.rise : state.mode.glyphs.fall
  }

  static func drawFigures(_ list: AccountList, row: Int, _ frame: inout Frame) {
    let (state, numerals) = (list.state, list.state.numerals)
    var total = Line(numerals.exact(list.fleet.total), .strong)
    total.add(" " + Phrase.messages.text(state.language), .dim)
    let kept = Phrase.inAccounts(numerals.exact(list.fleet.kept), of: numerals.exact(list.count)).text(state.language)
    total.add(" " + kept, list.fleet.kept == list.count ? .dim : Style(.warning))
    let provisional = list.count(.provisional)
    var parts = [total]
    if provisional > 0 {
      parts.append(Line(Phrase.provisionalCount(numerals.exact(provisional)).text(state.language), .dim))
    }
    if let filter = state.shownAccountFilter {
      let found = Phrase.accountHits(filter.text, numerals.exact(list.lines.count)).text(state.language)
      parts.insert(Line(found, .strong), at: 0)
    }
    WideFigures.draw(parts, dropping: Array((1..<parts.count).reversed()), row: row, &frame)
  }

  static func drawStatus(_ list: AccountList, row: Int, _ frame: inout Frame) {
    let (state, glyphs) = (list.state, list.state.mode.glyphs)
    let failed = list.count(.failed)
    let good = list.count(.final) + list.count(.provisional)
    let waiting = list.count - failed - good
    var line = Line(
      String(Character(failed > 0 ? glyphs.failed : glyphs.bullet)),
      failed > 0 ? .alarm : Style(waiting > 0 ? .warning : .good))
    var counts = Line(" ")
    func add(_ phrase: Phrase, _ count: Int, _ style: Style) {
      guard count > 0 else { return }
      if counts.width > 1 { counts.add(" \(glyphs.gridDot) ", .dim) }
      counts.add(phrase.text(state.language), style)
    }
    let numerals = state.numerals
    // The worst first, so that the mark before it is its own.
    add(.errorCount(numerals.exact(failed), isOne: failed == 1), failed, .alarm)
    add(.waitingCount(numerals.exact(waiting)), waiting, Style(.warning))
    add(.okCount(numerals.exact(good)), good, .standard)
    var parts = [counts]
    if state.isOffline {
      parts.append(Line(Phrase.offline.text(state.language), Style(.warning)))
    } else if list.fleet.calls > 0 {
      parts.append(Line(Phrase.callsOfAll(numerals.exact(list.fleet.calls)).text(state.language), .dim))
    }
    if state.status.isPaused { parts.append(Line(Phrase.paused.text(state.language), Style(.warning))) }
    if let fault = state.status.archiveFault {
      parts.insert(Line(fault.headline(state.language), Style(.warning)), at: 1)
    }
    line.add(Line.fitting(parts, gap: 3, width: frame.size.width - 10))
    frame.write(line, row: row, column: 1, limit: frame.size.width - 1)
    if line.width + 8 < frame.size.width { frame.writeAtEnd(Line("UTC+8", .dim), row: row) }
  }
}
