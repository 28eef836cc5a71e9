import Testing

@testable import TerminalScreen

@Suite struct FrameTests {
  /// What every frame keeps to: rows of the asked width, right halves only behind a wide character, nothing but spacing
  /// characters in cells.
  private func faults(in frame: Frame) -> [String] {
    var faults: [String] = []
    for row in 0..<frame.size.height {
      let cells = Array(frame.row(row))
      if cells.count != frame.size.width { faults.append("row \(row) has \(cells.count) cells") }
      for (column, cell) in cells.enumerated() {
        let previous = column > 0 ? cells[column - 1] : nil
        let next = column + 1 < cells.count ? cells[column + 1] : nil
        let isWide = DisplayWidth.of(cell.scalar) == 2
        if cell.isTrailing {
          if previous.map({ DisplayWidth.of($0.scalar) }) != 2 { faults.append("orphan half at \(row),\(column)") }
        } else if DisplayWidth.of(cell.scalar) == 0 {
          faults.append("\(cell.scalar.value) in a cell at \(row),\(column)")
        }
        if isWide, next?.isTrailing != true { faults.append("cut wide character at \(row),\(column)") }
        if let mark = cell.mark, DisplayWidth.of(mark) != 0 { faults.append("wide mark at \(row),\(column)") }
      }
    }
    return faults
  }

  @Test func `writing keeps every row whole, at all small sizes, places and limits`() {
    let texts = ["", "a", "汉", "a汉", "汉字b", "e\u{301}", "\u{301}", "汉\u{301}x", "\u{1B}[31m", "a\u{200D}b", "ｆ汉"]
    for width in 0...5 {
      for height in 0...2 {
        for column in -3...6 {
          for text in texts {
            for second in -1...5 {
              var frame = Frame(Size(width: width, height: height))
              for row in -1...height {
                frame.write("字字字", row: row, column: 0)
                frame.write(text, row: row, column: column)
                frame.write("漢", row: row, column: second, limit: second + 1)
                frame.write("漢", row: row, column: second)
              }
              #expect(faults(in: frame).isEmpty)
            }
          }
        }
      }
    }
  }

  @Test func `putting a cell on either half of a wide character blanks the other`() {
    for column in 0...5 {
      var frame = Frame(Size(width: 6, height: 1))
      frame.write("汉字漢", row: 0, column: 0)
      frame.put(Cell("x"), row: 0, column: column)
      #expect(faults(in: frame).isEmpty)
      #expect(frame[0, column].scalar == "x")
      #expect(frame[0, column ^ 1].scalar == " ")
    }
  }

  @Test func `putting outside does nothing`() {
    var frame = Frame(Size(width: 2, height: 2))
    for (row, column) in [(-1, 0), (0, -1), (2, 0), (0, 2), (.max, 0), (0, .min)] {
      frame.put(Cell("x"), row: row, column: column)
    }
    #expect(frame == Frame(Size(width: 2, height: 2)))
  }

  @Test func `text is cut at the edge and at the limit, and the end column is returned`() {
    var frame = Frame(Size(width: 6, height: 3))
    #expect(frame.write("abcdefgh", row: 0, column: 2) == 6)
    #expect(frame.write("abcdefgh", row: 1, column: 0, limit: 3) == 3)
    #expect(frame.write("汉字漢", row: 2, column: 0, limit: 5) == 4)
    #expect(frame.text == "  abcd\nabc\n汉字")
  }

  @Test func `text that begins left of the frame shows its rest`() {
    var frame = Frame(Size(width: 3, height: 1))
    frame.write("abcd", row: 0, column: -2)
    #expect(frame.text == "cd")
  }

  @Test func `a mark joins the character before it, also a wide one, and only the first counts`() {
    var frame = Frame(Size(width: 4, height: 1))
    frame.write("e\u{301}\u{302}汉\u{301}", row: 0, column: 0)
    #expect(frame[0, 0].mark == "\u{301}")
    #expect(frame[0, 1].scalar == "汉")
    #expect(frame[0, 1].mark == "\u{301}")
    #expect(frame[0, 2].isTrailing)
  }

  @Test func `control characters and the parts of escapes never reach a cell`() {
    var frame = Frame(Size(width: 40, height: 1))
    for value in 0...0x9F as ClosedRange<UInt32> where value < 0x20 || value >= 0x7F {
      guard let scalar = Unicode.Scalar(value) else { continue }
      frame.write("a\(scalar)b", row: 0, column: 0)
      #expect(frame.text == "ab")
    }
    for hidden in ["\u{202E}", "\u{2066}", "\u{200B}", "\u{FEFF}", "\u{2028}", "\u{AD}"] {
      frame.write("a\(hidden)b", row: 0, column: 0)
      #expect(frame.text == "ab", "U+\(String(hidden.unicodeScalars.first?.value ?? 0, radix: 16))")
      #expect(frame[0, 0].mark == nil)
    }
  }

  @Test func `restyling keeps text and stays inside`() {
    var frame = Frame(Size(width: 3, height: 1))
    frame.write("abc", row: 0, column: 0)
    frame.restyle(row: 0, columns: -5..<2) { $0.attributes = .bold }
    frame.restyle(row: 7, columns: 0..<2) { $0.attributes = .dim }
    #expect(frame.text == "abc")
    #expect(frame.row(0).map(\.style.attributes) == [.bold, .bold, []])
  }
}
