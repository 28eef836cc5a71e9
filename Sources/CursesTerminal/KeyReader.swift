import CNcurses
import Glibc
import TerminalScreen

/// Reads keys from curses until there are none.
final class KeyReader {
  /// A pad, as reading from a window first refreshes it, and would draw a frame that is half made.
  private let pad: UnsafeMutablePointer<WINDOW>
  private let descriptor: Int32
  private let isUnicode: Bool
  private var scalars = ScalarDecoder()
  private var decoder = EscapeDecoder()

  init?(descriptor: Int32, isUnicode: Bool) {
    guard let pad = newpad(1, 1) else { return nil }
    self.pad = pad
    self.descriptor = descriptor
    self.isUnicode = isUnicode
    keypad(pad, true)
    nodelay(pad, true)
    // curses would wait for what follows the report, for a sixth of a second.
    define_key(nil, KEY_MOUSE)
    // Descriptions take the number pad for Home, End and function keys, each in its own way.
    for final in KeyNames.pad.keys {
      if let final = Unicode.Scalar(final) { define_key("\u{1B}O\(final)", 0) }
    }
  }

  func close() { delwin(pad) }

  /// Passes on all that waits. Returns false when the terminal has gone.
  ///
  /// While answers are expected, an Esc without anything behind it is not yet taken for the key.
  func drain(expectsAnswers: Bool, emit: (EscapeDecoder.Input) -> Void) -> Bool {
    while case let code = wgetch(pad), code != ERR {
      guard let byte = UInt8(exactly: code) else {
        if let key = KeyNames.key(code: code) { decoder.take(key, emit: emit) }
        continue
      }
      if decoder.take(byte, emit: emit) { continue }
      guard let scalar = scalars.take(byte), isUnicode || scalar.isASCII else { continue }
      decoder.take(scalar, emit: emit)
    }
    decoder.pause(expectsAnswers: expectsAnswers, emit: emit)
    return !isGone
  }

  /// Whether there is something to read, within a time.
  func hasInput(within milliseconds: Int32) -> Bool {
    var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&state, 1, milliseconds) > 0
  }

  /// A hang-up, or readable without a byte to read, which is how an end of file looks.
  private var isGone: Bool {
    var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&state, 1, 0) > 0 else { return false }
    if state.revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { return true }
    return state.revents & Int16(POLLIN) != 0 && cncurses_readable_bytes(descriptor) <= 0
  }
}
