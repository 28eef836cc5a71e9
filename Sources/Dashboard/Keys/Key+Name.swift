public import TerminalScreen
import WeixinModel

extension Key {
  private static let names: [(Key, String)] = [
    (.left, "Left"), (.right, "Right"), (.up, "Up"), (.down, "Down"), (.shiftLeft, "Shift-Left"),
    (.shiftRight, "Shift-Right"), (.home, "Home"), (.end, "End"), (.pageUp, "PgUp"), (.pageDown, "PgDn"),
    (.insert, "Insert"), (.delete, "Delete"), (.enter, "Enter"), (.escape, "Esc"), (.tab, "Tab"),
    (.backTab, "Shift-Tab"), (.backspace, "Backspace"), (" ", "Space"),
  ]

  /// How the key is named in a sentence and in the configuration.
  public var name: String {
    if let name = Self.names.first(where: { $0.0 == self })?.1 { return name }
    return switch self {
    case .character(let scalar): String(Character(scalar))
    case .control(let scalar): "^" + String(Character(scalar)).uppercased()
    case .function(let number): "F\(number)"
    default: ""
    }
  }

  /// The key with a name: `x`, `^X`, `Ctrl-X`, `F5`, `PgUp`, `Space` and so on; nil for any other text.
  public init?(name: String) {
    let lower = name.lowercased()
    if let known = Self.names.first(where: { $0.1.lowercased() == lower }) {
      self = known.0
    } else if name.unicodeScalars.count == 1, let scalar = name.unicodeScalars.first, scalar.value > 0x20 {
      self = .character(scalar)
    } else if let prefix = ["^", "ctrl-", "c-"].first(where: { lower.hasPrefix($0) }),
      lower.count == prefix.count + 1, let scalar = lower.unicodeScalars.last, ("a"..."z").contains(scalar)
    {
      self = .control(scalar)
    } else if lower.hasPrefix("f"), let number = Int(digits: lower.dropFirst()), (1...12).contains(number) {
      self = .function(number)
    } else {
      return nil
    }
  }

  /// How the key is written in the help, where arrows save room.
  func label(_ glyphs: GlyphSet) -> String {
    guard glyphs.name == .block else { return name }
    return switch self {
    case .left: "←"
    case .right: "→"
    case .up: "↑"
    case .down: "↓"
    default: name
    }
  }
}
