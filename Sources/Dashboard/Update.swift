import TerminalScreen
public import WeixinModel

/// Takes an event into the state and says what is to be done. Pure: time comes with the event.
public func update(_ state: inout State, _ event: Event, at now: Timestamp, keys: KeyBindings = .standard) -> [Effect] {
  state.now = max(state.now, now)
  let shown = state.day
  var effects: [Effect] = []
  switch event {
  case .resize(let size): state.size = size
  case .resumed: effects = [.redraw]
  case .paste(let text): pasted(text, &state)
  case .status(let status): state.status = status
  case .tick, .mouse, .learned: break
  case .key(let key): effects = pressed(key, &state, keys)
  }
  state.settle()
  if state.day != shown { effects.insert(.show(state.day), at: 0) }
  return effects
}

private func pressed(_ key: Key, _ state: inout State, _ keys: KeyBindings) -> [Effect] {
  state.notice = nil
  let action = keys.action(for: key)
  // These work in every layer: nobody may be locked in.
  switch (action, key) {
  case (.redraw, _): return [.redraw]
  case (.suspend, _): return [.suspend]
  case (.quit, .control): return [.quit]
  default: break
  }
  switch state.layer {
  case .none: return perform(action, key, &state)
  case .help(let scroll): return inHelp(key, action, scroll, &state)
  case .goTo(let text, _): return inGoTo(key, text, &state)
  }
}

private func inHelp(_ key: Key, _ action: Action?, _ scroll: Int, _ state: inout State) -> [Effect] {
  let page = max(1, state.size.height - 4)
  let most = max(0, HelpPanel.lines(state).count - HelpPanel.rows(in: state.size))
  func scrolled(by rows: Int) { state.layer = .help(scroll: min(most, max(0, scroll + rows))) }
  switch key {
  case .up, "k": scrolled(by: -1)
  case .down, "j": scrolled(by: 1)
  case .pageUp: scrolled(by: -page)
  case .pageDown, " ": scrolled(by: page)
  case .home: scrolled(by: -most)
  case .end: scrolled(by: most)
  default:
    if action == .quit { return [.quit] }
    state.layer = .none
  }
  return []
}

private func inGoTo(_ key: Key, _ text: String, _ state: inout State) -> [Effect] {
  switch key {
  case .escape: state.layer = .none
  case "g" where text.isEmpty: goTo(.firstKept, &state)
  case "G" where text.isEmpty: goTo(state.status.newestDay ?? state.newestDay, &state)
  case .backspace:
    state.layer = text.isEmpty ? .none : .goTo(text: String(text.dropLast()), refusal: nil)
  case .control("u"): state.layer = .goTo(text: "", refusal: nil)
  case .character(let scalar) where text.count < 20:
    state.layer = .goTo(text: text + String(Character(scalar)), refusal: nil)
  case .enter:
    if text.isEmpty {
      state.layer = .none
      return []
    }
    do {
      goTo(try DateExpression.parse(text, today: state.now.beijingDay), &state)
    } catch {
      state.layer = .goTo(text: text, refusal: error)
    }
  default: break
  }
  return []
}

/// A paste is text for the date prompt, and nothing anywhere else: its letters are no commands.
private func pasted(_ text: String, _ state: inout State) {
  guard case .goTo(let typed, _) = state.layer else {
    state.notice = .init(.pasteIgnored)
    return
  }
  let line = text.prefix { !$0.isNewline }.filter { !$0.isWhitespace || $0 == " " }
  state.layer = .goTo(text: String((typed + line).prefix(20)), refusal: nil)
}

/// Shows a day, or the nearest that there is, and says so.
private func goTo(_ day: BeijingDay, _ state: inout State) {
  state.layer = .none
  state.hasChosenDay = true
  if day < .firstKept {
    state.day = .firstKept
    state.notice = .init(.clampedToFirst, isWarning: true)
  } else if day > state.newestDay {
    state.day = state.newestDay
    state.notice = .init(.clampedToNewest("\(state.newestDay)"), isWarning: true)
  } else {
    state.day = day
  }
}
