import TerminalScreen
import WeixinModel

func perform(_ action: Action?, _ key: Key, _ state: inout State) -> [Effect] {
  guard let action else {
    state.notice = .init(unknown(key))
    return []
  }
  if key == .escape, action == .close {
    // Esc goes back, but never out of the program.
    goBack(&state)
    return []
  }
  return perform(action, &state)
}

/// What is said of a key that does nothing.
func unknown(_ key: Key) -> Phrase {
  if case .character(let scalar) = key, !scalar.isASCII { .unknownLetter(key.name) } else { .unknownKey(key.name) }
}

func perform(_ action: Action, _ state: inout State) -> [Effect] {
  if state.view == .accounts, let effects = perform(onAccounts: action, &state) { return effects }
  if move(action, &state) { return [] }
  switch action {
  case .show(let view): show(view, &state)
  case .zoomIn: zoom(by: -1, &state)
  case .zoomOut: zoom(by: 1, &state)
  case .zoomReset: show(.day, &state)
  case .nextView: cycleView(by: 1, &state)
  case .previousView: cycleView(by: -1, &state)
  case .open: open(&state)
  case .nextAccount: return openNextAccount(&state)
  case .goToDate: state.layer = .prompt(Prompt(.goTo))
  case .command: state.layer = .prompt(Prompt(.command))
  case .filter:
    state.layer = .prompt(
      Prompt(.filter, text: (state.view == .accounts ? state.accountFilter : state.filter)?.text ?? ""))
  case .calendar: state.layer = .calendar(state.day)
  case .help: state.layer = .help(scroll: 0, search: "")
  case .settings: state.layer = .settings(row: 0)
  case .log: state.layer = .log(scroll: 0)
  case .alerts: state.layer = .alerts(row: 0)
  case .acknowledge: return acknowledge(state.pendingAlerts.first.map { [$0] } ?? [], &state)
  case .export: state.layer = .export
  case .nextUnusual: seek(isForward: true, &state)
  case .previousUnusual: seek(isForward: false, &state)
  case .copy: return [.copy(copyText(state), what: .inspectedNumbers)]
  case .copyCommand: return [.copy(commandLine(state), what: commandPhrase(state))]
  case .toggleMouse: setMouse(!state.look.hasMouse, &state)
  case .redraw: return [.redraw]
  case .suspend: return [.suspend]
  case .close:
    if state.isChartOnly || (state.view == .accounts ? state.accountFilter != nil : state.filter != nil) {
      goBack(&state)
      return []
    }
    return [.quit]
  case .quit: return [.quit]
  default: return ask(action, &state) ?? draw(action, &state)
  }
  return []
}

/// What Esc closes when no layer is open.
private func goBack(_ state: inout State) {
  if state.isChartOnly {
    state.isChartOnly = false
  } else if state.view == .accounts {
    // What is looked for among days is another thing.
    if state.accountFilter == nil {
      show(state.viewBefore, &state)
      state.isFromList = false
    }
    state.accountFilter = nil
  } else if state.filter != nil {
    state.filter = nil
    state.notice = .init(.filterOff)
  } else if state.view != .day {
    state.view = .day
  } else if state.isFromList {
    returnToList(&state)
  }
}

/// What is asked of Weixin; nil for any other action.
private func ask(_ action: Action, _ state: inout State) -> [Effect]? {
  let needsNetwork = [.refresh, .refetch, .toggleBackfill].contains(action)
  if needsNetwork, state.isOffline {
    state.notice = .init(.offline, isWarning: true)
    return []
  }
  switch action {
  case .refresh:
    state.notice = .init(.refreshing)
    return [.refresh]
  case .refetch:
    state.layer = .refetch
    return []
  case .togglePause:
    let isPaused = !state.status.isPaused
    let name = state.status.account.name
    state.notice = .init(
      state.fleet.count < 2
        ? isPaused ? .pausedNow : .resumedNow
        : isPaused
          ? .said(en: "Polling of \(name) alone is paused. Space goes on", zh: "已暂停轮询 \(name)（仅此账号），按空格继续")
          : .said(en: "Polling of \(name) goes on", zh: "继续轮询 \(name)"))
    return [.setPaused(isPaused)]
  case .toggleBackfill:
    let isRunning = state.status.backfill.map { $0.end == nil } ?? false
    state.notice = .init(isRunning ? .backfillStopped : .backfillBegun)
    return [.setBackfilling(!isRunning)]
  default: return nil
  }
}

/// Why an action would change nothing of what the view shows; nil where it does.
private func refusal(of action: Action, _ state: State) -> Phrase? {
  let isSpeed = state.view == .speed
  switch action {
  case .cycleScale, .toggleChartOnly: return state.view == .day ? nil : .onlyForCharts
  case .cycleCompare: return state.view.hasChart ? nil : .onlyForCharts
  case .toggleComposition:
    return !state.view.hasChart ? .onlyForCharts : state.metric == .users ? .notForUsers : nil
  case .toggleLabels: return isSpeed || state.view == .table ? .onlyForCharts : nil
  case .toggleSeries, .allSeries, .onlyOneSeries, .switchMetric: return isSpeed ? .onlyForCharts : nil
  case .sort, .invertSort: return state.view == .table ? nil : .onlyForTables
  default: return nil
  }
}

/// What changes how the numbers are drawn.
private func draw(_ action: Action, _ state: inout State) -> [Effect] {
  if let refusal = refusal(of: action, state) {
    state.notice = .init(refusal)
    return []
  }
  switch action {
  case .toggleSeries(let series): toggle(series, &state)
  case .allSeries:
    state.hidden = []
    state.notice = .init(.allTypes)
  case .onlyOneSeries: showOnlyNext(&state)
  case .switchMetric: setMetric(state.metric == .messages ? .users : .messages, &state)
  case .cycleCompare:
    let next = state.compare.next
    setCompare(next == .mark && state.dayOfMarkBefore == nil ? next.next : next, &state)
  case .cycleScale: setScale(state.scale.next, &state)
  case .toggleComposition:
    state.isComposition.toggle()
    state.notice = .init(state.isComposition ? .compositionOn : .compositionOff)
  case .toggleLabels: state.hasLabels.toggle()
  case .toggleChartOnly: state.isChartOnly.toggle()
  case .cycleGlyphs: setGlyphs(state.mode.glyphs.name.next, &state)
  case .sort: state.order.column += 1
  case .invertSort: state.order.isInverted.toggle()
  default: break
  }
  return []
}

func setMetric(_ metric: Metric, _ state: inout State) {
  state.metric = metric
  state.axisMaximum = 0
  state.notice = .init(.metric(metric))
}

func setCompare(_ compare: Compare, _ state: inout State) {
  state.compare = compare
  state.hasChosenCompare = true
  state.notice = .init(.comparing(compare))
}

func setScale(_ scale: ScaleMode, _ state: inout State) {
  state.scale = scale
  state.notice = .init(.scale(scale))
}

func setGlyphs(_ glyphs: GlyphSet.Name?, _ state: inout State) {
  guard state.look.isUnicode else {
    state.notice = .init(.onlyASCIIHere, isWarning: true)
    return
  }
  state.look.wishedGlyphs = glyphs
  state.notice = .init(.glyphs(state.mode.glyphs.name))
}

func setMouse(_ isOn: Bool, _ state: inout State) {
  state.look.hasMouse = isOn
  state.notice = .init(isOn ? .mouseOn : .mouseOff)
}

extension CaseIterable where Self: Equatable {
  /// The case after this one; after the last, the first.
  var next: Self {
    let all = Array(Self.allCases)
    let index = all.firstIndex(of: self).map { ($0 + 1) % all.count } ?? 0
    return all[index]
  }
}

private func toggle(_ series: Series, _ state: inout State) {
  let name = series.name(state.language)
  if state.hidden.remove(series) != nil {
    state.notice = .init(.showing(name))
  } else {
    state.hidden.insert(series)
    state.notice = .init(.hiding(name))
  }
}

/// One layer after another alone, then all again.
private func showOnlyNext(_ state: inout State) {
  let shown = Series.allCases.filter { !state.hidden.contains($0) }
  let next = shown.count == 1 ? shown[0].rawValue + 1 : 0
  guard let series = Series(rawValue: next) else {
    state.hidden = []
    state.notice = .init(.allTypes)
    return
  }
  state.hidden = Set(Series.allCases).subtracting([series])
  state.notice = .init(.onlyType(series.name(state.language)))
}
