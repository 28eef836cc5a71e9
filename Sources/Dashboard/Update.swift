import TerminalScreen
public import WeixinModel

/// Takes an event into the state and says what is to be done. Pure: time comes with the event.
public func update(_ state: inout State, _ event: Event, at now: Timestamp) -> [Effect] {
  // Also backwards: whoever sets a clock wants to see it.
  state.now = now
  let before = state
  var effects: [Effect] = []
  switch event {
  case .resize(let size): state.size = size
  case .resumed: effects = [.redraw]
  case .paste(let text): pasted(text, &state)
  case .status(let status):
    published(status, &state)
    if let isForward = state.waitingSearch, state.status.history.isWhole { seek(isForward: isForward, &state) }
  case .fleet(let fleet): published(fleet, &state)
  case .tick: break
  case .alerts(let alerts): effects = heard(alerts, &state)
  case .notice(let notice): state.tell(notice)
  case .mouse(let mouse): effects = used(mouse, &state)
  case .learned(let answers): learned(answers, &state)
  case .copied(let outcome, let what): state.notice = .copied(outcome, what)
  case .exported(let path, let bytes, let reason): state.notice = .exported(path, bytes, reason, state.numerals)
  case .settingsKept(let path, let reason):
    state.notice = .settingsKept(path, reason)
    if path != nil { state.keptLook = state.look }
  case .key(let key):
    state.waitingSearch = nil
    effects = pressed(key, &state)
  }
  state.settle()
  // Palettes are made anew each time they are asked for, and hardly any event changes the look.
  if state.look != before.look { effects += restyled(from: before.look, to: state.look) }
  if state.status.account.name != before.status.account.name {
    // The day is asked of the other account, so after it was opened.
    effects.append(.show(state.day, and: state.wantedDays))
  } else if state.day != before.day || (state.view.hasOneAccount && state.wantedDays != before.wantedDays) {
    effects.insert(.show(state.day, and: state.wantedDays), at: 0)
  }
  if state.view == .accounts { look(atFleet: &state, &effects) }
  return effects
}

/// What the state asks for before anything has happened.
public func firstEffects(_ state: inout State) -> [Effect] {
  var effects = [Effect.show(state.day, and: state.wantedDays)]
  if state.view == .accounts { look(atFleet: &state, &effects) }
  return effects
}

/// What a terminal must be told of another look.
private func restyled(from old: Look, to new: Look) -> [Effect] {
  var effects: [Effect] = []
  if new.palette != old.palette { effects.append(.restyle(new.palette)) }
  if new.mode.glyphs != old.mode.glyphs { effects.append(.redraw) }
  if new.hasMouse != old.hasMouse { effects.append(.setMouse(new.hasMouse)) }
  return effects
}

private func learned(_ answers: TerminalAnswers, _ state: inout State) {
  if let isDark = answers.isDark { state.look.isDark = isDark }
  if let isWide = answers.isAmbiguousWide { state.look.isAmbiguousWide = isWide }
}

private func pressed(_ key: Key, _ state: inout State) -> [Effect] {
  state.notice = nil
  let key = pressedKey(key, state)
  let action = state.keys.action(for: key)
  // These work in every layer: nobody may be locked in.
  switch (action, key) {
  case (.redraw, _): return [.redraw]
  case (.suspend, _): return [.suspend]
  case (.quit, .control): return [.quit]
  default: break
  }
  switch state.layer {
  case .none: return perform(action, key, &state)
  case .help(let scroll, let search): return inHelp(key, action, scroll, search, &state)
  case .prompt(let prompt): return inPrompt(key, prompt, &state)
  case .calendar(let day): return inCalendar(key, action, day, &state)
  case .settings(let row): return inSettings(key, action, row, &state)
  case .log(let scroll): return inLog(key, action, scroll, &state)
  case .alerts(let row): return inAlerts(key, action, row, &state)
  case .export: return inExport(key, &state)
  case .refetch:
    state.layer = .none
    guard key == "y" || key == "Y" || key == .enter || key == "R" else { return [] }
    let days = Language.allCases.map { Numerals($0, isASCII: state.mode.glyphs.name == .ascii).date(state.day) }
    state.notice = .init(.said(en: "Fetching \(days[0]) anew", zh: "正在重新获取 \(days[1])"))
    return [.refetch(state.day)]
  }
}

/// The key that a key of a Chinese input method is meant to be. Prompts keep what is typed, as it may be a name.
private func pressedKey(_ key: Key, _ state: State) -> Key {
  if case .prompt = state.layer { return key }
  // Two of these come with one press, and what they stand for is no key.
  if key == "—" || state.keys.action(for: key) != nil { return key }
  return key.halfWidth
}

/// A paste is text for a prompt, and nothing anywhere else: its letters are no commands.
private func pasted(_ text: String, _ state: inout State) {
  guard case .prompt(var prompt) = state.layer else {
    state.notice = .init(.pasteIgnored)
    return
  }
  let line = text.prefix { !$0.isNewline }.map { $0 == "\u{3000}" ? " " : $0 }
  prompt.insert(String(line.filter { !$0.isWhitespace || $0 == " " }))
  state.layer = .prompt(prompt)
}
