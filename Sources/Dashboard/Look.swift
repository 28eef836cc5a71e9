public import TerminalScreen

/// How the screen is drawn: what the user may change while wxtop runs, and what the terminal allows.
public struct Look: Hashable, Sendable {
  /// The wished language.
  public var wishedLanguage: Language
  /// The wished theme; nil follows the terminal's background.
  public var wishedTheme: Theme?
  /// The wished characters; nil follows the terminal.
  public var wishedGlyphs: GlyphSet.Name?
  /// The most colours that are wished; nil takes all that there are.
  public var wishedColors: Int?
  /// Whether the mouse is reported.
  public var hasMouse = false
  /// The colours that the terminal has.
  public var terminalColors: Int
  /// Whether characters outside ASCII arrive.
  public var isUnicode: Bool
  /// Whether the terminal's background is dark, as far as it has said so.
  public var isDark = true
  /// Whether characters of ambiguous width take two columns.
  public var isAmbiguousWide = false

  /// A look on a terminal.
  public init(
    language: Language = .en, theme: Theme? = nil, glyphs: GlyphSet.Name? = nil, colors: Int? = nil,
    terminalColors: Int = 256, isUnicode: Bool = true
  ) {
    wishedLanguage = language
    wishedTheme = theme
    wishedGlyphs = glyphs
    wishedColors = colors
    self.terminalColors = terminalColors
    self.isUnicode = isUnicode
  }

  /// The theme in use.
  public var theme: Theme { wishedTheme ?? (isDark ? .dark : .light) }

  /// The language in use: ASCII writes English only.
  public var language: Language { isUnicode && wishedGlyphs != .ascii ? wishedLanguage : .en }

  /// The characters and colours in use.
  public var mode: DrawingMode {
    let glyphs = isUnicode ? wishedGlyphs ?? (isAmbiguousWide ? .braille : .block) : .ascii
    return DrawingMode(glyphs: glyphs, colors: min(terminalColors, wishedColors ?? terminalColors))
  }

  /// The colours in use.
  public var palette: Palette { theme.palette(colors: mode.colors) }
}
