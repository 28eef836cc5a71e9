import TerminalScreen
import WeixinModel

/// Takes a status of the open account, unless it is a late one of the account before.
func published(_ status: AccountStatus, _ state: inout State) {
  if let awaited = state.awaitedAccount, status.account.name != awaited { return }
  state.awaitedAccount = nil
  let before = state.status.account.name
  let isOther = status.account.name != before
  state.status = status
  guard isOther else { return }
  forgetAccount(&state)
  let name = status.account.name
  state.notice = .init(
    .said(
      en: "\(before) is not configured any more; this is \(name)", zh: "账号 \(before) 已不在配置中，现在显示 \(name)"),
    isWarning: true)
}

/// Takes the statuses of all accounts; one that was just opened has no other yet.
func published(_ fleet: [AccountStatus], _ state: inout State) {
  state.fleet = fleet
  guard let awaited = state.awaitedAccount, let status = fleet.first(where: { $0.account.name == awaited }) else {
    return
  }
  state.status = status
}

/// Shows another account: what the fleet knows of it at once, and all of it when its own status comes.
func openAccount(_ name: String, _ state: inout State) -> [Effect] {
  guard name != state.status.account.name, let status = state.fleet.first(where: { $0.account.name == name }) else {
    return []
  }
  state.status = status
  state.awaitedAccount = name
  forgetAccount(&state)
  return [.openAccount(name)]
}

/// Puts back what was made for the account before. View, day and comparison stay.
private func forgetAccount(_ state: inout State) {
  state.axisMaximum = 0
  state.hasChosenHour = false
  if state.scale == .locked { state.scale = .auto }
  if !state.hasChosenDay { state.day = state.status.newestDay ?? Publication.newestOpen(at: state.now) }
  state.stripStart = State.stripStart(around: state.day)
}

/// Asks for all accounts to be watched, the first time that they are looked at.
func look(atFleet state: inout State, _ effects: inout [Effect]) {
  guard !state.hasLookedAtFleet else { return }
  state.hasLookedAtFleet = true
  effects.append(.watchFleet)
}

/// The account after the open one; after the last, the first.
func openNextAccount(_ state: inout State) -> [Effect] {
  var effects: [Effect] = []
  look(atFleet: &state, &effects)
  guard state.fleet.count > 1 else {
    state.notice = .init(.onlyAccount)
    return effects
  }
  let index = state.fleet.firstIndex { $0.account.name == state.status.account.name }
  let next = state.fleet[((index ?? -1) + 1) % state.fleet.count].account
  state.selectedAccount = next.name
  return effects + openAccount(next.name, &state)
}

/// Carries out what means something else among the accounts; nil for all other actions.
func perform(onAccounts action: Action, _ state: inout State) -> [Effect]? {
  switch action {
  case .previousWeek: select(by: -1, &state)
  case .nextWeek: select(by: 1, &state)
  case .previousMonth: select(by: -AccountsView.page(state), &state)
  case .nextMonth: select(by: AccountsView.page(state), &state)
  case .firstHour: select(by: -Int(Int32.max), &state)
  case .lastHour: select(by: Int(Int32.max), &state)
  case .open: return openSelected(&state)
  case .nextUnusual: seekTrouble(isForward: true, &state)
  case .previousUnusual: seekTrouble(isForward: false, &state)
  case .sort: sortAccounts(by: state.accountOrder.column.next, &state)
  case .invertSort: sortAccounts(by: state.accountOrder.column, &state)
  case .refresh: return retrySelected(&state)
  case .copy: return copyAccount(state)
  case .togglePause:
    guard let chosen = state.selectedStatus?.account.name, chosen != state.status.account.name else { return nil }
    let open = state.status.account.name
    state.notice = .init(
      .said(
        en: "Space pauses the open account, \(open). Enter opens \(chosen)",
        zh: "空格只暂停已打开的账号 \(open)，按 Enter 打开 \(chosen)"))
  case .previousDay, .nextDay, .previousYear, .nextYear, .previousHour, .nextHour, .peakHour, .newestDay, .goToDate,
    .calendar:
    state.notice = .init(.onlyNewest)
  case .refetch, .toggleBackfill, .toggleSeries, .allSeries, .onlyOneSeries, .switchMetric, .toggleLabels,
    .toggleChartOnly, .toggleComposition, .cycleScale, .cycleCompare:
    state.notice = .init(.onlyInAccount)
  default: return nil
  }
  return []
}

/// The choice follows the account, not the row: it is kept by its name.
private func select(by steps: Int, _ state: inout State) {
  let list = AccountList(state)
  guard !list.lines.isEmpty else { return }
  let place = min(max(0, list.selected + steps), list.lines.count - 1)
  state.selectedAccount = list.name(list.lines[place])
}

/// Goes to the next account that has an error or an unusual day; after the last, the first.
private func seekTrouble(isForward: Bool, _ state: inout State) {
  let list = AccountList(state)
  let count = list.lines.count
  for step in 1...max(1, count) where count > 0 {
    let place = ((list.selected + (isForward ? step : -step)) % count + count) % count
    if list.lines[place].state == .failed || list.lines[place].isUnusual {
      state.selectedAccount = list.name(list.lines[place])
      return
    }
  }
  state.notice = .init(.noTrouble)
}

/// Another column begins in its own order; the same one is turned round.
func sortAccounts(by column: AccountOrder.Column, _ state: inout State) {
  state.accountOrder.isInverted = state.accountOrder.column == column ? !state.accountOrder.isInverted : false
  state.accountOrder.column = column
  state.notice = .init(.sorting(column))
}

/// Opens the chosen account's day: the one that was chosen before, else its newest.
private func openSelected(_ state: inout State) -> [Effect] {
  guard let status = state.selectedStatus else { return [] }
  show(.day, &state)
  state.isFromList = true
  return openAccount(status.account.name, &state)
}

/// Back to the list, and to what Esc led to from there.
func returnToList(_ state: inout State) {
  state.view = .accounts
  state.isFromList = false
  state.selectedAccount = nil
}

func clicked(account name: String, _ state: inout State) -> [Effect] {
  // A click on what is chosen already opens it.
  if state.selectedStatus?.account.name == name { return openSelected(&state) }
  state.selectedAccount = name
  return []
}

private func retrySelected(_ state: inout State) -> [Effect] {
  guard let status = state.selectedStatus else { return [] }
  guard !state.isOffline else {
    state.notice = .init(.offline, isWarning: true)
    return []
  }
  state.notice = .init(.retrying(status.account.name))
  return [.retryAccount(status.account.name)]
}

private func copyAccount(_ state: State) -> [Effect] {
  let list = AccountList(state)
  guard let line = list.selectedLine else { return [] }
  let failure = list.status(line).failure(of: list.day)
  let address = failure.flatMap { Explanation($0.error, state.language).address }
  return [.copy(address ?? AccountText.sentence(line, list), what: address == nil ? .theAccount : .fixAddress)]
}

/// Opens the account that a text names: by its name or title, or as much of one as no other begins with.
func openAccount(named text: String, _ state: inout State) throws(Phrase) -> [Effect] {
  var effects: [Effect] = []
  look(atFleet: &state, &effects)
  let accounts = state.fleet.isEmpty ? [state.status.account] : state.fleet.map(\.account)
  let wanted = text.folded
  func names(_ account: Account) -> [String] { [account.name.folded, account.title.folded] }
  var found = accounts.filter { names($0).contains(wanted) }
  if found.isEmpty { found = accounts.filter { names($0).contains { $0.hasPrefix(wanted) } } }
  guard let account = found.first else {
    throw .noSuchAccount(text, listed(accounts))
  }
  guard found.count == 1 else { throw .severalAccounts(text, listed(found)) }
  state.selectedAccount = account.name
  state.notice = .init(.opened(account.name))
  return effects + openAccount(account.name, &state)
}

/// The first names; of many, that there are more.
private func listed(_ accounts: [Account]) -> String {
  accounts.prefix(6).map(\.name).joined(separator: ", ") + (accounts.count > 6 ? " …" : "")
}
