import Glibc
import WeixinAPI
public import WeixinModel

/// The clocks of a monitor, injected, so that a week of polling is tested in milliseconds.
public struct MonitorClock: Sendable {
  /// The wall clock: when days are published and retries are due.
  public var now: @Sendable () -> Timestamp
  /// A clock that nobody sets, counted from any moment: how fast calls follow each other.
  public var monotonic: @Sendable () -> Duration
  /// Sleeps for so long, or throws `CancellationError`.
  public var sleep: @Sendable (Duration) async throws -> Void

  /// A set of clocks.
  public init(
    now: @escaping @Sendable () -> Timestamp, monotonic: @escaping @Sendable () -> Duration,
    sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
    self.now = now
    self.monotonic = monotonic
    self.sleep = sleep
  }

  /// The clocks of the machine.
  public static var system: MonitorClock {
    let start = ContinuousClock.now
    return MonitorClock(
      now: { Timestamp(seconds: time(nil)) },
      monotonic: { start.duration(to: .now) },
      sleep: { try await BootClock.sleep(for: $0) })
  }
}

/// One moment on both clocks.
struct Moment: Hashable, Sendable {
  var wall: Timestamp
  var monotonic: Duration
}
