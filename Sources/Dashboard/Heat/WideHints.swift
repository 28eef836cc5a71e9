import TerminalScreen

/// The most used keys of the wide views, as the keymap has them.
enum WideHints {
  static let views: Set<ViewName> = [.week, .month, .year, .all]

  static func draw(_ state: State, row: Int, _ frame: inout Frame) {
    let parts = hints(state).compactMap { actions, phrase -> Line? in
      let key = label(actions, state)
      guard !key.isEmpty else { return nil }
      var line = Line(key, .strong)
      line.add(" " + phrase.text(state.language), .dim)
      return line
    }
    let last = parts.count - 1
    // Help and the way out stay longest; of the rest the first.
    let order = (0..<(last - 1)).reversed() + [last]
    let line = Line.fitting(parts, gap: 2, width: frame.size.width - 2, dropping: order)
    frame.write(line, row: row, column: 1, limit: frame.size.width - 1)
  }

  private static func hints(_ state: State) -> [([Action], Phrase)] {
    let sideways: [Action] = [.previousDay, .nextDay]
    let upwards: [Action] = [.previousWeek, .nextWeek]
    let unusual: Phrase = state.filter == nil ? .hintUnusual : .hintNextHit
    let moves: [([Action], Phrase)] =
      switch state.view {
      case .week:
        [(sideways, .hintDay), ([.previousHour, .nextHour], .hintHour), (upwards, .hintWeek)]
      case .year: [(sideways, .hintDay), (upwards, .hintMonth), ([.previousYear, .nextYear], .hintYear)]
      case .all: [(sideways, .hintWeek), (upwards, .hintYear)]
      default: [(sideways, .hintDay), (upwards, .hintWeek), ([.previousMonth, .nextMonth], .hintMonth)]
      }
    return moves + [
      ([.open], .hintOpenDay), ([.zoomIn, .zoomOut], .hintZoom), ([.nextUnusual], unusual), ([.filter], .hintFind),
      ([.calendar], .hintCalendar), ([.goToDate], .hintGo), ([.switchMetric], .hintMetric),
      ([.toggleLabels], .hintNumbers), ([.help], .hintHelp), ([.close], .hintQuit),
    ]
  }

  /// The first keys of some actions, arrows drawn as arrows.
  static func label(_ actions: [Action], _ state: State) -> String {
    let keys = actions.compactMap { state.keys.keys(for: $0).first }
    let arrows = state.mode.glyphs.arrows
    if keys == [.left, .right] { return arrows.leftRight }
    if keys == [.up, .down] { return arrows.upDown }
    let labels = keys.map { $0.label(state.mode.glyphs) }
    return labels.joined(separator: labels.contains { $0.count > 1 } ? " " : "")
  }
}
