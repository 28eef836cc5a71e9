import MessageArchive
import WeixinModel

/// Several processes on one archive: one polls an account, the others show what it keeps.
extension AccountMonitor {
  /// Becomes the one that polls the account, unless another process is.
  func watchOrFollow() {
    guard let archive, !isWatching, !watch.settings.isOffline, !watch.isPaused else { return }
    isWatching = archive.startWatching(archiveKey)
    watch.isFollower = !isWatching
    if isWatching, watch.failure == nil {
      watch.adopt(failureBefore: (try? archive.failure(archiveKey)) ?? nil, at: clock.now())
    }
    if watch.isFollower { followsSince = max(followsSince, watch.speed?.to ?? clock.now()) }
  }

  /// Leaves the account to other processes.
  func stopWatching() {
    guard isWatching else { return }
    isWatching = false
    archive?.stopWatching(archiveKey)
  }

  /// An archive that was moved takes its locks along, and another process may hold the new ones.
  func keepPlace() {
    guard isWatching, let archive, !archive.isWatching(archiveKey) else { return }
    isWatching = false
    watchOrFollow()
    isBriefStale = true
  }

  /// Looks at what the other process has kept when a poll would be due; takes its place when it is gone. One that holds the
  /// lock and has not polled for long, as when it is stopped or hangs, is helped out with a poll.
  func follow() {
    let now = clock.now()
    guard hasOthers, !isWatching, !watch.isPollDemanded, let due = watch.pollDue(at: now), due <= now else { return }
    watchOrFollow()
    load()
    guard !isWatching else { return }
    ledger.refresh()
    // What the other one keeps is not seen from memory, so nothing tells that it hangs.
    let isBlind = archive?.isInMemory ?? true
    watch.isFollower = isBlind || now - (watch.speed?.to ?? followsSince) <= watch.patience
    if watch.isFollower { watch.followed(at: now) }
  }

  /// Whether there may be other processes at all, which a lock needs a file for.
  private var hasOthers: Bool { archive?.isShared ?? false }

  /// Lets the others know how the last poll went.
  func keepFailure() async {
    let failure = watch.failure
    guard let archive, !watch.isFollower, keptFailure != .some(failure) else { return }
    keptFailure = .some(failure)
    // What cannot be kept has been noted with what matters more.
    try? await archive.saveFailure(failure, archiveKey)
  }

  /// Takes in how the last poll of the other process went.
  func loadFailure() {
    watch.othersFailure = watch.isFollower ? (try? archive?.failure(archiveKey)) ?? nil : nil
  }
}
