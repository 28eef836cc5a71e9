import TerminalScreen

/// The most used keys of each view, as the keymap has them.
enum ViewHints {
  static func draw(_ state: State, row: Int, _ frame: inout Frame) {
    let hints = hints(state)
    let width = frame.size.width - 2
    let gap = 2
    let ends = hints.suffix(2).compactMap { line($0, $1, state) }
    var room = ends.reduce(width) { $0 - $1.width - gap }
    var parts: [Line] = []
    // What has no room is not even looked up.
    for (actions, phrase) in hints.dropLast(2) {
      guard let line = line(actions, phrase, state) else { continue }
      room -= line.width + gap
      if room < -gap { break }
      parts.append(line)
    }
    parts += ends
    guard parts.count > 1 else { return }
    // Help and the way out stay longest; of the rest the first.
    let order = (0..<max(0, parts.count - 2)).reversed() + [parts.count - 1]
    frame.write(
      Line.fitting(parts, gap: gap, width: width, dropping: order), row: row, column: 1, limit: frame.size.width - 1)
  }

  private static func line(_ actions: [Action], _ phrase: Phrase, _ state: State) -> Line? {
    let key = label(actions, state)
    if key.isEmpty { return nil }
    var line = Line(key, .strong)
    line.add(" " + phrase.text(state.language), .dim)
    return line
  }

  private static func hints(_ state: State) -> [([Action], Phrase)] {
    let sideways: [Action] = [.previousDay, .nextDay]
    let upwards: [Action] = [.previousWeek, .nextWeek]
    let unusual: Phrase = state.filter == nil ? .hintUnusual : .hintNextHit
    let rest: [([Action], Phrase)] = [
      ([.goToDate], .hintGo), ([.switchMetric], .hintMetric), ([.help], .hintHelp), ([.close], .hintQuit),
    ]
    let moves: [([Action], Phrase)]
    switch state.view {
    case .day:
      return [
        (sideways, .hintDay), (upwards, .hintWeek), ([.previousHour, .nextHour], .hintHour),
        (Series.allCases.map(Action.toggleSeries), .hintTypes), ([.cycleCompare], .hintCompare),
        ([.zoomIn, .zoomOut], .hintZoom), ([.nextUnusual], unusual), ([.command], .hintCommand),
      ] + rest
    case .table:
      return [
        (upwards, .hintHour), (sideways, .hintDay), ([.sort, .invertSort], .hintSort), ([.open], .hintOpenDay),
        ([.filter], .hintFind), ([.export], .hintExport),
      ] + rest
    case .speed:
      return [
        (sideways, .hintDay), (upwards, .hintWeek), ([.open], .hintOpenDay),
        ([.nextUnusual], .said(en: "next change", zh: "下一变化")), ([.log], .hintLog), ([.zoomIn, .zoomOut], .hintZoom),
        ([.goToDate], .hintGo), ([.help], .hintHelp), ([.close], .hintQuit),
      ]
    case .accounts:
      return [
        (upwards, .hintSelect), ([.open], .hintOpenDay), ([.nextUnusual], .hintTrouble), ([.filter], .hintFilter),
        ([.sort], .hintSort), ([.refresh], .hintRetry), ([.invertSort], .hintInvert), ([.copy], .hintCopy),
        ([.export], .hintExport), ([.log], .hintLog), ([.help], .hintHelp), ([.close], .hintQuit),
      ]
    default:
      moves =
        switch state.view {
        case .week:
          [(sideways, .hintDay), ([.previousHour, .nextHour], .hintHour), (upwards, .hintWeek)]
        case .year: [(sideways, .hintDay), (upwards, .hintMonth), ([.previousYear, .nextYear], .hintYear)]
        case .all: [(sideways, .hintWeek), (upwards, .hintYear)]
        default: [(sideways, .hintDay), (upwards, .hintWeek), ([.previousMonth, .nextMonth], .hintMonth)]
        }
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
    if keys.count > 2, let first = keys.first, let last = keys.last { return "\(first.name)-\(last.name)" }
    let labels = keys.map { $0.label(state.mode.glyphs) }
    let separator = labels.contains { $0.count > 1 } ? " " : ""
    return labels.list(separator)
  }
}
