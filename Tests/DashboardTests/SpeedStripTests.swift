import Dashboard
import TerminalScreen
import Testing
import WeixinModel

/// A speed that is not its level's never looks like one that is, however short its stretch.
@Suite struct SpeedStripTests {
  @Test(arguments: [
    (1, "≠"), (2, "≠━"), (3, "L3≠"), (4, "L3≠━"), (7, "L3≠━━━━"), (8, "L3≠150k━"), (11, "L3≠150k━━━━"),
    (12, "L3≠150k/min━"),
  ])
  func `a mismatch is marked at every width`(columns: Int, expected: String) throws {
    #expect(try stretch(columns, realspeed: 15) == expected)
  }

  @Test(arguments: [(1, "━"), (2, "L3"), (3, "L3━"), (12, "L3━━━━━━━━━━")])
  func `a match is not marked`(columns: Int, expected: String) throws {
    #expect(try stretch(columns, realspeed: 30) == expected)
  }

  @Test(arguments: [(2, "≠━"), (10, "L3≠15万━━━"), (11, "L3≠15万/分━")])
  func `Chinese has its own unit`(columns: Int, expected: String) throws {
    #expect(try stretch(columns, realspeed: 15, language: .zh) == expected)
  }

  @Test(arguments: [(1, "!"), (2, "!="), (3, "L3!"), (4, "L3!="), (9, "L3!=150k╌")])
  func `braille marks a mismatch with two characters`(columns: Int, expected: String) throws {
    #expect(try stretch(columns, realspeed: 15, glyphs: .braille) == expected)
  }

  @Test(arguments: [(1, "!"), (2, "!="), (3, "L3!"), (4, "L3!="), (9, "L3!=150k=")])
  func `ASCII counts in thousands`(columns: Int, expected: String) throws {
    #expect(try stretch(columns, realspeed: 15, glyphs: .ascii) == expected)
  }

  @Test func `a level missing from the table is a mismatch`() throws {
    #expect(try stretch(2, level: 12, realspeed: 10) == "≠━")
    #expect(try stretch(3, level: 12, realspeed: 10) == "≠━━")
    #expect(try stretch(4, level: 12, realspeed: 10) == "L12≠")
  }

  /// What a stretch of so many columns shows without colours. In the speed view of 80 columns each is half an hour.
  private func stretch(
    _ columns: Int, level: Int = 3, realspeed: Int, glyphs: GlyphSet.Name = .block, language: Language = .en
  ) throws -> String {
    var status = Samples.status
    let from = Samples.day.start(ofHour: 8)
    let speed = MassSendSpeed(level: level, realspeed: realspeed)
    status.speedSpans = [SpeedSpan(speed: speed, from: from, to: from + (columns * 1_800 - 1))]
    var state = Samples.state(status: status, mode: DrawingMode(glyphs: glyphs, colors: 0), language: language)
    state.view = .speed
    let frame = view(state)
    let name = language == .en ? "Thu 20" : "周四 20"
    let row = try #require((0..<24).first { frame.text(ofRow: $0).dropFirst().hasPrefix(name) })
    let first = 9 + 2 * 8
    var text = String.UnicodeScalarView()
    for cell in frame.row(row).dropFirst(first).prefix(columns) where !cell.isTrailing { text.append(cell.scalar) }
    return String(text)
  }
}
