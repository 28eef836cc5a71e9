import TerminalScreen

/// The line that is typed into, what it takes, and why a text was refused.
enum PromptLine {
  static func draw(_ prompt: Prompt, _ state: State, row: Int, _ frame: inout Frame) {
    let width = frame.size.width
    var column = frame.write(label(prompt.kind).text(state.language), row: row, column: 1, style: .dim) + 1
    if prompt.kind != .goTo { column -= 1 }
    // A long text shows its end, where it is typed.
    let room = max(8, width - column - 2)
    var text = prompt.text
    var cursor = prompt.cursor
    while DisplayWidth.of(text) > room, !text.isEmpty {
      text.removeFirst()
      cursor -= 1
    }
    let before = String(text.prefix(max(0, cursor)))
    let cursorColumn = column + DisplayWidth.of(before)
    let end = frame.write(text, row: row, column: column, style: .strong, limit: width - 1)
    if cursorColumn >= end { frame.put(Cell(" ", style: .standard), row: row, column: cursorColumn) }
    frame.restyle(row: row, columns: cursorColumn..<(cursorColumn + 1)) {
      $0 = Style(.accent, on: .selection, .reverse)
    }
    let place = max(end, cursorColumn + 1) + 2
    frame.write(beside(prompt, state, room: width - 1 - place), row: row, column: place, limit: width - 1)
  }

  /// So many of the forms as have room, none of them cut.
  private static func whole(_ forms: String, room: Int) -> String {
    let gap = "   "
    var parts = forms.split(separator: gap).map(String.init)
    while parts.count > 1, DisplayWidth.of(parts.list(gap)) > room { parts.removeLast() }
    return parts.list(gap)
  }

  private static func label(_ kind: Prompt.Kind) -> Phrase {
    switch kind {
    case .goTo: .goTo
    case .command: .said(en: ":", zh: ":")
    case .filter: .said(en: "/", zh: "/")
    }
  }

  /// What stands behind the text: a refusal, the completions, or the forms that there are.
  private static func beside(_ prompt: Prompt, _ state: State, room: Int) -> Line {
    if let refusal = prompt.refusal { return Line(refusal.text(state.language), .alarm) }
    if prompt.text.isEmpty {
      let forms: Phrase =
        switch prompt.kind {
        case .goTo: .goToForms
        case .command: .said(en: "Tab lists   ↑ earlier   Esc", zh: "Tab 列出   ↑ 历史   Esc")
        case .filter where state.view == .accounts:
          .said(
            en: "a name   error   late   unusual   l4   >5000   paused",
            zh: "名称   出错   迟到   异常   l4   >5000   暂停")
        case .filter:
          .said(
            en: ">5000   <1k   unusual   weekend   revised   missing   a mark",
            zh: ">5000   <1万   异常   周末   修订   缺失   标记名")
        }
      return Line(whole(forms.text(state.language), room: room), .dim)
    }
    var line = Line()
    for candidate in Completion.candidates(prompt, state).prefix(12) {
      line.add(candidate + "  ", candidate == prompt.text ? .strong : .dim)
    }
    return line
  }
}
