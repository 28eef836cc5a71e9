import Glibc

/// A clock that nobody sets and that goes on while the machine sleeps: a token's life does too. All processes since one
/// boot read the same seconds from it.
public struct BootClock: Sendable {
  /// Seconds since boot.
  public var now: @Sendable () -> Int
  /// Names the boot; asked for when a token is, not at the start. See ``isSame(_:_:)``.
  public var boot: String { name() }
  private let name: @Sendable () -> String

  /// A clock.
  public init(boot: @autoclosure @escaping @Sendable () -> String, now: @escaping @Sendable () -> Int) {
    name = boot
    self.now = now
  }

  /// The machine's.
  public static let system = BootClock(boot: "\(bootID) at \(bootTime)") { Int(nanoseconds / 1_000_000_000) }

  /// Whether two names are of one boot: by the kernel's name for it where both have that, or else by the moment of the boot, which
  /// the wall clock moves by little.
  public static func isSame(_ one: String, _ other: String) -> Bool {
    if one == other { return true }
    guard let (name, moment) = parts(one), let (otherName, otherMoment) = parts(other) else { return false }
    if name != unknown, otherName != unknown { return name == otherName }
    return (moment - 60...moment + 60).contains(otherMoment)
  }

  private static func parts(_ boot: String) -> (name: Substring, moment: Int)? {
    let words = boot.split(separator: " ")
    guard words.count == 3, words[1] == "at", let moment = Int(words[2]), abs(moment) < 1 << 40 else { return nil }
    return (words[0], moment)
  }

  /// The boot by the wall clock, in seconds.
  private static var bootTime: Int { time(nil) - Int(nanoseconds / 1_000_000_000) }

  private static let unknown: Substring = "?"

  /// Nanoseconds since the machine's boot.
  static var nanoseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// `/proc/sys/kernel/random/boot_id`; `?` where it cannot be read, as in a systemd unit with `ProcSubset=pid`.
  private static let bootID: String = {
    var bytes = [UInt8](repeating: 0, count: 64)
    let descriptor = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return String(unknown) }
    defer { close(descriptor) }
    let count = read(descriptor, &bytes, bytes.count)
    let name = String(decoding: bytes[..<max(0, count)].prefix { $0 > 32 }, as: UTF8.self)
    return name.isEmpty ? String(unknown) : name
  }()
}
