import Testing

@testable import TerminalScreen

@Suite struct AmbiguousWidthTests {
  @Test func `what may take two columns is known`() {
    for scalar in "▁▂▃▄▅▆▇█▀▌▒▓─│┼┌┘━╳▲▼●○★·–—…←↑→↓±×÷°“”‘’≥≤≠\u{E9}\u{FC}\u{1CE}αЖ①Ⅳ".unicodeScalars {
      #expect(DisplayWidth.isAmbiguous(scalar), "\(scalar)")
    }
    for scalar in " ~Az»▪⣀⣤⣶⣿⠂▞░▖▗▘▝▟╌╎▴▾◂▸◌✓✗今。，（￥가".unicodeScalars {
      #expect(!DisplayWidth.isAmbiguous(scalar), "\(scalar)")
    }
  }

  @Test func `only characters counted as one column are ambiguous`() {
    let wrong = (0...0x10FFFF as ClosedRange<UInt32>).compactMap { Unicode.Scalar($0) }.filter {
      DisplayWidth.isAmbiguous($0) && DisplayWidth.of($0) != 1
    }
    #expect(wrong.isEmpty)
  }

  @Test func `folding keeps columns, styles and wide characters`() {
    var frame = Frame(Size(width: 14, height: 1))
    frame.write("a…“\u{E9}”→·Ж今…x", row: 0, column: 0, style: Style(.warning, .bold))
    let styles = frame.row(0).map(\.style)
    frame.foldAmbiguous()
    #expect(frame.text == "a.\"e\">.?今.x")
    #expect(frame[0, 9].isTrailing)
    #expect(frame.row(0).map(\.style) == styles)
  }
}
