import TerminalScreen
import WeixinModel

/// What happened to the accounts, of all of them by time.
enum FleetEvents {
  /// An entry and whose it is.
  struct Event {
    let account: Int
    let entry: LogEntry
  }

  /// The newest so many changes of speed and of days, newest last. Old ones are passed over without being sorted.
  static func newest(_ most: Int, _ list: AccountList) -> [Event] {
    var events: [Event] = []
    for index in 0..<list.count {
      var taken = 0
      for entry in log(index, list.state).reversed() {
        if taken == most || (events.count == most && entry.at <= events[0].entry.at) { break }
        if case .call = entry.happening { continue }
        let place = events.firstIndex { $0.entry.at > entry.at } ?? events.count
        events.insert(Event(account: index, entry: entry), at: place)
        if events.count > most { events.removeFirst() }
        taken += 1
      }
    }
    return events
  }

  /// The entries of all accounts, oldest first; of many accounts the newest of each.
  static func all(_ state: State) -> [Event] {
    var events: [Event] = []
    let count = max(1, state.fleet.count)
    let most = max(20, limit / count)
    for index in 0..<count {
      events += log(index, state).suffix(most).map { Event(account: index, entry: $0) }
    }
    let order = events.indices.sorted { (events[$0].entry.at, $0) < (events[$1].entry.at, $1) }
    return order.suffix(limit).map { events[$0] }
  }

  private static let limit = 3_000

  static func name(_ event: Event, _ state: State) -> String {
    state.fleet.isEmpty ? state.status.account.name : state.fleet[event.account].account.name
  }

  private static func log(_ index: Int, _ state: State) -> [LogEntry] {
    guard !state.fleet.isEmpty, state.fleet[index].account.name != state.status.account.name else {
      return state.status.log
    }
    return state.fleet[index].log
  }

  static func draw(_ list: AccountList, rows: Range<Int>, _ frame: inout Frame) {
    guard rows.count >= 2 else { return }
    let state = list.state
    let events = newest(rows.count - 1, list)
    guard !events.isEmpty else { return }
    frame.write(Phrase.eventsTitle.text(state.language), row: rows.lowerBound, column: 1, style: .dim)
    let width = min(16, events.map { DisplayWidth.of(name($0, state)) }.max() ?? 0)
    for (index, event) in events.enumerated() {
      var line = Line("  ")
      line.add(time(event.entry.at, state) + "  ", .dim)
      let name = DisplayWidth.truncate(name(event, state), to: width, ellipsis: HeaderPanel.ellipsis(state))
      line.add(DisplayWidth.padEnd(name, to: width) + "  ", Style(.standard, .bold))
      let whole = LogPanel.happening(event.entry.happening, state)
      line.add(line.width + whole.width <= frame.size.width - 2 ? whole : brief(event.entry.happening, state))
      frame.write(line, row: rows.lowerBound + 1 + index, column: 1, limit: frame.size.width - 1)
    }
  }

  /// A change in as few words as it can be said.
  private static func brief(_ happening: LogEntry.Happening, _ state: State) -> Line {
    switch happening {
    case .call: return Line()
    case .speedChanged(let from, let to):
      var line = Line("L\(from.level) > ", Style(.warning))
      line.add("L\(to.level) \(state.numerals.speed(to.realspeed))", Style(.warning, .bold))
      return line
    case .revised(let day, let from, let to):
      let words = Phrase.said(en: "revised", zh: "修订").text(state.language)
      let change = (to > from ? "+" : "") + state.numerals.exact(to - from)
      return Line("\(state.numerals.dayAndMonth(day)) \(words) \(change)", Style(.warning))
    }
  }

  /// The time, and of another day its date.
  private static func time(_ moment: Timestamp, _ state: State) -> String {
    let day = state.numerals.dayAndMonth(moment.beijingDay)
    return DisplayWidth.padStart(day, to: 6) + " " + moment.beijingClock
  }
}
