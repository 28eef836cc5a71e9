import CNcurses
import Glibc

/// Catches what curses writes.
///
/// curses writes until all is written: on a terminal that nobody reads that is for ever, and the program would hear neither
/// keys nor signals. So it writes into memory, and an ``Outbox`` sends what the terminal takes.
struct Capture {
  private let descriptor: Int32

  /// Puts a file in memory in the place of the descriptor that curses has. What curses has set by it until now stays so.
  init?(of descriptor: Int32) {
    guard cncurses_capture(descriptor) == 0 else { return nil }
    self.descriptor = descriptor
  }

  /// What was written since the last time.
  func take() -> [UInt8] {
    let count = Int(lseek(descriptor, 0, SEEK_CUR))
    guard count > 0 else { return [] }
    lseek(descriptor, 0, SEEK_SET)
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, taken in
      taken = max(0, pread(descriptor, buffer.baseAddress, count, 0))
    }
  }
}
