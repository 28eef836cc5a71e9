public import TerminalScreen

/// Keys, what they do, and how the help says it: one value, so that the help can never disagree with the keys.
public struct Binding: Hashable, Sendable {
  /// The part of the help in which the binding stands.
  public enum Section: Hashable, Sendable, CaseIterable {
    /// The parts, in their order.
    case time, shown, doing
  }

  /// The keys that act.
  public let keys: [Key]
  /// The action of each key; as many as keys, or one for all of them.
  public let actions: [Action]
  /// How the keys are written in the help.
  public let label: String
  /// Where it stands in the help.
  public let section: Section

  /// The action of a key, if it is one of the binding's.
  func action(for key: Key) -> Action? {
    keys.firstIndex(of: key).map { actions.count == 1 ? actions[0] : actions[$0] }
  }
}

/// The table of all keys, read by `update` and by the help.
public struct KeyBindings: Sendable {
  /// The bindings in the order of the help.
  public let bindings: [Binding]
  private let actions: [Key: Action]

  /// A table; of two bindings for one key the first counts.
  public init(_ bindings: [Binding]) {
    self.bindings = bindings
    var actions: [Key: Action] = [:]
    for binding in bindings {
      for key in binding.keys where actions[key] == nil { actions[key] = binding.action(for: key) }
    }
    self.actions = actions
  }

  /// The action of a key.
  public func action(for key: Key) -> Action? { actions[key] }

  /// The keys that wxtop starts with.
  public static let standard = KeyBindings([
    .init(keys: [.left, .right, "h", "l"], [.previousDay, .nextDay], "← →  h l", .time),
    .init(keys: [.up, .down, "k", "j"], [.previousWeek, .nextWeek], "↑ ↓  k j", .time),
    .init(keys: [.pageUp, .pageDown, "{", "}"], [.previousMonth, .nextMonth], "PgUp PgDn { }", .time),
    .init(keys: ["(", ")"], [.previousYear, .nextYear], "( )", .time),
    .init(keys: [",", ".", "<", ">", .shiftLeft, .shiftRight], [.previousHour, .nextHour], ", . < >", .time),
    .init(keys: ["^", "$", .home, .end], [.firstHour, .lastHour], "^ $ Home End", .time),
    .init(keys: ["p"], [.peakHour], "p", .time),
    .init(keys: ["t", "G"], [.newestDay, .newestDay], "t G", .time),
    .init(keys: ["g"], [.goToDate], "g  gg", .time),
    .init(
      keys: Series.allCases.map { .character($0.digit) }, Series.allCases.map(Action.toggleSeries), "1 … 6", .shown),
    .init(keys: ["0"], [.allSeries], "0", .shown),
    .init(keys: ["o"], [.onlyOneSeries], "o", .shown),
    .init(keys: ["m"], [.switchMetric], "m", .shown),
    .init(keys: ["r", .function(5), .control("r")], [.refresh, .refresh, .refresh], "r  F5", .doing),
    .init(keys: [" ", "Z"], [.togglePause, .togglePause], "Space Z", .doing),
    .init(keys: ["B"], [.toggleBackfill], "B", .doing),
    .init(keys: ["?", .function(1)], [.help, .help], "?  F1", .doing),
    .init(keys: [.control("l")], [.redraw], "^L", .doing),
    .init(keys: [.control("z")], [.suspend], "^Z", .doing),
    .init(keys: ["q", .escape], [.close, .close], "q  Esc", .doing),
    .init(keys: ["Q", .control("c")], [.quit, .quit], "Q  ^C", .doing),
  ])
}

extension Binding {
  /// A binding whose keys take the actions in turn: two keys of a pair, then the pair again.
  init(keys: [Key], _ actions: [Action], _ label: String, _ section: Section) {
    self.keys = keys
    self.actions = keys.indices.map { actions[$0 % actions.count] }
    self.label = label
    self.section = section
  }

  /// What the help says of the binding.
  func explanation(_ language: Language) -> String {
    guard let first = actions.first else { return "" }
    return first.explanation(language)
  }
}

extension Key {
  /// How the key is named in a sentence.
  var name: String {
    switch self {
    case .character(" "): "Space"
    case .character(let scalar): String(Character(scalar))
    case .control(let scalar): "^" + String(Character(scalar)).uppercased()
    case .function(let number): "F\(number)"
    case .left: "Left"
    case .right: "Right"
    case .up: "Up"
    case .down: "Down"
    case .shiftLeft: "Shift-Left"
    case .shiftRight: "Shift-Right"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .insert: "Insert"
    case .delete: "Delete"
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .backspace: "Backspace"
    }
  }
}
