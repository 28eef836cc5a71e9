import CNcurses
import Glibc
import TerminalScreen

/// Reads keys from curses until there are none.
final class KeyReader {
  /// A pad, as reading from a window first refreshes it, and would draw a frame that is half made.
  private let pad: UnsafeMutablePointer<WINDOW>
  private let descriptor: Int32
  private let isUnicode: Bool
  private var decoder = EscapeDecoder()

  init?(descriptor: Int32, isUnicode: Bool) {
    guard let pad = newpad(1, 1) else { return nil }
    self.pad = pad
    self.descriptor = descriptor
    self.isUnicode = isUnicode
    keypad(pad, true)
    nodelay(pad, true)
  }

  func close() { delwin(pad) }

  /// Passes on all keys that wait. Returns false when the terminal has gone.
  func drain(emit: (Key) -> Void) -> Bool {
    var value: wint_t = 0
    var failures = 0
    // Bytes that are no UTF-8 end in ERR like an empty queue does, with more to read behind them: believe the second.
    while failures < 2 {
      switch wget_wch(pad, &value) {
      case ERR: failures += 1
      case KEY_CODE_YES:
        failures = 0
        if let key = KeyNames.key(code: Int32(bitPattern: value)) { decoder.take(key, emit: emit) }
      default:
        failures = 0
        guard let scalar = Unicode.Scalar(value), isUnicode || scalar.isASCII else { continue }
        decoder.take(scalar, emit: emit)
      }
    }
    decoder.pause(emit: emit)
    return !isGone
  }

  /// A hang-up, or readable without a byte to read, which is how an end of file looks.
  private var isGone: Bool {
    var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&state, 1, 0) > 0 else { return false }
    if state.revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { return true }
    return state.revents & Int16(POLLIN) != 0 && cncurses_readable_bytes(descriptor) <= 0
  }
}
