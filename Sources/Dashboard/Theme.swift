public import TerminalScreen

/// A set of colours for the roles of the screen, for one kind of background.
public enum Theme: String, Hashable, Sendable, CaseIterable {
  /// For dark backgrounds.
  case dark
  /// For light backgrounds.
  case light

  /// The palette for a terminal with so many colours; without colour, weight and reverse video carry the meaning.
  public func palette(colors: Int) -> Palette {
    var palette = Palette()
    if colors < 8 {
      palette[attributes: .selection] = .reverse
      palette[attributes: .failure] = .reverse
      palette[attributes: .accent] = .bold
      palette[attributes: .warning] = .bold
      for role in Accents.roles { palette[attributes: role] = [.bold, .reverse] }
      return palette
    }
    for (role, index) in colors >= 256 ? indexed256 : indexed16(colors: colors) { palette[role] = .indexed(index) }
    if colors >= 1 << 24 { makeDirect(&palette) }
    if colors < 16 { palette[attributes: .muted] = .dim }
    palette[attributes: .selection] = colors < 256 ? .reverse : []
    return palette
  }

  /// The series' colours, text first; their distances, also to colour-blind eyes, are a test.
  static func series(_ theme: Theme) -> [UInt8] {
    switch theme {
    case .dark: [79, 142, 167, 26, 229, 133]
    case .light: [33, 101, 57, 90, 166, 237]
    }
  }

  /// The accents of accounts by their names in the configuration.
  public static let accentNames = ["red", "orange", "green", "blue", "purple", "pink"]

  /// The accents in their order, as far from each other and from all data as the table of 256 allows.
  static func accents(_ theme: Theme) -> [UInt8] {
    switch theme {
    case .dark: [196, 180, 119, 39, 99, 163]
    case .light: [161, 136, 22, 68, 55, 126]
    }
  }

  private var indexed256: [(Role, UInt8)] {
    let roles: [(Role, UInt8)] =
      switch self {
      case .dark:
        [
          (.muted, 244), (.accent, 231), (.selection, 24), (.good, 114), (.warning, 215), (.failure, 210), (.grid, 238),
          (.line, 67), (.ghost, 250), (.layer, 235),
        ]
      case .light:
        [
          (.muted, 242), (.accent, 16), (.selection, 153), (.good, 28), (.warning, 130), (.failure, 160), (.grid, 250),
          (.line, 67), (.ghost, 240), (.layer, 254),
        ]
      }
    return roles + zip(Self.seriesRoles, Self.series(self)).map { ($0, $1) }
      + zip(Accents.roles, Self.accents(self)).map { ($0, $1) }
      + zip(Self.heatRoles, heat(colors: 256)).map { ($0, $1) }
  }

  /// The same colours as red, green and blue, so that a terminal's own table cannot change them; and the quiet greys that 256
  /// colours do not have: a fainter grid, a softer selection, a ground for layers.
  private func makeDirect(_ palette: inout Palette) {
    for (role, _) in indexed256 {
      guard let color = palette[role].components else { continue }
      palette[role] = .rgb(UInt8(color.red), UInt8(color.green), UInt8(color.blue))
    }
    switch self {
    case .dark:
      palette[.grid] = .rgb(0x3A, 0x3E, 0x47)
      palette[.muted] = .rgb(0x8A, 0x90, 0x9C)
      palette[.selection] = .rgb(0x1D, 0x4E, 0x79)
      palette[.layer] = .rgb(0x22, 0x25, 0x2C)
    case .light:
      palette[.grid] = .rgb(0xC9, 0xCC, 0xD2)
      palette[.muted] = .rgb(0x66, 0x6B, 0x76)
      palette[.selection] = .rgb(0xB8, 0xDA, 0xFB)
      palette[.layer] = .rgb(0xEE, 0xF0, 0xF3)
    }
  }

  private func indexed16(colors: Int) -> [(Role, UInt8)] {
    var roles: [(Role, UInt8)] = [(.good, 2), (.warning, 3), (.failure, 1), (.line, 4)]
    if colors >= 16 { roles += [(.muted, 8), (.grid, 8)] }
    // Cyan, yellow, blue, magenta, the default and green: patterns tell the layers apart where these do not.
    for (role, index) in zip(Self.seriesRoles, [6, 3, 4, 5, nil, 2] as [UInt8?]) {
      if let index { roles.append((role, index)) }
    }
    // Of eight colours no pink is left.
    let accents: [UInt8] =
      colors < 16 ? [1, 3, 2, 4, 5, 6] : self == .dark ? [9, 11, 10, 12, 5, 13] : [9, 3, 2, 4, 5, 13]
    roles += zip(Accents.roles, accents).map { ($0, $1) }
    roles += self == .dark ? [(.ghost, 7), (.layer, 0)] : [(.ghost, colors >= 16 ? 8 : 0), (.layer, 7)]
    return roles + zip(Self.heatRoles, heat(colors: colors)).map { ($0, $1) }
  }

  /// The steps of a heatmap, from near the background's lightness away from it: a test keeps them apart in grey.
  private func heat(colors: Int) -> [UInt8] {
    switch (self, colors) {
    case (.dark, 256...): [23, 30, 73, 158]
    case (.light, 256...): [152, 73, 30, 23]
    case (.dark, 16...): [4, 12, 6, 14]
    case (.light, 16...): [6, 12, 4, 0]
    case (.dark, _): [4, 5, 6, 7]
    case (.light, _): [6, 5, 4, 0]
    }
  }

  static let heatRoles: [Role] = [.heat1, .heat2, .heat3, .heat4]

  private static let seriesRoles: [Role] = [.series1, .series2, .series3, .series4, .series5, .series6]
}
