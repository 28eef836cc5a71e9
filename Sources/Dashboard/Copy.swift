import TerminalScreen
import WeixinModel

/// What `y` takes along: the inspected hour or day in exact numbers, for a chat or a ticket.
func copyText(_ state: State) -> String {
  let numerals = Numerals(state.language)
  let account = state.status.account
  let name = account.title.isEmpty ? account.name : "\(account.title) (\(account.name))"
  let isZh = state.language == .zh
  // The address to whitelist is what a person who met 40164 wants to copy.
  if state.dayStatus.record == nil, let failure = StatusLine.failure(state) {
    let explanation = Explanation(failure.error, state.language)
    return explanation.address
      ?? [name, explanation.what, explanation.remedy].filter { !$0.isEmpty }
      .joined(separator: isZh ? "" : " ")
  }
  let hour = state.view.hasHours ? state.hour : nil
  var place = numerals.date(state.day)
  if let hour { place += " \(twoDigits(hour)):00–\(twoDigits(hour)):59" }
  var parts = ["\(name)  \(place) UTC+8"]
  let values: [Int]
  if let hour, let figures = state.figures {
    parts.append("\(numerals.exact(figures.hourTotals[hour])) \(unit(state))")
    values = figures.hours[hour]
  } else if let figures = state.figures {
    parts.append("\(numerals.exact(figures.total)) \(unit(state))")
    values = figures.seriesTotals
  } else if let total = state.status.history.total(of: state.day, state.measure) {
    parts.append("\(numerals.exact(total)) \(unit(state))")
    values = []
  } else {
    parts.append(FiguresPanel.standing(state).text)
    values = []
  }
  let types = zip(Series.allCases, values).filter { $1 > 0 }.map { "\($0.name(state.language)) \(numerals.exact($1))" }
  if !types.isEmpty { parts.append(types.joined(separator: isZh ? "、" : ", ")) }
  if let words = state.withoutWords { parts.append(words.text(state.language)) }
  return parts.joined(separator: "  ")
}

private func unit(_ state: State) -> String {
  (state.metric == .messages ? Phrase.messages : .users).text(state.language)
}

/// The command that prints what the screen shows.
func commandLine(_ state: State) -> String {
  if state.view == .accounts { return accountsCommand(state) }
  let name = state.status.account.name
  // The demo begins with the first of its accounts.
  let isFirst = state.fleet.first.map { $0.account.name == name } ?? true
  var words = ["wxtop"] + (state.isDemo ? ["--demo"] : [])
  if !state.isDemo || !isFirst { words += ["--account", name] }
  words += ["--date", "\(state.day)"]
  if state.view != .day { words += ["--view", state.view.rawValue] }
  if state.view.hasHours { words += ["--hour", "\(state.hour)"] }
  if state.metric == .users { words += ["--metric", "users"] }
  if state.compare != .usual { words += ["--compare", state.compare.rawValue] }
  if !state.hidden.isEmpty {
    let names = state.hidden.sorted { $0.rawValue < $1.rawValue }.map(\.keyName)
    words += ["--hide", names.joined(separator: ",")]
  }
  if state.scale == .log { words += ["--scale", "log"] }
  if state.isComposition { words.append("--composition") }
  if state.hasLabels { words.append("--labels") }
  if state.isChartOnly { words.append("--chart-only") }
  words += listOptions(state, filter: state.filter)
  return (words + lookOptions(state)).map(shellWord).joined(separator: " ")
}

/// What ``commandLine(_:)`` gives, and what of the screen it cannot give.
func commandPhrase(_ state: State) -> Phrase {
  // The days that were looked at before have made the top of a locked scale.
  state.scale == .locked && state.view == .day ? .screenCommandWithoutScale : .screenCommand
}

extension Phrase {
  static let screenCommandWithoutScale = said(
    en: "The command, without the locked scale", zh: "重现本屏的命令（不含锁定的刻度）")
}

/// All accounts need no name, and have no day but their newest.
private func accountsCommand(_ state: State) -> String {
  let words = ["wxtop"] + (state.isDemo ? ["--demo"] : []) + ["--view", ViewName.accounts.rawValue]
  let options = listOptions(state, filter: state.accountFilter) + lookOptions(state)
  return (words + options).map(shellWord).joined(separator: " ")
}

/// What is looked for, and how a list is sorted.
private func listOptions(_ state: State, filter: Filter?) -> [String] {
  var words: [String] = []
  if let filter { words += ["--filter", filter.text] }
  let sorting = state.sorting
  if let column = sorting.column { words += ["--sort", column.rawValue] }
  return words + (sorting.isInverted ? ["--invert"] : [])
}

private func lookOptions(_ state: State) -> [String] {
  var words: [String] = []
  if state.look.wishedTheme != nil { words += ["--theme", state.look.theme.rawValue] }
  if state.look.wishedGlyphs != nil { words += ["--glyphs", state.mode.glyphs.name.rawValue] }
  return words + ["--lang", state.language.rawValue, "--size", "\(state.size.width)x\(state.size.height)", "--once"]
}

/// A word as a shell reads it back.
private func shellWord(_ word: String) -> String {
  let isPlain = word.unicodeScalars.allSatisfy {
    $0.isASCII && ($0.properties.isAlphabetic || "0123456789-_.,=/".unicodeScalars.contains($0))
  }
  return isPlain && !word.isEmpty
    ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}
