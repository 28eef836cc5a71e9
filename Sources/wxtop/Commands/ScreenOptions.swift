public import ArgumentParser
public import Dashboard
import TerminalScreen

/// How the screen is drawn.
struct ScreenOptions: ParsableArguments {
  @Option(help: "Colours: auto, never, 16, 256 or truecolor.")
  var color: ColorChoice = .auto

  @Option(help: "Characters of the chart: auto, block, braille or ascii.")
  var glyphs: GlyphChoice = .auto

  @Option(help: "For dark or for light backgrounds.")
  var theme: Theme?

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

enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, never, truecolor
  case sixteen = "16"
  case full = "256"
}

enum GlyphChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, block, braille, ascii
}

extension Theme: ExpressibleByArgument {}
