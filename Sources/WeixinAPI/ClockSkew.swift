import Glibc
import Synchronization

/// How far this machine's clock is from that of whoever answers, by the `Date` of the newest reply. Days and schedules hang
/// on the clock; the lives of tokens do not.
public final class ClockSkew: Sendable {
  private let newest = Mutex<Int?>(nil)
  private let now: @Sendable () -> Int

  /// Beyond so many seconds it is worth saying: less may be the reply's own way and the header's whole seconds.
  public static let limit = 60

  private static let furthest = 1 << 40

  /// Nothing is known yet.
  public convenience init() {
    self.init(now: { time(nil) })
  }

  /// Nothing is known yet; the closure is this machine's clock, in seconds since 1970.
  public init(now: @escaping @Sendable () -> Int) {
    self.now = now
  }

  /// Seconds by which this machine's clock is ahead; negative when it is behind, nil before the first dated reply.
  public var seconds: Int? { newest.withLock(\.self) }

  /// ``seconds`` where they are beyond ``limit``.
  public var noteworthy: Int? { seconds.flatMap { abs($0) > Self.limit ? $0 : nil } }

  func note(serverDate: Int) {
    // A clock may say anything.
    let ahead = min(max(now(), -Self.furthest), Self.furthest) - serverDate
    newest.withLock { $0 = ahead }
  }
}
