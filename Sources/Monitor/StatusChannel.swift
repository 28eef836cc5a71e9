import Synchronization
import WeixinModel

/// Hands the newest status of an account to every listener, and to one observer in the publisher's own turn.
final class StatusChannel: Sendable {
  typealias Observer = @Sendable (AccountStatus) -> Void

  private let broadcast = Broadcast<AccountStatus>()
  private let observer = Mutex<Observer?>(nil)

  /// The last status that was published.
  var last: AccountStatus? { broadcast.last }

  /// Publishes a status if it differs from the last one.
  func publish(_ status: AccountStatus) {
    guard broadcast.send(status, unless: { $0 == status }) else { return }
    observer.withLock(\.self)?(status)
  }

  /// Calls a body with every status from now on; one body at most.
  func observe(_ body: @escaping Observer) { observer.withLock { $0 = body } }

  /// A stream that begins with the last status, if there is one.
  func listen() -> AsyncStream<AccountStatus> { broadcast.listen() }
}
