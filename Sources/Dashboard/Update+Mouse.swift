import TerminalScreen
import WeixinModel

/// What stands at a cell of the screen and can be clicked.
enum Target: Hashable {
  case hour(Int)
  case day(BeijingDay)
  case hourOfDay(BeijingDay, Int)
  case series(Series)
  case action(Action)
  case account(String)
  case accountOrder(AccountOrder.Column)
}

/// Turns the wheel over a layer: what scrolls by keys scrolls by it.
private func wheeled(_ isUp: Bool, _ state: inout State) -> [Effect] {
  switch state.layer {
  case .help(let scroll, let search): return inHelp(isUp ? .up : .down, nil, scroll, search, &state)
  case .log(let scroll): return inLog(isUp ? .up : .down, nil, scroll, &state)
  case .alerts(let row): return inAlerts(isUp ? .up : .down, nil, row, &state)
  case .calendar(let day):
    return inCalendar(isUp ? .pageUp : .pageDown, isUp ? .previousMonth : .nextMonth, day, &state)
  case .none, .prompt, .settings, .export, .refetch: return []
  }
}

func used(_ mouse: Mouse, _ state: inout State) -> [Effect] {
  guard state.look.hasMouse else { return [] }
  state.notice = nil
  if state.layer != .none {
    if mouse.deed != .press { return wheeled(mouse.deed == .wheelUp, &state) }
    if mouse.deed == .press, case .help = state.layer { state.layer = .none }
    if mouse.deed == .press, case .calendar(let day) = state.layer,
      let picked = CalendarPanel.day(row: mouse.row, column: mouse.column, around: day, state)
    {
      if picked == day { goTo(day, &state) } else { state.layer = .calendar(picked) }
    }
    return []
  }
  switch mouse.deed {
  case .wheelUp: return perform(state.view == .accounts ? .previousWeek : .previousDay, &state)
  case .wheelDown: return perform(state.view == .accounts ? .nextWeek : .nextDay, &state)
  case .press: break
  }
  switch target(row: mouse.row, column: mouse.column, state) {
  case .hour(let hour)?: choose(hour: hour, &state)
  case .day(let day)?:
    // A click on what is chosen already opens it.
    if day == state.day, state.view != .day { open(&state) } else { step(to: day, &state) }
  case .hourOfDay(let day, let hour)?:
    if day == state.day, hour == state.hour {
      open(&state)
    } else {
      step(to: day, &state)
      choose(hour: hour, &state)
    }
  case .series(let series)?: return perform(.toggleSeries(series), &state)
  case .action(let action)?: return perform(action, &state)
  case .account(let name)?: return clicked(account: name, &state)
  case .accountOrder(let column)?: sortAccounts(by: column, &state)
  case nil: break
  }
  return []
}
