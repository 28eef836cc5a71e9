import Synchronization
import WeixinModel

/// A clock that moves when it is told to.
final class SimulatedClock: Sendable {
  private let moment = Mutex(Timestamp(seconds: 1_773_122_400))

  var now: @Sendable () -> Timestamp { { self.moment.withLock(\.self) } }

  func advance(_ seconds: Int) {
    moment.withLock { $0 = $0 + seconds }
  }
}
