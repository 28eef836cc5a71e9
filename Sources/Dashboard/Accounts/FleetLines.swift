import WeixinModel

/// The lines of all accounts and their sums, made when an account changes and not with each key: a thousand statuses are much to go
/// through.
struct FleetLines: Hashable {
  /// The day that the list is about.
  let day: BeijingDay
  /// A line of each account, as the configuration has them.
  let lines: [AccountLine]
  /// The day's messages of all accounts that have it, and how many these are.
  let total: Int
  let kept: Int
  /// How many are in each state, by its number.
  let counts: [Int]
  /// Calls of today, of all accounts.
  let calls: Int
  /// Where the open account stands among all; the state has its own, newer status.
  let openIndex: Int?
  private let madeAt: Timestamp
  private let isOffline: Bool

  init(_ state: State) {
    let (day, now, isOffline) = (Self.day(state), state.now, state.isOffline)
    let openIndex = state.fleet.isEmpty ? 0 : state.fleet.firstIndex { $0.account.name == state.status.account.name }
    var lines: [AccountLine] = []
    var (total, kept, calls) = (0, 0, 0)
    var counts = [Int](repeating: 0, count: AccountState.final.rawValue + 1)
    for index in 0..<max(1, state.fleet.count) {
      let isOpen = index == openIndex
      let line =
        isOpen
        ? AccountLine(state.status, index: index, day: day, at: now, isOffline: isOffline)
        : AccountLine(state.fleet[index], index: index, day: day, at: now, isOffline: isOffline)
      counts[line.state.rawValue] += 1
      calls += isOpen ? state.status.callsToday : state.fleet[index].callsToday
      if let messages = line.total {
        total = Metric.messages.combined(total, messages)
        kept += 1
      }
      lines.append(line)
    }
    (self.day, self.lines, self.total, self.kept) = (day, lines, total, kept)
    (self.counts, self.calls, self.openIndex) = (counts, calls, openIndex)
    (madeAt, self.isOffline) = (now, isOffline)
  }

  /// Whether they still hold: what an account is does not change by the second, but it does with time.
  func areFresh(_ state: State) -> Bool {
    isOffline == state.isOffline && state.now >= madeAt && state.now - madeAt < 10
  }

  /// The whole status of a line.
  func status(_ line: AccountLine, _ state: State) -> AccountStatus {
    line.index == openIndex ? state.status : state.fleet[line.index]
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
}
