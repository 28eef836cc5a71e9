import Glibc
import TerminalScreen
import Testing

@testable import CursesTerminal

extension CursesTests {
  @Test func `the mouse is reported while it is on, and given back`() async throws {
    try await withTerminal { terminal, pty in
      let opening = try pty.output()
      #expect(!opening.contains("1000h"))
      terminal.setMouse(true)
      #expect(try pty.output() == MouseReports.on)
      var events = terminal.events.makeAsyncIterator()
      pty.type("\u{1B}[<0;5;3M\u{1B}[<0;5;3m\u{1B}[<64;1;1M\u{1B}[<65;200;100M\u{1B}[<2;1;1M\u{1B}[<35;1;1Mk")
      #expect(await events.next() == .mouse(Mouse(.press, row: 2, column: 4)))
      #expect(await events.next() == .mouse(Mouse(.wheelUp, row: 0, column: 0)))
      #expect(await events.next() == .mouse(Mouse(.wheelDown, row: 99, column: 199)))
      #expect(await events.next() == .key("k"))
      kill(getpid(), SIGCONT)
      #expect(await events.next() == .resumed)
      #expect(try pty.output().contains(MouseReports.on))
      terminal.setMouse(false)
      #expect(try pty.output() == MouseReports.off)
      terminal.setMouse(true)
      terminal.close()
      #expect(try pty.output().contains(MouseReports.off))
    }
  }

  @Test func `old reports are no keys, whatever bytes they have`() async throws {
    try await withTerminal { terminal, pty in
      terminal.setMouse(true)
      var events = terminal.events.makeAsyncIterator()
      pty.type(Array("\u{1B}[M".utf8) + [0x20, 0x71, 0x51])
      #expect(await events.next() == .mouse(Mouse(.press, row: 48, column: 80)))
      pty.type(Array("\u{1B}[M".utf8) + [0x60, 0xE6, 0xFF] + Array("\u{1B}[M#qq".utf8) + Array("q".utf8))
      #expect(await events.next() == .mouse(Mouse(.wheelUp, row: 222, column: 197)))
      #expect(await events.next() == .key("q"))
      terminal.setMouse(false)
      pty.type("\u{1B}[<0;5;3M\u{1B}[M qqx")
      #expect(await events.next() == .key("x"))
    }
  }
}
