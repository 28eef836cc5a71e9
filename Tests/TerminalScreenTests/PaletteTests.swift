import Testing

@testable import TerminalScreen

@Suite struct PaletteTests {
  @Test func `a new palette leaves all to the terminal`() {
    for foreground in Role.allCases {
      for background in Role.allCases {
        let resolved = Palette().resolve(Style(foreground, on: background, .bold))
        #expect(resolved == (.terminalDefault, .terminalDefault, .bold))
      }
    }
  }

  @Test func `a style gets both colours and the attributes of both roles`() {
    var palette = Palette()
    palette[.failure] = .indexed(9)
    palette[attributes: .failure] = .bold
    palette[.selection] = .indexed(238)
    palette[attributes: .selection] = .reverse
    let resolved = palette.resolve(Style(.failure, on: .selection, .underline))
    #expect(resolved == (.indexed(9), .indexed(238), [.bold, .reverse, .underline]))
  }

  @Test func `the standard background adds no attributes, the standard foreground does`() {
    var palette = Palette()
    palette[attributes: .standard] = .dim
    #expect(palette.resolve(Style(.good)).attributes == [])
    #expect(palette.resolve(.standard).attributes == .dim)
  }

  @Test func `sizes are never negative`() {
    #expect(Size(width: -1, height: 3) == Size(width: 0, height: 3))
    #expect(Frame(Size(width: -5, height: -5)).text == "")
  }
}
