import TerminalScreen
import WeixinModel

/// Takes a status of the open account, unless it is a late one of the account before.
func published(_ status: AccountStatus, _ state: inout State) {
  if let awaited = state.awaitedAccount, status.account.name != awaited { return }
  state.awaitedAccount = nil
  let isOther = status.account.name != state.status.account.name
  state.status = status
  if isOther { forgetAccount(&state) }
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
