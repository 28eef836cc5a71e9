import Synchronization

/// Hands out moments at which accounts that nobody looks at may fetch an older day: one after the other, whatever their number.
public final class FetchTurns: Sendable {
  private let pause: Duration
  private let next = Mutex<Duration>(.zero)

  /// Turns with so much time between them.
  public init(pause: Duration = .milliseconds(250)) {
    self.pause = pause
  }

  /// The next free moment, on the clock of `now`; it is taken by this.
  func take(at now: Duration) -> Duration {
    next.withLock { next in
      let turn = max(now, next)
      next = turn + pause
      return turn
    }
  }
}
