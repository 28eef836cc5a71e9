import Dashboard

/// How the screen is drawn: what was given, else what the configuration says, else what the terminal can do.
extension ScreenOptions {
  /// Whether colours are to be given as red, green and blue; nil where the terminal decides.
  func wantsDirectColor(_ configuration: Configuration?, _ environment: Environment) -> Bool? {
    switch color != .auto ? color : configuration?.color ?? .auto {
    case .auto: environment.hasNoColor ? false : nil
    case .truecolor: true
    case .never, .eight, .sixteen, .full: false
    }
  }

  /// What a terminal of so many colours gets.
  func look(
    _ configuration: Configuration?, _ environment: Environment, language: Language, terminalColors: Int,
    isUnicode: Bool
  ) -> Look {
    let color = color != .auto ? color : configuration?.color ?? .auto
    let glyphs = glyphs != .auto ? glyphs : configuration?.glyphs ?? .auto
    var look = Look(
      language: language, theme: theme ?? configuration?.theme.flatMap(Theme.init), terminalColors: terminalColors,
      isUnicode: isUnicode)
    switch color {
    case .auto: if environment.hasNoColor { look.wishedColors = 0 }
    case .never: look.wishedColors = 0
    case .eight: (look.wishedColors, look.terminalColors) = (8, max(8, terminalColors))
    case .sixteen: (look.wishedColors, look.terminalColors) = (16, max(16, terminalColors))
    case .full: (look.wishedColors, look.terminalColors) = (256, max(256, terminalColors))
    case .truecolor: look.terminalColors = max(1 << 24, terminalColors)
    }
    look.wishedGlyphs =
      switch glyphs {
      case .auto: nil
      case .block: .block
      case .braille: .braille
      case .ascii: .ascii
      }
    look.hasMouse = configuration?.mouse ?? false
    return look
  }
}
