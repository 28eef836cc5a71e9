public import TerminalScreen

/// Draws the state. Pure: the same state gives the same frame, which has exactly the state's size.
public func view(_ state: State) -> Frame {
  var frame = draw(state)
  switch state.mode.glyphs.name {
  case .ascii: frame.foldToASCII()
  case .braille: frame.foldAmbiguous()
  case .block: break
  }
  return frame
}

private func draw(_ state: State) -> Frame {
  var frame = Frame(state.size)
  guard state.size.width >= 30, state.size.height >= 8 else {
    drawTooSmall(state, &frame)
    return frame
  }
  switch state.layer {
  case .help(let scroll, let search):
    HelpPanel.draw(state, scroll: scroll, search: search, &frame)
    return frame
  case .log(let scroll):
    LogPanel.draw(state, scroll: scroll, &frame)
    return frame
  case .alerts(let row):
    AlertPanel.draw(state, row: row, &frame)
    return frame
  default: break
  }
  switch state.view {
  case .day: DayView.draw(state, &frame)
  case .week: WeekView.draw(state, &frame)
  case .month: MonthView.draw(state, &frame)
  case .year: YearView.draw(state, &frame)
  case .all: AllView.draw(state, &frame)
  case .table: TableView.draw(state, &frame)
  case .speed: SpeedView.draw(state, &frame)
  case .accounts: AccountsView.draw(state, &frame)
  }
  switch state.layer {
  case .calendar(let day): CalendarPanel.draw(state, day, &frame)
  case .settings(let row): SettingsPanel.draw(state, row: row, &frame)
  default: break
  }
  return frame
}

/// What can be clicked at a cell.
func target(row: Int, column: Int, _ state: State) -> Target? {
  switch state.view {
  case .day: DayView.target(row: row, column: column, state)
  case .week: WeekView.target(row: row, column: column, state)
  case .month: MonthView.target(row: row, column: column, state)
  case .year: YearView.target(row: row, column: column, state)
  case .all: AllView.target(row: row, column: column, state)
  case .table: TableView.target(row: row, column: column, state)
  case .speed: SpeedView.target(row: row, column: column, state)
  case .accounts: AccountsView.target(row: row, column: column, state)
  }
}

private func drawTooSmall(_ state: State, _ frame: inout Frame) {
  let sentence = Phrase.tooSmall(state.size.width, state.size.height).text(state.language)
  for (row, line) in wrapped(sentence, width: state.size.width).enumerated() {
    frame.write(line, row: row, column: 0)
  }
}
