import Synchronization

/// Which process polls an account. One that shows it as well need not, and doubles no call.
extension MessageArchive {
  /// Becomes the process that watches an account, until ``stopWatching(_:)`` or the end of the process. False while another one
  /// is. Where nothing can be locked (in memory, a folder that may not be written) nobody else is known, so it is true.
  public func startWatching(_ account: String) -> Bool {
    guard let lockPath else { return true }
    return watches.withLock { watches in
      if watches == nil { watches = ArchiveLock.Ranges(beside: lockPath) }
      return watches?.hold("watch " + account) ?? true
    }
  }

  /// Leaves an account to other processes.
  public func stopWatching(_ account: String) {
    watches.withLock { $0?.release("watch " + account) }
  }
}
