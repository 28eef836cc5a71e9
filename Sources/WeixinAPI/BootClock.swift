import Glibc

/// A clock that nobody sets and that goes on while the machine sleeps: a token's life does too. All processes since one
/// boot read the same seconds from it.
public struct BootClock: Sendable {
  /// Seconds since boot.
  public var now: @Sendable () -> Int
  /// Names the boot; asked for when a token is, not at the start.
  public var boot: String { name() }
  private let name: @Sendable () -> String

  /// A clock.
  public init(boot: @autoclosure @escaping @Sendable () -> String, now: @escaping @Sendable () -> Int) {
    name = boot
    self.now = now
  }

  /// The machine's.
  public static let system = BootClock(boot: bootID) { Int(nanoseconds / 1_000_000_000) }

  /// Nanoseconds since the machine's boot.
  static var nanoseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// `/proc/sys/kernel/random/boot_id`; without it a name that no other process has.
  private static let bootID: String = {
    var bytes = [UInt8](repeating: 0, count: 64)
    let descriptor = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "process \(getpid())" }
    defer { close(descriptor) }
    let count = read(descriptor, &bytes, bytes.count)
    return count > 0 ? String(decoding: bytes[..<count].prefix { $0 != 10 }, as: UTF8.self) : "process \(getpid())"
  }()
}
