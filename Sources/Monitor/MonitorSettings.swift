/// How a monitor behaves.
public struct MonitorSettings: Hashable, Sendable {
  /// Seconds between polls of the mass-send speed; at least 5.
  public var interval: Int { didSet { interval = max(Self.leastInterval, interval) } }
  /// By how much an interval may differ, as a part of it, so that many instances don't poll in step.
  public var jitter: Double
  /// No call at all: only what the archive holds.
  public var isOffline: Bool
  /// Whether days near the shown one are fetched before they are asked for.
  public var prefetches: Bool
  /// Whether Weixin is asked for the true quotas, at start and then hourly.
  public var asksQuotas: Bool

  /// Seconds between polls where nobody says otherwise.
  public static let usualInterval = 120
  private static let leastInterval = 5

  /// Settings; `interval` below 5 becomes 5.
  public init(
    interval: Int = usualInterval, jitter: Double = 0.1, isOffline: Bool = false, prefetches: Bool = true,
    asksQuotas: Bool = true
  ) {
    self.interval = max(Self.leastInterval, interval)
    self.jitter = min(max(0, jitter), 0.5)
    self.isOffline = isOffline
    self.prefetches = prefetches
    self.asksQuotas = asksQuotas
  }

  /// Between two samples further apart than this nobody watched: two missed polls, or five minutes.
  public static func maxGap(interval: Int) -> Int { max(300, interval * 5 / 2) }
}
