import TerminalScreen
import WeixinModel

func inPrompt(_ key: Key, _ prompt: Prompt, _ state: inout State) -> [Effect] {
  var prompt = prompt
  switch key {
  case .escape, .control("g"):
    state.layer = .none
    return []
  case _ where key.halfWidth == "g" && prompt.kind == .goTo && prompt.text.isEmpty:
    goTo(.firstKept, &state)
    return []
  case _ where key.halfWidth == "G" && prompt.kind == .goTo && prompt.text.isEmpty:
    goTo(state.status.newestDay ?? state.newestDay, &state)
    return []
  case .enter: return submit(prompt, &state)
  case .tab, .backTab:
    prompt.complete(Completion.candidates(prompt, state), isForward: key == .tab)
  case .up: recall(&prompt, by: 1, state)
  case .down: recall(&prompt, by: -1, state)
  case .left: prompt.move(by: -1)
  case .right: prompt.move(by: 1)
  case .home, .control("a"): prompt.moveToStart()
  case .end, .control("e"): prompt.moveToEnd()
  case .backspace:
    if prompt.text.isEmpty {
      state.layer = .none
      return []
    }
    prompt.deleteBack()
  case .delete, .control("d"): prompt.deleteForward()
  case .control("w"): prompt.deleteBack(wholeWord: true)
  case .control("u"): prompt.deleteToStart()
  case .character(let scalar): prompt.insert(String(Character(scalar)))
  default: break
  }
  state.layer = .prompt(prompt)
  return []
}

/// Earlier commands come back with the arrows.
private func recall(_ prompt: inout Prompt, by steps: Int, _ state: State) {
  guard prompt.kind == .command else { return }
  let index = min(state.commandHistory.count, max(0, prompt.historyIndex + steps))
  let text = index == 0 ? "" : state.commandHistory[state.commandHistory.count - index]
  prompt.replace(with: text)
  prompt.historyIndex = index
}

private func submit(_ prompt: Prompt, _ state: inout State) -> [Effect] {
  var prompt = prompt
  state.layer = .none
  let text = prompt.text.cleaned(limit: Prompt.limit)
  switch prompt.kind {
  case .goTo:
    if text.isEmpty { return [] }
    prompt.refusal = goTo(text, &state)
  case .filter: prompt.refusal = filter(text, &state)
  case .command:
    if text.isEmpty { return [] }
    do throws(Phrase) {
      let effects = try run(command(text), &state)
      if state.commandHistory.last != text { state.commandHistory.append(text) }
      state.commandHistory = state.commandHistory.suffix(50)
      return effects
    } catch {
      prompt.refusal = error
    }
  }
  if prompt.refusal != nil { state.layer = .prompt(prompt) }
  return []
}

/// Goes to a date or a mark; returns why it cannot.
private func goTo(_ text: String, _ state: inout State) -> Phrase? {
  let name = text.folded
  func go(to mark: Mark) { goTo(mark.newest(before: state.now.beijingDay), &state) }
  // Of a name that is also a festival's, the user's own days are meant.
  if let mark = state.marks.first(where: { $0.name.folded == name }) {
    go(to: mark)
    return nil
  }
  do throws(DateExpression.Refusal) {
    goTo(try DateExpression.parse(text, today: state.now.beijingDay), &state)
    return nil
  } catch {
    if let mark = state.marks.first(where: { $0.name.folded.hasPrefix(name) }) {
      go(to: mark)
      return nil
    }
    switch error {
    case .noSuchDate(let text): return .noSuchDate(text)
    case .notUnderstood(let text): return .dateNotUnderstood(text)
    }
  }
}

/// Looks for something; nothing ends the search.
private func filter(_ text: String, _ state: inout State) -> Phrase? {
  if state.view == .accounts {
    state.accountFilter = Filter(text)
    return nil
  }
  if let word = Filter.unreadable(text) { return .filterNeedsNumber(word) }
  if let (word, isNumber) = Filter.meaningless(text, marks: state.marks) {
    return .filterNotUnderstood(word.cleaned(limit: 30), isNumber: isNumber)
  }
  state.filter = Filter(text)
  guard let filter = state.filter else {
    state.notice = .init(.filterOff)
    return nil
  }
  let isHit =
    filter.hasNumbers && state.view.hasHours
    ? filter.hours(of: state.day, state)[state.hour] : filter.matches(state.day, state)
  state.notice = .init(.filterOn(filter.text))
  // As in vim and less, a search goes to its first hit: here the nearest one back in time.
  if !isHit { seek(isForward: false, &state) }
  return nil
}

private func command(_ text: String) throws(Phrase) -> Command {
  do throws(Command.Refusal) {
    return try Command.parse(text)
  } catch {
    throw error.phrase
  }
}

private func run(_ command: Command, _ state: inout State) throws(Phrase) -> [Effect] {
  switch command {
  case .action(let action): return perform(action, &state)
  case .goTo(let text): if let refusal = goTo(text, &state) { throw refusal }
  case .filter(let text): if let refusal = filter(text, &state) { throw refusal }
  case .hide(let series):
    state.hidden = series
    let names = series.sorted { $0.rawValue < $1.rawValue }.map { $0.name(state.language) }
    state.notice = .init(.hiding(names.joined(separator: ", ")))
  case .theme(let theme):
    state.look.wishedTheme = theme
    state.notice = .init(.theme(state.look.theme))
  case .language(let language):
    state.look.wishedLanguage = language
    if state.language != language {
      state.notice = .init(
        .said(en: "Chinese cannot be written in ASCII: ~ changes the characters", zh: "ASCII 字符无法显示中文，按 ~ 更换字符"),
        isWarning: true)
    }
  case .glyphs(let glyphs): setGlyphs(glyphs, &state)
  case .compare(let compare): setCompare(compare, &state)
  case .metric(let metric): setMetric(metric, &state)
  case .scale(let scale): setScale(scale, &state)
  case .mouse(let isOn): setMouse(isOn, &state)
  case .account(let name): return try openAccount(named: name, &state)
  case .export(let format, let name): return export(format, name: name, state)
  }
  return []
}
