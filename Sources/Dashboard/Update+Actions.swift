import TerminalScreen
import WeixinModel

func perform(_ action: Action?, _ key: Key, _ state: inout State) -> [Effect] {
  guard let action else {
    state.notice = .init(.unknownKey(key.name))
    return []
  }
  switch action {
  case .previousDay: step(to: state.day - 1, &state)
  case .nextDay: step(to: state.day + 1, &state)
  case .previousWeek: step(to: state.day - 7, &state)
  case .nextWeek: step(to: state.day + 7, &state)
  case .previousMonth: step(to: state.day.adding(months: -1), &state)
  case .nextMonth: step(to: state.day.adding(months: 1), &state)
  case .previousYear: step(to: state.day.adding(months: -12), &state)
  case .nextYear: step(to: state.day.adding(months: 12), &state)
  case .newestDay:
    state.hasChosenDay = false
    state.day = state.status.newestDay ?? Publication.newestOpen(at: state.now)
  case .goToDate: state.layer = .goTo(text: "", refusal: nil)
  case .previousHour: stepHour(by: -1, &state)
  case .nextHour: stepHour(by: 1, &state)
  case .firstHour: choose(hour: 0, &state)
  case .lastHour: choose(hour: 23, &state)
  case .peakHour:
    state.hasChosenHour = false
    if state.figures?.peakHour == nil { state.notice = .init(.dayNoMessages) }
  case .toggleSeries(let series): toggle(series, &state)
  case .allSeries:
    state.hidden = []
    state.notice = .init(.allTypes)
  case .onlyOneSeries: showOnlyNext(&state)
  case .switchMetric:
    state.metric = state.metric == .messages ? .users : .messages
    state.axisMaximum = 0
  case .refresh:
    state.notice = .init(state.isOffline ? .offline : .refreshing, isWarning: state.isOffline)
    return [.refresh]
  case .togglePause:
    let isPaused = !state.status.isPaused
    state.notice = .init(isPaused ? .pausedNow : .resumedNow)
    return [.setPaused(isPaused)]
  case .toggleBackfill:
    if state.isOffline {
      state.notice = .init(.offline, isWarning: true)
      return []
    }
    let isRunning = state.status.backfill.map { $0.end == nil } ?? false
    state.notice = .init(isRunning ? .backfillStopped : .backfillBegun)
    return [.setBackfilling(!isRunning)]
  case .help: state.layer = .help(scroll: 0)
  case .redraw: return [.redraw]
  case .suspend: return [.suspend]
  case .close: return key == .escape ? [] : [.quit]
  case .quit: return [.quit]
  }
  return []
}

private func step(to day: BeijingDay, _ state: inout State) {
  state.hasChosenDay = true
  if day < .firstKept {
    if state.day == .firstKept { state.notice = .init(.firstDay) }
    state.day = .firstKept
  } else if day > state.newestDay {
    if state.day == state.newestDay { state.notice = .init(.newestDay("\(state.newestDay)")) }
    state.day = state.newestDay
  } else {
    state.day = day
  }
}

/// The hour before the first is the last of the day before.
private func stepHour(by hours: Int, _ state: inout State) {
  let hour = state.hour + hours
  let day = state.day + (hour < 0 ? -1 : hour > 23 ? 1 : 0)
  guard day >= .firstKept, day <= state.newestDay else {
    state.notice = .init(.lastHour)
    return
  }
  state.hasChosenHour = true
  state.hour = (hour + 24) % 24
  if day != state.day { step(to: day, &state) }
}

private func choose(hour: Int, _ state: inout State) {
  state.hasChosenHour = true
  state.hour = hour
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
