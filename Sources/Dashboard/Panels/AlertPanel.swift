import TerminalScreen
import WeixinModel

/// All alerts, a row each: those that nobody has seen, the other open ones, then the newest that are over. Below them stands
/// the chosen one in sentences.
enum AlertPanel {
  static func draw(_ state: State, row: Int, _ frame: inout Frame) {
    let (width, height) = (frame.size.width, frame.size.height)
    let alerts = alerts(state)
    drawTitle(state, &frame)
    guard !alerts.isEmpty else {
      let words = Phrase.said(en: "No alert has been raised", zh: "还没有告警").text(state.language)
      frame.write(words, row: 2, column: 1, style: .dim, limit: width - 1)
      return
    }
    let row = min(max(0, row), alerts.count - 1)
    let rows = rows(state)
    let first = max(0, min(row - rows / 2, alerts.count - rows))
    let nameWidth = alerts.compactMap { state.name(of: $0).map { min(14, DisplayWidth.of($0)) } }.max() ?? 0
    // Times stand in a column where that costs no words.
    let timeWidth = width < 60 ? 0 : alerts.map { DisplayWidth.of(time($0, state)) }.max() ?? 0
    for (index, alert) in alerts.enumerated().dropFirst(first).prefix(rows) {
      let place = index - first + 2
      frame.write(line(alert, nameWidth, timeWidth, state), row: place, column: 1, limit: width - 1)
      guard index == row else { continue }
      frame.restyle(row: place, columns: 0..<width) { $0 = Style(.accent, on: .selection, .bold) }
      frame.put(Cell(state.mode.glyphs.next, style: Style(.accent, on: .selection, .bold)), row: place, column: 0)
    }
    let top = min(2 + rows, 2 + alerts.count) + 1
    let room = max(0, height - 1 - top)
    for (index, line) in details(alerts[row], state, width: width - 2, room: room).prefix(room).enumerated() {
      frame.write(line, row: top + index, column: 1, limit: width - 1)
    }
    drawHints(state, alerts, row, &frame)
  }

  /// How many alerts are seen at once.
  static func rows(_ state: State) -> Int { max(1, state.size.height - 4 - min(5, state.size.height / 3)) }

  /// The alerts in their order on the screen.
  static func alerts(_ state: State) -> [Alert] {
    let open = state.alerts.filter { $0.isOpen && !$0.isPending }
    let over = state.alerts.filter { !$0.isOpen }.sorted {
      ($0.clearedAt ?? $0.raisedAt) > ($1.clearedAt ?? $1.raisedAt)
    }
    return state.pendingAlerts + open + over
  }

  /// The alerts as text, for the clipboard.
  static func text(_ state: State) -> String {
    let alerts = alerts(state)
    return alerts.map { line($0, 0, 0, state).text }.joined(separator: "\n")
  }

  private static func drawTitle(_ state: State, _ frame: inout Frame) {
    let (open, pending) = (state.alerts.count(where: \.isOpen), state.alerts.count(where: \.isPending))
    let title = Line(Phrase.said(en: "Alerts", zh: "告警").text(state.language), .strong)
    let count = Phrase.said(en: "\(open) open, \(pending) not seen", zh: "\(open) 条未结束，\(pending) 条未确认")
    let counts = [Line(count.text(state.language), .dim)]
    LayerTitle.draw(title, details: counts, state, hasTimes: true, isOfAll: state.fleet.count > 1, &frame)
  }

  private static func time(_ alert: Alert, _ state: State) -> String {
    let isToday = alert.raisedAt.beijingDay == state.now.beijingDay
    return (isToday ? "" : state.numerals.shortDate(alert.raisedAt.beijingDay) + " ") + alert.raisedAt.beijingClock
  }

  private static func line(_ alert: Alert, _ nameWidth: Int, _ timeWidth: Int, _ state: State) -> Line {
    let words = AlertWords(alert, state.numerals)
    let style = alert.isPending ? AlertLine.style(alert.severity) : alert.isOpen ? .standard : .dim
    var line = Line(" ")
    line.add(alert.isOpen ? "! " : "  ", style)
    line.add(DisplayWidth.padStart(time(alert, state), to: timeWidth) + "  ", .dim)
    if let name = state.name(of: alert) {
      let cut = DisplayWidth.truncate(name, to: max(4, nameWidth), ellipsis: HeaderPanel.ellipsis(state))
      line.add(DisplayWidth.padEnd(cut, to: nameWidth) + "  ")
    }
    line.add(words.headline, style)
    line.add("  " + standing(alert, state).text(state.language), .dim)
    return line
  }

  /// What became of it.
  private static func standing(_ alert: Alert, _ state: State) -> Phrase {
    if let clearedAt = alert.clearedAt {
      let time = state.numerals.duration(seconds: clearedAt - alert.raisedAt)
      return .said(en: "over after \(time)", zh: "\(time)后结束")
    }
    if let seenAt = alert.acknowledgedAt {
      return .said(en: "seen \(seenAt.beijingClock)", zh: "\(seenAt.beijingClock) 已确认")
    }
    if alert.notifiedAt == nil { return .said(en: "quiet hours", zh: "静默时段") }
    return .said(en: "", zh: "")
  }

  private static func details(_ alert: Alert, _ state: State, width: Int, room: Int) -> [Line] {
    let words = AlertWords(alert, state.numerals)
    let sentences = wrapped(words.sentence, width: width).map { Line($0) }
    let who = wrapped(words.who, width: width).map { Line($0, .strong) }
    // The row says in short what it is; who must act stands only here.
    return sentences.count + who.count <= room ? sentences + who : who + sentences
  }

  private static func drawHints(_ state: State, _ alerts: [Alert], _ row: Int, _ frame: inout Frame) {
    let place = frame.size.height - 1
    if let notice = state.notice {
      let text = DisplayWidth.truncate(
        notice.phrase.text(state.language), to: frame.size.width - 2, ellipsis: HeaderPanel.ellipsis(state))
      frame.write(text, row: place, column: 1, style: notice.isWarning ? Style(.warning) : .standard)
      return
    }
    var hints: [(String, Phrase)] = [(state.mode.glyphs.arrows.upDown, .said(en: "choose", zh: "选择"))]
    if alerts[row].isPending { hints.append(("Enter", .said(en: "acknowledge", zh: "确认"))) }
    if alerts.contains(where: \.isPending) { hints.append(("a", .said(en: "all of them", zh: "全部确认"))) }
    hints.append(("y", .said(en: "copy", zh: "复制")))
    let parts = hints.map { key, phrase in
      var line = Line(key, .strong)
      line.add(" " + phrase.text(state.language), .dim)
      return line
    }
    frame.write(
      Line.fitting(parts, gap: 2, width: frame.size.width - 2), row: place, column: 1, limit: frame.size.width - 1)
  }
}
