import Dashboard
import TerminalScreen
import WeixinModel

/// The rows of one day as people want them.
enum HourlyReport {
  /// A table of hours by types; with small bars when people look at a terminal.
  static func table(_ record: DayRecord, language: Language, hasBars: Bool) -> String {
    let messages = record.messages
    let numerals = Numerals(language)
    var documented = MessageType.documented
    documented += messages.types.filter { !documented.contains($0) }
    let state = record.isFinal ? Phrase.final : .provisional
    var text = "\(numerals.date(messages.day))  \(numerals.exact(messages.total)) "
    text += "\(Phrase.messages.text(language))  \(state.text(language))\n"
    if messages.isEmpty { return text + Phrase.dayNoMessages.text(language) + "\n" }
    let names = documented.map { type in
      Series(type) == .other ? type.reportName : Series(type).name(language)
    }
    text += (["  "] + (names + ["="]).map { DisplayWidth.padStart($0, to: 8) }).joined() + "\n"
    let most = messages.hourTotals.max() ?? 0
    for hour in 0..<24 {
      let rows = messages.rows(inHour: hour)
      let counts = documented.map { type in rows.first { $0.type == type }?.count ?? 0 }
      text += hour < 10 ? "0\(hour)" : "\(hour)"
      for count in counts + [messages.hourTotals[hour]] {
        text += DisplayWidth.padStart(numerals.exact(count), to: 8)
      }
      if hasBars { text += "  " + bar(messages.hourTotals[hour], most: most) }
      text += "\n"
    }
    return text
  }

  /// A horizontal bar of at most twenty columns, in eighths.
  private static func bar(_ value: Int, most: Int) -> String {
    guard value > 0, most > 0 else { return "╌" }
    let eighths = max(1, value * 160 / most)
    let part = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
    return String(repeating: "█", count: eighths / 8) + part
  }
}
