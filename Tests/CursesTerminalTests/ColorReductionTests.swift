import Testing

@testable import CursesTerminal

@Suite struct ColorReductionTests {
  @Test func `a terminal with enough colours gets the index itself`() {
    for index in 0...255 as ClosedRange<UInt8> {
      let number = ColorReduction.reduce(index, colors: 256, isDirect: false, .foreground)
      #expect(number == Int32(index))
    }
  }

  @Test(arguments: [8, 16, 88])
  func `every colour exists, and faint text does not vanish`(colors: Int) {
    for index in 0...255 as ClosedRange<UInt8> {
      let foreground = ColorReduction.reduce(index, colors: colors, isDirect: false, .foreground)
      let background = ColorReduction.reduce(index, colors: colors, isDirect: false, .background)
      #expect((0..<Int32(colors)).contains(foreground) && (0..<Int32(colors)).contains(background))
      #expect(foreground != 0 || index == 0 || index == 16)
    }
  }

  @Test func `colours keep their hue`() {
    let names: [(UInt8, Int32)] = [(196, 1), (46, 2), (226, 3), (21, 4), (201, 5), (51, 6), (231, 7), (9, 1), (12, 4)]
    for (index, expected) in names {
      #expect(ColorReduction.reduce(index, colors: 8, isDirect: false, .foreground) == expected, "\(index)")
    }
    #expect(ColorReduction.reduce(240, colors: 16, isDirect: false, .foreground) == 8)
    #expect(ColorReduction.reduce(238, colors: 8, isDirect: false, .background) == 0)
  }

  @Test func `a terminal without indices is told red, green and blue`() {
    #expect(ColorReduction.reduce(196, colors: 1 << 24, isDirect: true, .foreground) == 0xFF0000)
    #expect(ColorReduction.reduce(3, colors: 1 << 24, isDirect: true, .foreground) == 3)
  }

  @Test(arguments: [(0, -1), (8, 1), (16, 9), (256, 196), (1 << 24, 0xFF0000)] as [(Int, Int32)])
  func `red, green and blue become the nearest colour that there is`(colors: Int, expected: Int32) {
    let isDirect = colors > 256
    #expect(ColorReduction.reduce(255, 0, 0, colors: colors, isDirect: isDirect, .foreground) == expected)
  }

  @Test func `the darkest blues are no indices, and dark text does not vanish`() {
    #expect(ColorReduction.reduce(0, 0, 3, colors: 1 << 24, isDirect: true, .background) >= 8)
    #expect(ColorReduction.reduce(16, colors: 1 << 24, isDirect: true, .background) >= 8)
    #expect(ColorReduction.reduce(40, 40, 44, colors: 16, isDirect: false, .foreground) == 8)
    #expect(ColorReduction.reduce(0x30, 0x30, 0x31, colors: 256, isDirect: false, .background) == 236)
  }

  @Test func `without colours there are only the defaults`() {
    #expect(ColorReduction.reduce(196, colors: 0, isDirect: false, .foreground) == -1)
  }
}
