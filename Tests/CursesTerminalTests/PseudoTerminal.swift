import CNcurses
import Glibc
import Testing

/// A terminal without a screen: the program's end, and the end at which a person would sit.
final class PseudoTerminal {
  let master: Int32
  let slave: Int32
  private var isMasterOpen = true

  init(width: Int = 20, height: Int = 4) throws {
    var master: Int32 = -1
    var slave: Int32 = -1
    var size = winsize(ws_row: UInt16(height), ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
    try #require(openpty(&master, &slave, nil, nil, &size) == 0)
    self.master = master
    self.slave = slave
  }

  deinit {
    hangUp()
    close(slave)
  }

  var path: String { ttyname(slave).map { String(cString: $0) } ?? "" }

  var isCooked: Bool {
    var modes = termios()
    tcgetattr(slave, &modes)
    return modes.c_lflag & UInt32(ECHO | ICANON | ISIG) == UInt32(ECHO | ICANON | ISIG)
  }

  func setSize(width: Int, height: Int) {
    var size = winsize(ws_row: UInt16(height), ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  func type(_ text: String) { type(Array(text.utf8)) }

  func type(_ bytes: [UInt8]) { write(master, bytes, bytes.count) }

  func hangUp() {
    if isMasterOpen { close(master) }
    isMasterOpen = false
  }

  /// Sends what the program still has for the terminal; true when that is nothing.
  var flush: () -> Bool = { true }

  /// All output up to now: whatever came before a mark that is written behind it.
  func output() throws -> String {
    let mark = "<up to here>"
    var bytes: [UInt8] = []
    // A terminal that is full takes no mark.
    while !flush() || !isReady(slave, POLLOUT) { bytes += try read(within: 10_000) }
    write(slave, mark, mark.utf8.count)
    while !bytes.suffix(mark.utf8.count).elementsEqual(mark.utf8) { bytes += try read(within: 10_000) }
    return String(decoding: bytes.dropLast(mark.utf8.count), as: UTF8.self)
  }

  /// Whether there is something to read.
  var hasOutput: Bool { isReady(master, POLLIN) }

  /// What comes next, within a deadline.
  func read(within milliseconds: Int32) throws -> [UInt8] {
    var chunk = [UInt8](repeating: 0, count: 65536)
    try #require(isReady(master, POLLIN, within: milliseconds), "no output within the deadline")
    let count = Glibc.read(master, &chunk, chunk.count)
    try #require(count > 0)
    return Array(chunk[..<count])
  }

  private func isReady(_ descriptor: Int32, _ events: Int32, within milliseconds: Int32 = 0) -> Bool {
    var state = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    return poll(&state, 1, milliseconds) == 1
  }
}
