/// A line to type into: where the cursor is, what was refused, and which completion is tried.
public struct Prompt: Hashable, Sendable {
  /// What the line is for.
  public enum Kind: Hashable, Sendable {
    /// A date to go to.
    case goTo
    /// A command.
    case command
    /// What to find.
    case filter
  }

  /// What it is for.
  public let kind: Kind
  /// What was typed.
  public private(set) var text: String
  /// Characters before the cursor.
  public private(set) var cursor: Int
  /// Why the text was refused.
  public var refusal: Phrase?
  /// What was typed before completions were tried, and which of them stands in the line.
  private(set) var completing: (typed: String, index: Int)?
  /// How far back in the history the line stands; 0 is what was typed.
  var historyIndex = 0

  /// An empty line, or one with a text.
  public init(_ kind: Kind, text: String = "") {
    self.kind = kind
    self.text = text
    cursor = text.count
  }

  static let limit = 120

  /// Puts a text in at the cursor.
  mutating func insert(_ more: String) {
    var characters = Array(text)
    let room = Array(more.prefix(max(0, Self.limit - characters.count)))
    characters.insert(contentsOf: room, at: cursor)
    change(String(characters), cursor: cursor + room.count)
  }

  /// Takes the character before the cursor away, or the word.
  mutating func deleteBack(wholeWord: Bool = false) {
    var characters = Array(text)
    var start = max(0, cursor - 1)
    if wholeWord {
      while start > 0, characters[start] == " " { start -= 1 }
      while start > 0, characters[start - 1] != " " { start -= 1 }
    }
    guard start < cursor else { return }
    characters.removeSubrange(start..<cursor)
    change(String(characters), cursor: start)
  }

  /// Takes the character at the cursor away.
  mutating func deleteForward() {
    guard cursor < text.count else { return }
    var characters = Array(text)
    characters.remove(at: cursor)
    change(String(characters), cursor: cursor)
  }

  /// Takes away all before the cursor.
  mutating func deleteToStart() { change(String(text.dropFirst(cursor)), cursor: 0) }

  mutating func move(by characters: Int) { cursor = min(text.count, max(0, cursor + characters)) }
  mutating func moveToStart() { cursor = 0 }
  mutating func moveToEnd() { cursor = text.count }

  /// Replaces the whole text.
  mutating func replace(with text: String) { change(text, cursor: text.count) }

  /// Puts the next of some completions in the place of what was typed.
  mutating func complete(_ candidates: [String], isForward: Bool) {
    guard !candidates.isEmpty else { return }
    let typed = completing?.typed ?? text
    let last = completing?.index ?? (isForward ? -1 : candidates.count)
    let index = (last + (isForward ? 1 : -1) + candidates.count) % candidates.count
    change(candidates[index], cursor: candidates[index].count)
    // With one candidate the next Tab completes its argument.
    if candidates.count > 1 { completing = (typed, index) }
  }

  /// What candidates are made for: the text as it was typed.
  var typed: String { completing?.typed ?? text }

  private mutating func change(_ text: String, cursor: Int) {
    self.text = String(text.prefix(Self.limit))
    self.cursor = min(cursor, self.text.count)
    refusal = nil
    completing = nil
  }

  /// Two prompts that look and act the same.
  public static func == (left: Prompt, right: Prompt) -> Bool {
    left.kind == right.kind && left.text == right.text && left.cursor == right.cursor && left.refusal == right.refusal
      && left.completing?.typed == right.completing?.typed && left.completing?.index == right.completing?.index
      && left.historyIndex == right.historyIndex
  }

  /// Hashes what is typed.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(text)
    hasher.combine(cursor)
  }
}
