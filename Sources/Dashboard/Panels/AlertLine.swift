import TerminalScreen
import WeixinModel

/// What waits to be seen: how many in the first row, and in the last one the alert that matters most with who must act.
enum AlertLine {
  /// ` !2` behind the account's name: alerts that nobody has seen, else those that are still open.
  static func badge(_ state: State) -> Line {
    let open = state.alerts.filter(\.isOpen)
    guard !open.isEmpty else { return Line() }
    let pending = open.filter(\.isPending)
    var line = Line(" ")
    let worst = pending.map(\.severity).min()
    line.add("!\(pending.isEmpty ? open.count : pending.count)", worst.map(style) ?? .dim)
    return line
  }

  /// An alert in the place of the keys' hints.
  static func draw(_ alert: Alert, _ state: State, row: Int, _ frame: inout Frame) {
    let width = frame.size.width
    let keys = keys(state)
    let words = AlertWords(alert, state.numerals)
    var head = Line("! ", style(alert.severity))
    if let name = state.name(of: alert) {
      head.add(
        DisplayWidth.truncate(name, to: 16, ellipsis: HeaderPanel.ellipsis(state)) + ": ", Style(.standard, .bold))
    }
    head.add(words.headline, style(alert.severity))
    let others = state.pendingAlerts.count - 1
    if others > 0 { head.add(" +\(others)", .dim) }
    // Of who must act half a sentence is better than none, and the keys are worth less than either.
    let hasKeys = head.width + keys.width + 5 <= width
    let most = hasKeys ? width - keys.width - 4 : width - 2
    let end = frame.write(
      head.truncated(to: most, ellipsis: HeaderPanel.ellipsis(state)), row: row, column: 1)
    let room = (hasKeys ? width - keys.width - 3 : width - 1) - end - 2
    if room >= 12 {
      let who = DisplayWidth.truncate(words.who, to: room, ellipsis: HeaderPanel.ellipsis(state))
      frame.write(Line(who, .dim), row: row, column: end + 2, limit: width - 1)
    }
    if hasKeys { frame.writeAtEnd(keys, row: row) }
  }

  static func style(_ severity: Alert.Severity) -> Style {
    switch severity {
    case .critical: Style(.failure, .bold)
    case .warning: Style(.warning, .bold)
    case .info: Style(.accent, .bold)
    }
  }

  /// `K seen  ! all`, as the keymap has them.
  private static func keys(_ state: State) -> Line {
    let hints: [(Action, Phrase)] = [
      (.acknowledge, .said(en: "seen", zh: "确认")), (.alerts, .said(en: "list", zh: "列表")), (.help, .hintHelp),
    ]
    var line = Line()
    for (action, phrase) in hints {
      guard let key = state.keys.keys(for: action).first else { continue }
      if !line.isEmpty { line.add("  ") }
      line.add(key.label(state.mode.glyphs), .strong)
      line.add(" " + phrase.text(state.language), .dim)
    }
    return line
  }
}
