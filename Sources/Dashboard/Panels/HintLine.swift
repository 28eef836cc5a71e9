import TerminalScreen

/// The last row: the most used keys, a notice in their place, or the prompt for a date.
enum HintLine {
  static func draw(_ state: State, row: Int, _ frame: inout Frame) {
    if case .goTo(let text, let refusal) = state.layer {
      drawPrompt(text, refusal, state, row: row, &frame)
    } else if let notice = state.notice {
      let style = notice.isWarning ? Style(.warning) : Style.standard
      let text = DisplayWidth.truncate(
        notice.phrase.text(state.language), to: frame.size.width - 2,
        ellipsis: HeaderPanel.ellipsis(state))
      frame.write(text, row: row, column: 1, style: style)
    } else {
      drawKeys(state, row: row, &frame)
    }
  }

  private static func drawKeys(_ state: State, row: Int, _ frame: inout Frame) {
    let (leftRight, upDown) = state.mode.glyphs.arrows
    let hints: [(String, Phrase)] = [
      (leftRight, .hintDay), (upDown, .hintWeek), (",.", .hintHour), ("1-6", .hintTypes), ("g", .hintGo),
      ("p", .hintPeak), ("m", .hintMetric), ("r", .hintRefresh), ("?", .hintHelp), ("q", .hintQuit),
    ]
    let parts = hints.map { key, phrase in
      var line = Line(key, .strong)
      line.add(" " + phrase.text(state.language), .dim)
      return line
    }
    let last = parts.count - 1
    let line = Line.fitting(
      parts, gap: 2, width: frame.size.width - 2, dropping: [7, 5, 6, 3, last, 1, 4, 2, 0])
    frame.write(line, row: row, column: 1)
  }

  private static func drawPrompt(
    _ text: String, _ refusal: DateExpression.Refusal?, _ state: State, row: Int, _ frame: inout Frame
  ) {
    var line = Line(Phrase.goTo.text(state.language) + " ", .dim)
    line.add(text, .strong)
    line.add(" ", Style(.accent, on: .selection, .reverse))
    line.add("  ")
    switch refusal {
    case .noSuchDate(let text)?: line.add(Phrase.noSuchDate(text).text(state.language), .alarm)
    case .notUnderstood(let text)?: line.add(Phrase.dateNotUnderstood(text).text(state.language), .alarm)
    case nil: line.add(Phrase.goToForms.text(state.language), .dim)
    }
    frame.write(line, row: row, column: 1, limit: frame.size.width - 1)
  }

}
