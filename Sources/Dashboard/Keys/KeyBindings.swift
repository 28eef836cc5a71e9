public import TerminalScreen

/// Keys of one action, or of the actions of a pair, and where the help lists them.
public struct Binding: Hashable, Sendable {
  /// The part of the help in which the binding stands.
  public enum Section: Hashable, Sendable, CaseIterable {
    /// The parts, in their order.
    case time, views, shown, doing
  }

  /// The actions: one, the two of a pair, or the six types.
  public let actions: [Action]
  /// The keys of each action.
  public var keys: [[Key]]
  /// Where it stands in the help.
  public let section: Section
  /// What the help says of the actions together; nil takes the words of the first one.
  let words: Phrase?

  init(_ section: Section, _ actions: [Action], _ keys: [[Key]], _ words: Phrase? = nil) {
    self.section = section
    self.actions = actions
    self.keys = keys
    self.words = words
  }

  init(_ section: Section, _ action: Action, _ keys: Key...) {
    self.init(section, [action], [keys])
  }

  /// How the keys are written in the manual and the README: `← →  h l`.
  public var labelText: String { label(.named(.block), most: .max) }

  /// How the keys are written in the help.
  func label(_ glyphs: GlyphSet, most: Int = 2) -> String {
    // Six digits in a row are what everybody reads as a range.
    if case .toggleSeries? = actions.first, keys.allSatisfy({ $0.count == 1 }), let first = keys.first?.first,
      let last = keys.last?.first
    {
      return "\(first.name) \(glyphs.name == .ascii ? "..." : "…") \(last.name)"
    }
    // In the help, two ways to press it are enough to read.
    let groups = (0..<min(most, keys.map(\.count).max() ?? 0)).map { index in
      keys.compactMap { index < $0.count ? $0[index].label(glyphs) : nil }.joined(separator: " ")
    }
    return groups.joined(separator: "  ")
  }

  /// What the help says of it.
  public func explanation(_ language: Language) -> String {
    words?.text(language) ?? actions.first?.explanation(language) ?? ""
  }
}

/// The table of all keys, read by `update`, by the help, the manual and the README.
public struct KeyBindings: Hashable, Sendable {
  /// The bindings in the order of the help.
  public private(set) var bindings: [Binding]

  /// A table; of two bindings for one key the first counts.
  init(_ bindings: [Binding]) { self.bindings = bindings }

  /// The action of a key. Looked for in a hundred keys, as people press them: an index would cost the start more than it spares.
  public func action(for key: Key) -> Action? {
    for binding in bindings {
      if let index = binding.keys.firstIndex(where: { $0.contains(key) }) { return binding.actions[index] }
    }
    return nil
  }

  /// The keys of an action; none when it can only be had by its name.
  public func keys(for action: Action) -> [Key] {
    for binding in bindings {
      if let index = binding.actions.firstIndex(of: action) { return binding.keys[index] }
    }
    return []
  }

  /// Why a key cannot be had.
  public enum Conflict: Error, Hashable, Sendable {
    /// The key stands with two actions.
    case shared(Key, Action, Action)
    /// Without it nobody gets out.
    case noWayOut
  }

  /// The table with other keys for some actions.
  public func with(_ changes: [Action: [Key]]) throws(Conflict) -> KeyBindings {
    var table = self
    for (place, binding) in table.bindings.enumerated() {
      for (index, action) in binding.actions.enumerated() {
        if let keys = changes[action] { table.bindings[place].keys[index] = keys }
      }
    }
    var seen: [Key: Action] = [:]
    for binding in table.bindings {
      for (action, keys) in zip(binding.actions, binding.keys) {
        for key in keys {
          if let other = seen[key], other != action { throw .shared(key, other, action) }
          seen[key] = action
        }
      }
    }
    if table.keys(for: .quit).isEmpty, table.keys(for: .close).isEmpty { throw .noWayOut }
    return table
  }
}
