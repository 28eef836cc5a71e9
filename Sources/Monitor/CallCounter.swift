import Synchronization
public import WeixinModel

/// Counts the calls to Weixin of the current Beijing day. The client counts, the monitor shows.
public final class CallCounter: Sendable {
  private struct Count {
    var day: BeijingDay
    var calls = 0
  }

  private let now: @Sendable () -> Timestamp
  private let state: Mutex<Count>

  /// A counter on a wall clock.
  public init(now: @escaping @Sendable () -> Timestamp) {
    self.now = now
    state = Mutex(Count(day: now().beijingDay))
  }

  /// Counts one call.
  public func count() {
    let today = now().beijingDay
    state.withLock { state in
      if state.day != today { state = Count(day: today) }
      state.calls += 1
    }
  }

  /// The calls since the last Beijing midnight.
  public var today: Int {
    let today = now().beijingDay
    return state.withLock { $0.day == today ? $0.calls : 0 }
  }
}
