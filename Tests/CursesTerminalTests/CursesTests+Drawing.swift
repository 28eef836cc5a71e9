import CNcurses
import Glibc
import TerminalScreen
import Testing

@testable import CursesTerminal

extension CursesTests {
  @Test func `text arrives in curses as it was written`() async throws {
    try await withTerminal { terminal, pty in
      terminal.present(frame(terminal, "day ▁▂▃█ ─│ ⣿", "今日 消息", "cafe\u{301} 汉\u{301}", "12345678901234567890"))
      #expect(text(terminal, row: 0) == "day ▁▂▃█ ─│ ⣿")
      #expect(text(terminal, row: 1) == "今日 消息")
      #expect(text(terminal, row: 2) == "cafe\u{301} 汉\u{301}")
      #expect(text(terminal, row: 3) == "12345678901234567890")
      let output = try pty.output()
      #expect(output.contains("今日"))
    }
  }

  @Test func `a wide character fills the last two columns, and is a blank where only one is left`() async throws {
    try await withTerminal(width: 5) { terminal, _ in
      var cut = Frame(Size(width: 5, height: 4))
      cut.write("abc汉", row: 0, column: 0)
      cut.put(Cell("汉"), row: 1, column: 4)
      cut.put(Cell("x"), row: 1, column: 0)
      cut.put(Cell(Cell.trailing), row: 2, column: 1)
      cut.put(Cell("y"), row: 2, column: 2)
      cut.write("汉", row: 3, column: 0)
      cut.put(Cell(Cell.trailing), row: 3, column: 2)
      cut.put(Cell("z"), row: 3, column: 3)
      terminal.present(cut)
      #expect(text(terminal, row: 3) == "汉 z")
      #expect(text(terminal, row: 0) == "abc汉")
      #expect(text(terminal, row: 1) == "x")
      #expect(text(terminal, row: 2) == "  y")
    }
  }

  @Test func `a frame of another size is cut or filled up`() async throws {
    try await withTerminal(width: 5, height: 2) { terminal, _ in
      var large = Frame(Size(width: 9, height: 4))
      for row in 0..<4 { large.write("abcd汉ef", row: row, column: 0) }
      terminal.present(large)
      #expect(text(terminal, row: 1) == "abcd")
      var small = Frame(Size(width: 2, height: 1))
      small.write("xyz", row: 0, column: 0)
      terminal.present(small)
      #expect(text(terminal, row: 0) == "xy")
      #expect(text(terminal, row: 1) == "")
      terminal.present(Frame(Size(width: 0, height: 0)))
      #expect(text(terminal, row: 0) == "")
    }
  }

  @Test func `an equal frame costs no byte, a changed cell few`() async throws {
    try await withTerminal(width: 80, height: 24) { terminal, pty in
      var shown = frame(terminal, "one", "two", "three")
      terminal.present(shown)
      #expect(try !pty.output().isEmpty)
      terminal.present(shown)
      #expect(try pty.output() == "")
      shown.write("T", row: 1, column: 0)
      terminal.present(shown)
      let change = try pty.output()
      #expect(change.contains("T") && !change.contains("three") && change.utf8.count < 20)
    }
  }

  @Test func `after invalidating, all is sent again`() async throws {
    try await withTerminal { terminal, pty in
      let shown = frame(terminal, "one", "two")
      terminal.present(shown)
      _ = try pty.output()
      terminal.invalidate()
      terminal.present(shown)
      let again = try pty.output()
      #expect(again.contains("one") && again.contains("two") && again.contains("\u{1B}[2J"))
    }
  }

  @Test func `roles become the palette's colours, and a new palette recolours`() async throws {
    try await withTerminal { terminal, pty in
      var palette = Palette()
      palette[.failure] = .indexed(208)
      palette[attributes: .failure] = .bold
      palette[.selection] = .indexed(238)
      terminal.use(palette)
      var shown = Frame(terminal.size)
      shown.write("bad", row: 0, column: 0, style: Style(.failure, on: .selection))
      terminal.present(shown)
      let first = try pty.output()
      #expect(first.contains("38;5;208") && first.contains("48;5;238"))
      #expect(cell(terminal, row: 0, column: 0).attributes & UInt32(CNCURSES_BOLD) != 0)
      #expect(terminal.renditions.pairCount == 1)

      palette[.failure] = .indexed(9)
      terminal.use(palette)
      terminal.present(shown)
      #expect(try pty.output().contains("\u{1B}[91m"))
      #expect(terminal.renditions.pairCount == 1)
    }
  }

  @Test(arguments: [("xterm-256color", 256), ("xterm", 8), ("vt100", 0)])
  func `colours are what the description says, and reduced to it`(term: String, colors: Int) async throws {
    try await withTerminal(["TERM": term, "LANG": "C.UTF-8"]) { terminal, pty in
      #expect(terminal.traits == TerminalTraits(colors: colors, isUnicode: true))
      var palette = Palette()
      palette[.failure] = .indexed(196)
      terminal.use(palette)
      var shown = Frame(terminal.size)
      shown.write("bad", row: 0, column: 0, style: Style(.failure))
      terminal.present(shown)
      let output = try pty.output()
      switch colors {
      case 256: #expect(output.contains("\u{1B}[38;5;196m"))
      case 8: #expect(output.contains("\u{1B}[31m"))
      default: #expect(cell(terminal, row: 0, column: 0).pair == 0)
      }
    }
  }

  @Test func `never more pairs than the poorest terminal has`() async throws {
    try await withTerminal { terminal, _ in
      var palette = Palette()
      for role in Role.allCases { palette[role] = .indexed(16 + role.rawValue) }
      terminal.use(palette)
      for foreground in Role.allCases {
        for background in Role.allCases { _ = terminal.renditions[Style(foreground, on: background)] }
      }
      #expect(terminal.renditions.pairCount == Renditions.pairLimit)
    }
  }

  @Test func `each view has all its colours, though all views together have more than there are pairs`() async throws {
    try await withTerminal(width: 80) { terminal, _ in
      var palette = Palette()
      for role in Role.allCases { palette[role] = .indexed(16 + role.rawValue) }
      terminal.use(palette)
      let roles = Array(Role.allCases.dropFirst())
      for background in roles.prefix(8) {
        var view = Frame(terminal.size)
        for (column, foreground) in roles.enumerated() {
          view.put(Cell("x", style: Style(foreground, on: background)), row: 0, column: column)
        }
        terminal.present(view)
        for (column, foreground) in roles.enumerated() {
          var (text, ground) = (Int32(0), Int32(0))
          extended_pair_content(cell(terminal, row: 0, column: column).pair, &text, &ground)
          #expect(text == 16 + Int32(foreground.rawValue) && ground == 16 + Int32(background.rawValue))
        }
      }
      #expect(terminal.renditions.pairCount <= Renditions.pairLimit)
    }
  }

  @Test func `in the C locale only ASCII is sent, each column kept`() async throws {
    try await withTerminal(["TERM": "xterm-256color", "LANG": "C"]) { terminal, pty in
      #expect(terminal.traits == TerminalTraits(colors: 256, isUnicode: false, notices: [.asciiOnly("C")]))
      terminal.present(frame(terminal, "a▁汉b\u{301}c"))
      #expect(text(terminal, row: 0) == "a?? bc")
      let output = try pty.output()
      #expect(output.utf8.allSatisfy { $0 < 0x80 })
    }
  }

  @Test func `every size is drawn, to the bottom right cell`() async throws {
    for (width, height) in [(1, 1), (2, 1), (30, 8), (80, 24), (200, 60)] {
      try await withTerminal(width: width, height: height) { terminal, pty in
        #expect(terminal.size == Size(width: width, height: height))
        terminal.present(Frame(terminal.size, filledWith: Cell("x")))
        #expect(cell(terminal, row: height - 1, column: width - 1).text == "x")
        _ = try pty.output()
      }
    }
  }
}
