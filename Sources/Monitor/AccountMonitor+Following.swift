import MessageArchive
import WeixinModel

/// Several processes on one archive: one polls an account, the others show what it keeps.
extension AccountMonitor {
  /// Becomes the one that polls the account, unless another process is.
  func watchOrFollow() {
    guard let archive, !isWatching, !watch.settings.isOffline, !watch.isPaused else { return }
    isWatching = archive.startWatching(archiveKey)
    watch.isFollower = !isWatching
  }

  /// Leaves the account to other processes.
  func stopWatching() {
    guard isWatching else { return }
    isWatching = false
    archive?.stopWatching(archiveKey)
  }

  /// Looks at what the other process has kept when a poll would be due; takes its place when it is gone.
  func follow() {
    let now = clock.now()
    guard watch.isFollower, !watch.isPollDemanded, let due = watch.pollDue(at: now), due <= now else { return }
    watchOrFollow()
    load()
    if watch.isFollower { watch.followed(at: now) }
  }

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
