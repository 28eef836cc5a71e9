import CNcurses
import TerminalScreen

/// What ncurses is told for each style: attributes and the number of a colour pair.
///
/// The table is dense, because every cell of every changed row asks it.
final class Renditions {
  /// Attributes and pair of a style.
  struct Rendition: Equatable {
    var attributes: UInt32
    var pair: Int32
    /// Whether a blank looks the same in it as in the terminal's own colours.
    var leavesBlanks = false
  }

  /// Pairs in use at most; `COLOR_PAIRS` is 64 on terminals of eight colours, and two pairs are the default.
  static let pairLimit = 62

  private let colors: Int
  private let isDirectColor: Bool
  private var palette = Palette()
  /// By style where its rendition stands in `known`, counted from 1; 0 for a style that was not asked for yet.
  private var table: [UInt8]
  private var known: [Rendition] = []
  private var pairs: [Pair: Int32] = [:]
  private let defaultPair: Int32

  private struct Pair: Hashable {
    var foreground: Int32
    var background: Int32
  }

  private static let tableSize = 1 << 14

  init(colors: Int, isDirectColor: Bool) {
    self.colors = colors
    self.isDirectColor = isDirectColor
    table = Array(repeating: 0, count: Self.tableSize)
    // Pair 0 would do, but on the way back to it ncurses resets all attributes: six bytes for each bar of a chart.
    defaultPair = colors >= 8 && init_extended_pair(1, -1, -1) == OK ? 1 : 0
  }

  /// How many colour pairs are in use.
  var pairCount: Int { pairs.count }

  /// Whether a style has got the default colours for want of a pair.
  var areExhausted = false

  /// Takes other colours. Cells on the screen keep their old ones only until their rows are given to ncurses again.
  func use(_ palette: Palette) {
    self.palette = palette
    forget()
  }

  /// Gives all pairs back. Then all rows are to be given to ncurses again.
  func forget() {
    areExhausted = false
    for pair in pairs.values { free_pair(pair) }
    pairs.removeAll(keepingCapacity: true)
    guard !known.isEmpty else { return }
    known.removeAll(keepingCapacity: true)
    table = Array(repeating: 0, count: Self.tableSize)
  }

  subscript(style: Style) -> Rendition {
    let attributes = Int(style.attributes.rawValue & 15)
    let index = (Int(style.foreground.rawValue & 31) << 5 | Int(style.background.rawValue & 31)) << 4 | attributes
    let place = Int(table[index])
    if place > 0 { return known[place - 1] }
    let rendition = resolve(style)
    if known.count < Int(UInt8.max) {
      known.append(rendition)
      table[index] = UInt8(known.count)
    }
    return rendition
  }

  private func resolve(_ style: Style) -> Rendition {
    let resolved = palette.resolve(style)
    var attributes: UInt32 = 0
    if resolved.attributes.contains(.bold) { attributes |= UInt32(CNCURSES_BOLD) }
    if resolved.attributes.contains(.dim) { attributes |= UInt32(CNCURSES_DIM) }
    if resolved.attributes.contains(.reverse) { attributes |= UInt32(CNCURSES_REVERSE) }
    if resolved.attributes.contains(.underline) { attributes |= UInt32(CNCURSES_UNDERLINE) }
    let pair = Pair(
      foreground: number(of: resolved.foreground, .foreground), background: number(of: resolved.background, .background)
    )
    return Rendition(
      attributes: attributes, pair: self.number(of: pair),
      leavesBlanks: (colors < 8 || pair.background == -1)
        && attributes & UInt32(CNCURSES_REVERSE | CNCURSES_UNDERLINE) == 0)
  }

  private func number(of color: Color, _ ground: ColorReduction.Ground) -> Int32 {
    switch color {
    case .terminalDefault: -1
    case .indexed(let index): ColorReduction.reduce(index, colors: colors, isDirect: isDirectColor, ground)
    case .rgb(let red, let green, let blue):
      ColorReduction.reduce(red, green, blue, colors: colors, isDirect: isDirectColor, ground)
    }
  }

  /// Without a free pair a style falls back to the default colours rather than take those of other cells.
  private func number(of pair: Pair) -> Int32 {
    if colors < 8 || pair == Pair(foreground: -1, background: -1) { return defaultPair }
    if let known = pairs[pair] { return known }
    guard pairs.count < Self.pairLimit else {
      areExhausted = true
      return defaultPair
    }
    let number = alloc_pair(pair.foreground, pair.background)
    guard number > 0 else { return defaultPair }
    pairs[pair] = number
    return number
  }
}
