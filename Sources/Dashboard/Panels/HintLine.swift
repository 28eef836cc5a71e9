import TerminalScreen

/// The last row: the most used keys, a notice in their place, or the prompt for a date.
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
      } else {
        ViewHints.draw(state, row: row, &frame)
      }
    }
  }

  private static func drawChoices(
    _ question: Phrase, _ choices: [(key: String, name: String)], _ state: State, _ row: Int, _ frame: inout Frame
  ) {
    var line = Line(question.text(state.language))
    for choice in choices + [("Esc", Phrase.said(en: "leave it", zh: "取消").text(state.language))] {
      line.add("  ")
      line.add(choice.key, .strong)
      line.add(" " + choice.name, .dim)
    }
    frame.write(line, row: row, column: 1, limit: frame.size.width - 1)
  }
}
