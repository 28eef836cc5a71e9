import Dashboard

/// How the screen is drawn: what ``ScreenOptions`` were given, else what the terminal can do.
struct ScreenChoice: Sendable {
  var color = ColorChoice.auto
  var glyphs = GlyphChoice.auto
  var theme: Theme?

  /// Whether colours are to be given as red, green and blue; nil where the terminal decides.
  var wantsDirectColor: Bool? {
    switch color {
    case .auto: Environment.process.hasNoColor ? false : nil
    case .truecolor: true
    case .never, .sixteen, .full: false
    }
  }

  /// What a terminal of so many colours gets.
  func mode(terminalColors: Int, isUnicode: Bool) -> DrawingMode {
    let colors: Int =
      switch color {
      case .never: 0
      case .auto: Environment.process.hasNoColor ? 0 : terminalColors
      case .sixteen: 16
      case .full, .truecolor: 256
      }
    let glyphs: GlyphSet.Name =
      switch glyphs {
      case .auto: isUnicode ? .block : .ascii
      case .block: .block
      case .braille: .braille
      case .ascii: .ascii
      }
    return DrawingMode(glyphs: isUnicode ? glyphs : .ascii, colors: colors)
  }
}
