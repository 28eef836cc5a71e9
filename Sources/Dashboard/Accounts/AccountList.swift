import WeixinModel

/// The listed accounts in their order, made once for a frame or a key: lines are small, and of a thousand accounts only those
/// that are drawn are looked at again.
struct AccountList {
  let state: State
  /// All accounts, and what they have together.
  let fleet: FleetLines
  /// The lines that the filter leaves, in their order.
  let lines: [AccountLine]

  init(_ state: State) {
    self.state = state
    let fleet = state.fleetLines ?? FleetLines(state)
    self.fleet = fleet
    var lines = fleet.lines
    if let filter = state.shownAccountFilter {
      lines.removeAll { !filter.matches($0, fleet.status($0, state), day: fleet.day, state) }
    }
    self.lines = Self.sorted(lines, state)
  }

  /// The day that the list is about.
  var day: BeijingDay { fleet.day }

  /// How many accounts there are.
  var count: Int { fleet.lines.count }

  /// The whole status of a line.
  func status(_ line: AccountLine) -> AccountStatus { fleet.status(line, state) }

  func count(_ state: AccountState) -> Int { fleet.counts[state.rawValue] }

  /// The place of the chosen account among the lines; the first where the filter hides it.
  var selected: Int {
    let name = state.selectedAccount ?? state.status.account.name
    return lines.firstIndex { self.name($0) == name } ?? 0
  }

  /// The chosen line; nil where the filter leaves none.
  var selectedLine: AccountLine? { lines.isEmpty ? nil : lines[selected] }

  func name(_ line: AccountLine) -> String {
    state.fleet.isEmpty ? state.status.account.name : state.fleet[line.index].account.name
  }

  /// Unknown values come last either way, equal ones as the configuration has them.
  private static func sorted(_ lines: [AccountLine], _ state: State) -> [AccountLine] {
    let order = state.accountOrder
    if order.column == .account {
      let names = state.fleet.map(\.account.name)
      let sorted = lines.sorted { left, right in
        guard names.indices.contains(left.index), names.indices.contains(right.index) else { return false }
        return names[left.index] < names[right.index]
      }
      return order.isInverted ? sorted.reversed() : sorted
    }
    let keys = lines.enumerated().map { place, line -> (key: Int, place: Int) in
      let key = key(line, order.column)
      return (key == .max || !order.isInverted ? key : -key, place)
    }
    return keys.sorted { $0 < $1 }.map { lines[$0.place] }
  }

  private static func key(_ line: AccountLine, _ column: AccountOrder.Column) -> Int {
    switch column {
    case .messages: line.total.map { -$0 } ?? .max
    case .change: line.change.map { -$0 } ?? .max
    case .state: line.state.rawValue
    case .speed: line.speed.map { -($0.level * 1_000 - min(999, max(0, $0.realspeed))) } ?? .max
    case .configured, .account: line.index
    }
  }
}

extension State {
  /// The filter as it is being typed, else the one that was typed.
  var shownAccountFilter: Filter? {
    if view == .accounts, case .prompt(let prompt) = layer, prompt.kind == .filter { return Filter(prompt.text) }
    return accountFilter
  }

  /// The chosen account of the list.
  var selectedStatus: AccountStatus? {
    let list = AccountList(self)
    return list.selectedLine.map(list.status)
  }
}
