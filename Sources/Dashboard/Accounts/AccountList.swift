import WeixinModel

/// The listed accounts in their order, made once for a frame or a key: lines are small, and of a thousand accounts only those
/// that are drawn are looked at again.
struct AccountList {
  let state: State
  /// The day that the list is about.
  let day: BeijingDay
  /// The lines that the filter leaves, in their order.
  let lines: [AccountLine]
  /// How many accounts there are.
  let count: Int
  /// The day's messages of all accounts that have it, and how many these are.
  let total: Int
  let kept: Int
  /// How many are in each state, by its number.
  let counts: [Int]
  /// Calls of today, of all accounts.
  let calls: Int
  /// Where the open account stands among all.
  private let openIndex: Int?

  init(_ state: State) {
    self.state = state
    count = max(1, state.fleet.count)
    openIndex = state.fleet.firstIndex { $0.account.name == state.status.account.name }
    day = Self.day(state)
    var lines: [AccountLine] = []
    lines.reserveCapacity(count)
    var (total, kept, calls) = (0, 0, 0)
    var counts = [Int](repeating: 0, count: AccountState.final.rawValue + 1)
    let filter = state.shownAccountFilter
    for index in 0..<count {
      let isOpen = state.fleet.isEmpty || index == openIndex
      let line =
        isOpen
        ? AccountLine(state.status, index: index, day: day, state)
        : AccountLine(state.fleet[index], index: index, day: day, state)
      counts[line.state.rawValue] += 1
      calls += isOpen ? state.status.callsToday : state.fleet[index].callsToday
      if let messages = line.total {
        total = Metric.messages.combined(total, messages)
        kept += 1
      }
      if let filter {
        let status = isOpen ? state.status : state.fleet[index]
        guard filter.matches(line, status, day: day, state) else { continue }
      }
      lines.append(line)
    }
    (self.total, self.kept, self.counts, self.calls) = (total, kept, counts, calls)
    self.lines = Self.sorted(lines, state)
  }

  /// The whole status of a line.
  func status(_ line: AccountLine) -> AccountStatus {
    state.fleet.isEmpty || line.index == openIndex ? state.status : state.fleet[line.index]
  }

  func count(_ state: AccountState) -> Int { counts[state.rawValue] }

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

  /// The newest day that any account has, and after noon the one that all should have.
  private static func day(_ state: State) -> BeijingDay {
    let newest = Publication.newestOpen(at: state.now)
    var day = state.now >= Publication.settles(newest) ? newest : newest - 1
    if let own = state.status.newestDay { day = max(day, own) }
    for index in state.fleet.indices {
      if let own = state.fleet[index].newestDay { day = max(day, own) }
    }
    return max(.firstKept, min(day, state.newestDay))
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
