import Glibc
import TerminalScreen
import Testing

@testable import CursesTerminal

extension CursesTests {
  /// A frame of so much colour that no pseudo-terminal takes it at once.
  private func large(_ terminal: CursesTerminal, _ character: Unicode.Scalar) -> Frame {
    var frame = Frame(terminal.size)
    for row in 0..<terminal.size.height {
      for column in 0..<terminal.size.width {
        let style = Style((row + column) % 2 == 0 ? .failure : .good)
        frame.put(Cell(character, style: style), row: row, column: column)
      }
    }
    return frame
  }

  private var colorful: Palette {
    var palette = Palette()
    palette[.failure] = .indexed(196)
    palette[.good] = .indexed(46)
    return palette
  }

  @Test func `a terminal that nobody reads gets the newest frame when it is read again`() async throws {
    try await withTerminal(width: 200, height: 60) { terminal, pty in
      terminal.use(colorful)
      var events = terminal.events.makeAsyncIterator()
      for character in "abcdefgh".unicodeScalars { terminal.present(large(terminal, character)) }
      #expect(terminal.statistics.frames == 1)
      // Keys are heard all the while.
      pty.type("k")
      #expect(await events.next() == .key("k"))
      var output = ""
      while !output.hasSuffix("h") {
        if terminal.outbox.isReady, terminal.statistics.frames == 2 {
          output += try pty.output()
          break
        }
        // Reading must not wait: what is to be read is sent by a turn of this very thread.
        if pty.hasOutput { output += try String(decoding: pty.read(within: 10_000), as: UTF8.self) }
        await Task.yield()
      }
      #expect(output.contains("a") && output.hasSuffix("h") && !output.contains("g"))
      #expect(terminal.statistics.frames == 2)
    }
  }

  @Test func `the bell is one byte, behind the frame before it`() async throws {
    try await withTerminal(width: 20, height: 4) { terminal, pty in
      var frame = Frame(terminal.size)
      frame.write("alert", row: 0, column: 0)
      terminal.present(frame)
      terminal.bell()
      let output = try pty.output()
      #expect(output.contains("alert") && output.hasSuffix("\u{7}"))
      #expect(output.filter { $0 == "\u{7}" }.count == 1)
      terminal.close()
      _ = try pty.output()
      terminal.bell()
      #expect(!pty.hasOutput)
    }
  }

  @Test func `a terminal that nobody reads does not keep the program from closing`() async throws {
    try await withTerminal(width: 200, height: 60) { terminal, pty in
      terminal.use(colorful)
      terminal.present(large(terminal, "a"))
      terminal.present(large(terminal, "b"))
      terminal.close()
      #expect(pty.isCooked)
    }
  }

  @Test func `a descriptor that blocks is written to all the same, and does not block`() throws {
    let pty = try PseudoTerminal()
    let outbox = Outbox(to: pty.slave)
    outbox.add(Array(repeating: UInt8(ascii: "x"), count: 1 << 18))
    #expect(!outbox.send())
    let sent = outbox.sent
    #expect(sent > 1_000)
    var read = 0
    while read < sent { read += try pty.read(within: 10_000).count }
    #expect(outbox.send(within: .milliseconds(1)) == false && outbox.sent > sent)
  }

  @Test func `a slow terminal is given back in the middle of a frame`() async throws {
    try await withTerminal(width: 200, height: 60) { terminal, pty in
      terminal.use(colorful)
      terminal.present(large(terminal, "a"))
      let master = pty.master
      let reader = Task.detached {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while !bytes.suffix(200).contains(Array("\u{1B}[?1049l".utf8)) {
          let count = read(master, &chunk, chunk.count)
          if count <= 0 { break }
          bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
      }
      terminal.close()
      let output = await reader.value
      #expect(output.hasPrefix("\u{1B}[?1049h") && output.contains("\u{1B}[?1049l"))
    }
  }

  @Test func `what drawing costs is counted`() async throws {
    try await withTerminal { terminal, pty in
      let opening = try pty.output()
      #expect(terminal.statistics.frames == 0 && terminal.statistics.bytes == opening.utf8.count)
      terminal.present(frame(terminal, "one"))
      let first = try pty.output()
      #expect(terminal.statistics.frames == 1 && terminal.statistics.frameBytes == first.utf8.count)
      #expect(terminal.statistics.bytes == opening.utf8.count + first.utf8.count)
      #expect(terminal.statistics.frameTime > .zero && terminal.statistics.frameTime < .seconds(5))
      terminal.present(frame(terminal, "one"))
      #expect(terminal.statistics.frames == 1)
    }
  }

  @Test func `the descriptor that the shell has too does not become one that never blocks`() async throws {
    try await withTerminal { terminal, pty in
      terminal.present(frame(terminal, "one"))
      #expect(fcntl(pty.slave, F_GETFL) & O_NONBLOCK == 0)
      #expect(fcntl(terminal.files.terminal, F_GETFL) & O_NONBLOCK != 0)
    }
  }
}
