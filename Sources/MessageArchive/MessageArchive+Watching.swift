import Synchronization
import WeixinModel

/// Which process polls an account. One that shows it as well need not, and doubles no call.
extension MessageArchive {
  /// The accounts that this process watches for all, and how often each was begun.
  struct Watches: Sendable {
    var ranges: ArchiveLock.Ranges?
    var begun: [String: Int] = [:]
    /// Whether locks cannot be had, or other users do not see them.
    var isUnlocked = false
  }

  /// Becomes the process that watches an account, until ``stopWatching(_:)`` is called as often as this was true, or until the
  /// end of the process. False while another process watches it. Where nothing can be locked (a folder that may not be written)
  /// nobody else is known, so it is true, and ``fault`` says so.
  public func startWatching(_ account: String) -> Bool {
    guard let lockPath else { return true }
    let wasUnlocked = watches.withLock(\.isUnlocked)
    defer {
      let isUnlocked = watches.withLock(\.isUnlocked)
      if isUnlocked, !wasUnlocked { place.withLock { $0.news.append(.fault(.noLock)) } }
    }
    return watches.withLock { watches in
      watches.dropMoved(lockPath)
      if watches.ranges == nil { watches.ranges = ArchiveLock.Ranges(beside: lockPath) }
      let hold = watches.ranges?.hold("watch " + account) ?? .impossible
      watches.isUnlocked = hold == .impossible || watches.ranges?.isForAll != true
      guard hold != .busy else { return false }
      watches.begun[account, default: 0] += 1
      return true
    }
  }

  /// Whether this process still is the one that watches an account: others may have come to another file of locks, when that of
  /// this one was moved.
  public func isWatching(_ account: String) -> Bool {
    guard let lockPath else { return true }
    return watches.withLock { watches in
      watches.dropMoved(lockPath)
      return watches.begun[account, default: 0] > 0
    }
  }

  /// Leaves an account to other processes.
  public func stopWatching(_ account: String) {
    watches.withLock { watches in
      guard let begun = watches.begun[account] else { return }
      watches.begun[account] = begun > 1 ? begun - 1 : nil
      if begun <= 1 { watches.ranges?.release("watch " + account) }
    }
  }
}

extension MessageArchive.Watches {
  /// Locks in a file that is not where others look for it keep nobody away, and neither does watching without one: as soon as there is a
  /// file for all, accounts are to be taken anew.
  fileprivate mutating func dropMoved(_ path: String) {
    if let ranges, ranges.isInPlace, ranges.isForAll || ArchiveLock.isForAll(beside: path) == false { return }
    if ranges == nil, begun.isEmpty { return }
    let next = ArchiveLock.Ranges(beside: path)
    if ranges == nil, next == nil { return }
    ranges = next
    begun = [:]
  }
}
