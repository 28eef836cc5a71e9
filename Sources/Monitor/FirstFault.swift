import Synchronization
import WeixinModel

/// The first fault that somebody noted.
final class FirstFault: Sendable {
  private let fault = Mutex<ArchiveFault?>(nil)

  var first: ArchiveFault? { fault.withLock(\.self) }

  func note(_ new: ArchiveFault) { fault.withLock { $0 = $0 ?? new } }
}
