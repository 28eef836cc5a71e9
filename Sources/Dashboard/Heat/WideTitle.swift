import TerminalScreen
import WeixinModel

/// The range that a wide view shows, for the header's middle.
enum WideTitle {
  /// `Mon 17 – Sun 23 Aug 2026 (W34)`, `Aug 2026`, `2026`, `2014-12 – 2026-11`.
  static func text(_ state: State, isWide: Bool) -> String {
    let (numerals, day) = (state.numerals, state.day)
    let dash = String(Character(state.mode.glyphs.dash))
    switch state.view {
    case .week: return numerals.weekRange(day.monday, dash: dash, isWide: isWide)
    case .month: return numerals.monthAndYear(day)
    case .year: return numerals.year(day)
    case .all: return "\(month(.firstKept)) \(dash) \(month(state.newestDay))"
    case .day, .table, .speed, .accounts: return state.size.width < 40 ? "\(day)" : numerals.date(day)
    }
  }

  private static func month(_ day: BeijingDay) -> String { String(day.description.prefix(7)) }

  /// The arrows beside the range step through it.
  static func line(_ state: State, isWide: Bool, hasArrows: Bool, hasName: Bool = true) -> Line {
    let glyphs = state.mode.glyphs
    let (isFirst, isLast) = ends(state)
    var line = Line()
    let steps = hasArrows && state.view != .all
    if steps { line.add(String(Character(glyphs.previous)) + " ", isFirst ? Style(.grid) : .dim) }
    line.add(text(state, isWide: isWide), .strong)
    if isWide, state.view == .day || state.view == .table, let mark = state.marks(of: state.day).first {
      let name = DisplayWidth.truncate(mark.name, to: 16, ellipsis: HeaderPanel.ellipsis(state))
      line.add(" " + name, Style(.warning))
    }
    if steps { line.add(" " + String(Character(glyphs.next)), isLast ? Style(.grid) : .dim) }
    // The range alone fills the narrowest screens.
    if hasName, self.hasName(state) { line.add("  " + Phrase.view(state.view).text(state.language), .dim) }
    return line
  }

  private static func hasName(_ state: State) -> Bool {
    state.view != .day && state.view != .table && (state.view != .all || state.size.width >= 48)
  }

  private static func ends(_ state: State) -> (Bool, Bool) {
    let (day, newest) = (state.day, state.newestDay)
    switch state.view {
    case .week: return (day.monday <= BeijingDay.firstKept.monday, day.monday >= newest.monday)
    case .month: return (day.firstOfMonth <= .firstKept, day.firstOfMonth >= newest.firstOfMonth)
    case .year: return (day.year <= BeijingDay.firstKept.year, day.year >= newest.year)
    case .all: return (true, true)
    case .day, .table, .speed, .accounts: return (day <= .firstKept, day >= newest)
    }
  }

  /// The steps of the arrows: the range before and the one after.
  static func steps(_ view: ViewName) -> (back: Action, forth: Action)? {
    switch view {
    case .week: (.previousWeek, .nextWeek)
    case .month: (.previousMonth, .nextMonth)
    case .year: (.previousYear, .nextYear)
    case .all, .accounts: nil
    case .day, .table, .speed: (.previousDay, .nextDay)
    }
  }

  /// What a click on the header does: the arrows step, and the range between them opens the calendar.
  static func target(column: Int, _ state: State) -> Target? {
    guard let place = HeaderPanel.middle(state), place.contains(column), let steps = steps(state.view) else {
      return nil
    }
    guard state.size.width >= 56 else { return .action(.calendar) }
    if column < place.lowerBound + 2 { return .action(steps.back) }
    let name = "  " + Phrase.view(state.view).text(state.language)
    let end = place.upperBound - (hasName(state) ? DisplayWidth.of(name) : 0)
    return (end - 2..<end).contains(column) ? .action(steps.forth) : column < end ? .action(.calendar) : nil
  }
}
