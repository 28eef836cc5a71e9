import TerminalScreen
import WeixinModel

/// The lines that alerts, and notices from behind the screen, have in the log.
enum AlertLog {
  static func lines(_ state: State) -> [(at: Timestamp, line: Line)] {
    var lines: [(at: Timestamp, line: Line)] = []
    for alert in state.alerts {
      lines.append((alert.raisedAt, line(alert, at: alert.raisedAt, "!", nil, AlertLine.style(alert.severity), state)))
      if let seenAt = alert.acknowledgedAt {
        lines.append((seenAt, line(alert, at: seenAt, "!", .said(en: "seen", zh: "已确认"), .dim, state)))
      }
      if let clearedAt = alert.clearedAt {
        let done = state.mode.glyphs.done
        lines.append((clearedAt, line(alert, at: clearedAt, done, .said(en: "over", zh: "已结束"), .dim, state)))
      }
    }
    for past in state.pastNotices {
      var line = LogPanel.time(past.at, state)
      line.add("  ")
      line.add(String(Character(state.mode.glyphs.failed)), past.notice.isWarning ? .alarm : .dim)
      line.add(" " + past.notice.phrase.text(state.language), past.notice.isWarning ? Style(.warning) : .standard)
      lines.append((past.at, line))
    }
    return lines
  }

  private static func line(
    _ alert: Alert, at moment: Timestamp, _ glyph: Unicode.Scalar, _ became: Phrase?, _ style: Style, _ state: State
  ) -> Line {
    var line = LogPanel.time(moment, state)
    line.add("  ")
    line.add(String(Character(glyph)) + " ", style)
    if let name = state.name(of: alert) { line.add(name + ": ") }
    if let became { line.add(became.text(state.language) + ": ", .dim) }
    line.add(AlertWords(alert, state.numerals).headline, style)
    return line
  }
}
