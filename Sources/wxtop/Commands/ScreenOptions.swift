import ArgumentParser
public import Dashboard

/// How the screen is drawn.
struct ScreenOptions: ParsableArguments {
  @Option(help: "Colours: auto, never, 8, 16, 256 or truecolor.")
  var color: ColorChoice = .auto

  @Option(help: "Characters of the chart: auto, block, braille or ascii.")
  var glyphs: GlyphChoice = .auto

  @Option(help: "For dark or for light backgrounds.")
  var theme: Theme?

  /// The given options that change a screen, and nothing of what is said in words. These have no colours anyway.
  var unsaid: [String] {
    let given: [(name: String, isUnsaid: Bool)] = [
      ("--color", color != .auto && color != .never), ("--glyphs", glyphs != .auto), ("--theme", theme != nil),
    ]
    return given.filter(\.isUnsaid).map(\.name)
  }
}

enum ColorChoice: String, Choice {
  case auto, never, truecolor
  case eight = "8"
  case sixteen = "16"
  case full = "256"
}

enum GlyphChoice: String, Choice {
  case auto, block, braille, ascii
}

extension Theme: Choice {}
