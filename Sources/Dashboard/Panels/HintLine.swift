import TerminalScreen

/// The last row: the most used keys; in their place a prompt, a notice, or the alert that nobody has seen yet.
enum HintLine {
  static func draw(_ state: State, row: Int, _ frame: inout Frame) {
    switch state.layer {
    case .prompt(let prompt): PromptLine.draw(prompt, state, row: row, &frame)
    case .export:
      drawChoices(
        Phrase.said(en: "Save as", zh: "导出为"), [("c", "CSV"), ("j", "JSON"), ("s", "SVG"), ("t", "txt")], state, row,
        &frame)
    case .refetch:
      let day = state.numerals.date(state.day)
      let question = Phrase.said(en: "Fetch \(day) anew? It costs one call.", zh: "重新获取 \(day)？将消耗一次调用。")
      drawChoices(question, [("y", Phrase.said(en: "yes", zh: "是").text(state.language))], state, row, &frame)
    default:
      if let notice = state.notice {
        let text = DisplayWidth.truncate(
          notice.phrase.text(state.language), to: frame.size.width - 2, ellipsis: HeaderPanel.ellipsis(state))
        frame.write(text, row: row, column: 1, style: notice.isWarning ? Style(.warning) : .standard)
      } else if let alert = state.pendingAlerts.first, state.layer == .none {
        AlertLine.draw(alert, state, row: row, &frame)
      } else {
        ViewHints.draw(state, row: row, &frame)
      }
    }
  }

  private static func drawChoices(
    _ question: Phrase, _ choices: [(key: String, name: String)], _ state: State, _ row: Int, _ frame: inout Frame
  ) {
    let width = frame.size.width - 2
    let all = choices + [("Esc", Phrase.said(en: "leave it", zh: "取消").text(state.language))]
    func line(named: Int) -> Line {
      var line = Line()
      for (index, choice) in all.enumerated() {
        line.add(line.isEmpty ? "" : "  ")
        line.add(choice.key, .strong)
        if index < named { line.add(" " + choice.name, .dim) }
      }
      return line
    }
    // Which keys there are matters more than the end of the question.
    let question = Line(question.text(state.language))
    let full = line(named: all.count)
    let brief = line(named: choices.count)
    let keys =
      question.width + 2 + full.width <= width ? full : brief.width + 6 <= width ? brief : line(named: 0)
    var asked = question.truncated(to: width - keys.width - 2, ellipsis: HeaderPanel.ellipsis(state))
    asked.add("  ")
    asked.add(keys)
    frame.write(asked, row: row, column: 1, limit: width + 1)
  }
}
