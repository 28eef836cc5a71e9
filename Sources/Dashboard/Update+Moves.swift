import WeixinModel

/// Carries out what moves the cursor in time, and says whether the action was such a move.
func move(_ action: Action, _ state: inout State) -> Bool {
  switch action {
  case .previousDay: step(to: column(-1, state), &state)
  case .nextDay: step(to: column(1, state), &state)
  case .previousWeek: row(-1, &state)
  case .nextWeek: row(1, &state)
  case .previousMonth: step(to: state.day.adding(months: -1), &state)
  case .nextMonth: step(to: state.day.adding(months: 1), &state)
  case .previousYear: step(to: state.day.adding(months: -12), &state)
  case .nextYear: step(to: state.day.adding(months: 12), &state)
  case .newestDay:
    state.hasChosenDay = false
    state.day = state.status.newestDay ?? Publication.newestOpen(at: state.now)
  case .previousHour: stepHour(by: -1, &state)
  case .nextHour: stepHour(by: 1, &state)
  case .firstHour: choose(hour: 0, &state)
  case .lastHour: choose(hour: 23, &state)
  case .peakHour:
    state.hasChosenHour = false
    if state.figures?.peakHour == nil { state.notice = .init(.dayNoMessages) }
  default: return false
  }
  return true
}

/// The day that a step to the side leads to: where a cell is a week, a week.
private func column(_ steps: Int, _ state: State) -> BeijingDay {
  state.view == .all ? state.day + 7 * steps : state.day + steps
}

/// A step up or down goes to the next row of what is drawn.
private func row(_ steps: Int, _ state: inout State) {
  switch state.view {
  case .day, .week, .month, .speed: step(to: state.day + 7 * steps, &state)
  case .year: step(to: state.day.adding(months: steps), &state)
  case .all: step(to: state.day.adding(months: 12 * steps), &state)
  case .table: choose(hour: min(23, max(0, state.hour + steps)), &state)
  // There the arrows choose an account.
  case .accounts: break
  }
}

func step(to day: BeijingDay, _ state: inout State) {
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

/// Shows a day, or the nearest that there is, and says so.
func goTo(_ day: BeijingDay, _ state: inout State) {
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

func choose(hour: Int, _ state: inout State) {
  state.hasChosenHour = true
  state.hour = hour
}

func show(_ view: ViewName, _ state: inout State) {
  if view == .accounts, state.view != .accounts {
    state.viewBefore = state.view
    state.isFromList = false
    state.selectedAccount = nil
  }
  state.view = view
  state.order = TableOrder()
  // Only the day's chart fills the screen: elsewhere Esc would have to be pressed for nothing.
  if view != .day { state.isChartOnly = false }
}

/// Walks day, week, month, year, all; a view beside that walk begins at the day.
func zoom(by steps: Int, _ state: inout State) {
  let place = (ViewName.zooms.firstIndex(of: state.view) ?? 0) + steps
  guard ViewName.zooms.indices.contains(place) else {
    state.notice = .init(steps < 0 ? .closestView : .widestView)
    return
  }
  show(ViewName.zooms[place], &state)
}

func cycleView(by steps: Int, _ state: inout State) {
  // Of one account there is no list to look at.
  let all = ViewName.allCases.filter { $0.hasOneAccount || state.fleet.count > 1 }
  let index = all.firstIndex(of: state.view) ?? 0
  show(all[(index + steps + all.count) % all.count], &state)
}

/// Opens what the cursor is on: of all years the year, of a year the month, of a week or month the day, of a day its table.
func open(_ state: inout State) {
  switch state.view {
  case .all: show(.year, &state)
  case .year: show(.month, &state)
  case .month, .week, .table, .speed: show(.day, &state)
  case .day: show(.table, &state)
  case .accounts: show(.day, &state)
  }
}
