import Synchronization

/// Which process polls an account. One that shows it as well need not, and doubles no call.
extension MessageArchive {
  /// The accounts that this process watches for all, and how often each was begun.
  struct Watches: Sendable {
    var ranges: ArchiveLock.Ranges?
    var begun: [String: Int] = [:]
  }

  /// Becomes the process that watches an account, until ``stopWatching(_:)`` is called as often as this was true, or until the
  /// end of the process. False while another process watches it. Where nothing can be locked (in memory, a folder that may not
  /// be written) nobody else is known, so it is true.
  public func startWatching(_ account: String) -> Bool {
    guard let lockPath else { return true }
    return watches.withLock { watches in
      if watches.ranges == nil { watches.ranges = ArchiveLock.Ranges(beside: lockPath) }
      guard watches.ranges?.hold("watch " + account) ?? true else { return false }
      watches.begun[account, default: 0] += 1
      return true
    }
  }

  /// Leaves an account to other processes.
  public func stopWatching(_ account: String) {
    watches.withLock { watches in
      watches.begun[account, default: 0] -= 1
      guard watches.begun[account, default: 0] <= 0 else { return }
      watches.begun[account] = nil
      watches.ranges?.release("watch " + account)
    }
  }
}
