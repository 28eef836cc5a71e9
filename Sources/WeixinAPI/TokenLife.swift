import Glibc
import Synchronization
public import WeixinModel

/// Until when the token at hand is used: for whoever shows it, beside the source that takes one after another.
public final class TokenLife: Sendable {
  private let end = Mutex<Timestamp?>(nil)

  /// No token is known yet.
  public init() {}

  /// Until when the newest token is used; nil before the first.
  public var usedUntil: Timestamp? { end.withLock(\.self) }

  func note(secondsLeft: Int) {
    let moment = Timestamp(seconds: time(nil)) + secondsLeft
    end.withLock { $0 = moment }
  }
}
