/// The characters that a screen is drawn with. There is one of each: every row asks for it.
public final class GlyphSet: Hashable, Sendable {
  /// Which set, as named by `--glyphs`.
  public enum Name: String, Hashable, Sendable, CaseIterable {
    /// Block elements: eighths of a cell.
    case block
    /// Braille: quarters of a cell; and nothing whose width is ambiguous, for terminals that give it two columns.
    case braille
    /// ASCII alone.
    case ascii
  }

  /// The set's name.
  public let name: Name
  /// Parts of a cell filled from below, for 1…8 eighths; empty where a terminal has no such characters.
  let levels: [Unicode.Scalar]
  /// A layer's own pattern, where colours do not tell the layers apart.
  let patterns: [Unicode.Scalar]
  /// The steps of a heatmap by density; none of them is also a state.
  let heat: [Unicode.Scalar]
  /// The cursor on a cell of one column.
  let cursor: Unicode.Scalar
  let fetching: Unicode.Scalar
  let zero: Unicode.Scalar
  let low: Unicode.Scalar
  let unpublished: Unicode.Scalar
  let unknown: Unicode.Scalar
  let failed: Unicode.Scalar
  let done: Unicode.Scalar
  let provisional: Unicode.Scalar
  let axis: Unicode.Scalar
  let gridDot: Unicode.Scalar
  let speedLine: Unicode.Scalar
  let rise: Unicode.Scalar
  let fall: Unicode.Scalar
  /// A mark at the height of a number that bars are compared with: in the lowest, the middle and the highest third of a row.
  let marks: [Unicode.Scalar]
  let bullet: Unicode.Scalar
  let dash: Unicode.Scalar
  let previous: Unicode.Scalar
  let next: Unicode.Scalar
  let atLeast: String
  let atMost: String
  let differs: String
  let arrows: (leftRight: String, upDown: String)

  private static let block = GlyphSet(.block)
  private static let braille = GlyphSet(.braille)
  private static let ascii = GlyphSet(.ascii)

  /// The set with a name.
  public static func named(_ name: Name) -> GlyphSet {
    switch name {
    case .block: block
    case .braille: braille
    case .ascii: ascii
    }
  }

  private init(_ name: Name) {
    self.name = name
    switch name {
    case .block, .braille:
      let isBlock = name == .block
      levels = Array((isBlock ? "▁▂▃▄▅▆▇█" : "⣀⣀⣤⣤⣶⣶⣿⣿").unicodeScalars)
      patterns = Array((isBlock ? "█▓▒░▚╳" : "⣿▞░⡪▖⢕").unicodeScalars)
      heat = Array((isBlock ? "░▒▓█" : "⠔⡪⣺⣿").unicodeScalars)
      (cursor, fetching) = ("▪", "»")
      (zero, low, unpublished, unknown) = ("╌", isBlock ? "▁" : "⣀", "◌", isBlock ? "·" : "⠂")
      (failed, done, provisional) = ("✗", "✓", "~")
      (axis, gridDot, speedLine) = isBlock ? ("│", "·", "━") : ("|", "⠂", "╌")
      (rise, fall, bullet, dash) = ("▴", "▾", isBlock ? "●" : "▸", isBlock ? "–" : "-")
      marks = Array((isBlock ? "▁─▔" : "⣀⠒⠉").unicodeScalars)
      (previous, next) = ("◂", "▸")
      (atLeast, atMost, differs) = isBlock ? ("≥", "≤", "≠") : (">=", "<=", "!=")
      arrows = isBlock ? ("←→", "↑↓") : ("<- ->", "^ v")
    case .ascii:
      levels = []
      patterns = Array("#o=:/%".unicodeScalars)
      heat = Array(":+%#".unicodeScalars)
      (cursor, fetching) = ("@", ">")
      (zero, low, unpublished, unknown) = ("-", "_", "?", ".")
      (failed, done, provisional) = ("x", "*", "~")
      (axis, gridDot, speedLine) = ("|", ".", "=")
      (rise, fall, bullet, dash) = ("^", "v", "*", "-")
      marks = Array("_-\"".unicodeScalars)
      (previous, next) = ("<", ">")
      (atLeast, atMost, differs) = (">=", "<=", "!=")
      arrows = ("<- ->", "^ v")
    }
  }

  /// A small bar of one cell for 0…8 eighths: zero has a character of its own, and the smallest bar is not zero.
  func spark(_ eighths: Int) -> Unicode.Scalar {
    if eighths <= 0 { return zero }
    if levels.isEmpty { return ["_", ":", "|", "#"][min(3, (eighths - 1) / 2)] }
    return levels[min(8, eighths) - 1]
  }

  /// The same set.
  public static func == (left: GlyphSet, right: GlyphSet) -> Bool { left.name == right.name }
  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// How a screen is drawn, as far as the view must know.
public struct DrawingMode: Hashable, Sendable {
  /// The characters.
  public var glyphs: GlyphSet
  /// The colours of the terminal: 0 without colour (`NO_COLOR`), else 8, 16 or 256.
  public var colors: Int

  /// A mode.
  public init(glyphs: GlyphSet.Name = .block, colors: Int = 256) {
    self.glyphs = .named(glyphs)
    self.colors = colors
  }

  /// Whether colours alone tell six layers apart; else each layer also has a pattern.
  var hasDistinctColors: Bool { colors >= 256 && glyphs.name != .ascii }
}
