import Synchronization
import WeixinModel
import WeixinSimulator

/// A clock that moves when it is told to.
final class SimulatedClock: Sendable {
  private let moment = Mutex(Timestamp(seconds: 1_773_122_400))

  var now: @Sendable () -> Timestamp { { self.moment.withLock(\.self) } }

  func advance(_ seconds: Int) {
    moment.withLock { $0 = $0 + seconds }
  }
}

extension Simulator.Options {
  /// 2026-03-10, 14:00 in Beijing, and a token `READY`.
  static func tested(_ change: (inout Self) -> Void = { _ in }) -> Self {
    var options = Self()
    options.now = { Timestamp(seconds: 1_773_122_400) }
    options.readyTokens = ["READY"]
    change(&options)
    return options
  }
}
