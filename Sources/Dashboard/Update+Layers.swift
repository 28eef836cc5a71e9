import TerminalScreen
import WeixinModel

func inHelp(_ key: Key, _ action: Action?, _ scroll: Int, _ search: String, _ state: inout State) -> [Effect] {
  let page = max(1, state.size.height - 4)
  let most = max(0, HelpPanel.lines(state, search: search).count - HelpPanel.rows(in: state.size))
  func scrolled(by rows: Int) { state.layer = .help(scroll: min(most, max(0, scroll + rows)), search: search) }
  switch key {
  case .up: scrolled(by: -1)
  case .down: scrolled(by: 1)
  case .pageUp: scrolled(by: -page)
  case .pageDown: scrolled(by: page)
  case .home: scrolled(by: -most)
  case .end: scrolled(by: most)
  case .escape where !search.isEmpty: state.layer = .help(scroll: 0, search: "")
  case .escape, .enter, .function(1): state.layer = .none
  case "?" where search.isEmpty: state.layer = .none
  case "q" where search.isEmpty: state.layer = .none
  case "Q" where search.isEmpty: return [.quit]
  case .backspace: state.layer = .help(scroll: 0, search: String(search.dropLast()))
  case .control("u"): state.layer = .help(scroll: 0, search: "")
  case .character(let scalar) where search.count < 20:
    state.layer = .help(scroll: 0, search: search + String(Character(scalar)))
  default: break
  }
  return []
}

func inLog(_ key: Key, _ action: Action?, _ scroll: Int, _ state: inout State) -> [Effect] {
  let page = max(1, state.size.height - 4)
  let most = max(0, LogPanel.entries(state).count - LogPanel.rows(in: state.size))
  func scrolled(by rows: Int) { state.layer = .log(scroll: min(most, max(0, scroll + rows))) }
  switch key {
  case .up, "k": scrolled(by: 1)
  case .down, "j": scrolled(by: -1)
  case .pageUp: scrolled(by: page)
  case .pageDown, " ": scrolled(by: -page)
  case .home, "g": scrolled(by: most)
  case .end, "G": scrolled(by: -most)
  default:
    if action == .copy {
      state.layer = .none
      let lines = LogPanel.entries(state).map { $0.line().text }
      return [.copy(lines.joined(separator: "\n"), what: .theLog)]
    }
    return closed(key, action, by: .log, &state)
  }
  return []
}

/// What is left for a key that means nothing of its own in a layer: close it, leave, or nothing at all.
func closed(_ key: Key, _ action: Action?, by own: Action, _ state: inout State) -> [Effect] {
  if action == .quit { return [.quit] }
  if key == .escape || action == .close || action == own { state.layer = .none }
  return []
}

func inExport(_ key: Key, _ state: inout State) -> [Effect] {
  let formats: [Key: ExportFormat] = ["c": .csv, "j": .json, "s": .svg, "t": .text]
  state.layer = .none
  guard let format = formats[key] else {
    if key != .escape, key != "q" { state.notice = .init(unknown(key)) }
    return []
  }
  return export(format, name: "", state)
}

func export(_ format: ExportFormat, name: String, _ state: State) -> [Effect] {
  [.export(exportText(state, format), name: name, suggestion: exportName(state, format))]
}

/// The calendar picks a day without loading those that are passed.
func inCalendar(_ key: Key, _ action: Action?, _ day: BeijingDay, _ state: inout State) -> [Effect] {
  func picked(_ day: BeijingDay) { state.layer = .calendar(min(max(day, .firstKept), state.newestDay)) }
  switch action {
  case .previousDay: picked(day - 1)
  case .nextDay: picked(day + 1)
  case .previousWeek: picked(day - 7)
  case .nextWeek: picked(day + 7)
  case .previousMonth: picked(day.adding(months: -1))
  case .nextMonth: picked(day.adding(months: 1))
  case .previousYear: picked(day.adding(months: -12))
  case .nextYear: picked(day.adding(months: 12))
  case .newestDay: picked(state.status.newestDay ?? state.newestDay)
  case .firstHour: picked(day.firstOfMonth)
  case .lastHour: picked(day.daysOfMonth.upperBound)
  case .goToDate: state.layer = .prompt(Prompt(.goTo))
  case .quit: return [.quit]
  default:
    guard key == .enter || key == " " else { return closed(key, action, by: .calendar, &state) }
    goTo(day, &state)
  }
  return []
}

func inSettings(_ key: Key, _ action: Action?, _ row: Int, _ state: inout State) -> [Effect] {
  let rows = SettingsPanel.rows.count
  switch key {
  case .up, "k": state.layer = .settings(row: (row + rows - 1) % rows)
  case .down, "j", .tab: state.layer = .settings(row: (row + 1) % rows)
  case .left, "h": SettingsPanel.change(row, by: -1, &state)
  case .right, "l", " ", .enter: SettingsPanel.change(row, by: 1, &state)
  case "w", "s":
    let changed = SettingsPanel.changed(state)
    if changed.isEmpty {
      state.notice = .init(.said(en: "Nothing has changed, so nothing was saved", zh: "设置没有变化，无需保存"))
      return []
    }
    return [.keepSettings(changed)]
  default: return closed(key, action, by: .settings, &state)
  }
  return []
}
