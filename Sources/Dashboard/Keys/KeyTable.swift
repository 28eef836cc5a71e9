/// All keys as a table: for `wxtop keys`, the manual and the README.
public struct KeyTable {
  /// A line of the table: keys, the names of their actions, and what they do.
  public struct Row: Hashable, Sendable {
    /// The keys as the help writes them.
    public var keys: String
    /// The names for `:` and for `keys:` in the configuration.
    public var names: String
    /// What they do.
    public var explanation: String
    /// The heading that the line stands under.
    public var section: String
  }

  /// The lines, in the order of the help.
  public let rows: [Row]

  /// The table of some keys in a language; actions without a key stand at its end.
  public init(_ keys: KeyBindings, _ language: Language) {
    var rows = keys.bindings.map { binding in
      let labels = binding.keys.joined().isEmpty ? "" : binding.labelText
      return Row(
        keys: labels, names: binding.actions.map(\.name).joined(separator: " "),
        explanation: binding.explanation(language), section: binding.section.title.text(language))
    }
    let bound = Set(keys.bindings.flatMap(\.actions))
    rows += Action.all.filter { !bound.contains($0) }.map { action in
      Row(
        keys: "", names: action.name, explanation: action.explanation(language),
        section: Phrase.said(en: "BY NAME ONLY", zh: "只能按名称").text(language))
    }
    self.rows = rows
  }

  /// The table for people: one line each, under headings.
  public func text() -> String {
    let width = rows.map(\.keys.count).max() ?? 0
    let nameWidth = rows.filter { $0.names.count < 40 }.map(\.names.count).max() ?? 0
    var (text, section) = ("", "")
    for row in rows {
      if row.section != section {
        text += (text.isEmpty ? "" : "\n") + row.section + "\n"
        section = row.section
      }
      text += "  \(padded(row.keys, width))  \(padded(row.names, nameWidth))  \(row.explanation)\n"
    }
    return text
  }

  /// The table for the README.
  public func markdown(_ language: Language) -> String {
    var text = language == .zh ? "| 按键 | 作用 | `:` 名称 |\n|---|---|---|\n" : "| keys | | `:` name |\n|---|---|---|\n"
    for row in rows {
      let keys = row.keys.split(separator: " ").map { "`\($0 == "|" ? "\\|" : $0)`" }.joined(separator: " ")
      let names = row.names.split(separator: " ").map { "`\($0)`" }.joined(separator: " ")
      text += "| \(keys) | \(row.explanation) | \(names) |\n"
    }
    return text
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
