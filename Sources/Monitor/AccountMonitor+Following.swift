import MessageArchive
import WeixinModel

/// Several processes on one archive: one polls an account, the others show what it keeps.
extension AccountMonitor {
  /// Becomes the one that polls the account, unless another process is.
  func watchOrFollow() {
    guard let archive, !watch.settings.isOffline, !watch.isPaused else { return }
    watch.isFollower = !archive.startWatching(archiveKey)
  }

  /// Looks at what the other process has kept when a poll would be due; takes its place when it is gone.
  func follow() {
    let now = clock.now()
    guard watch.isFollower, !watch.isPollDemanded, let due = watch.pollDue(at: now), due <= now else { return }
    watchOrFollow()
    load()
    if watch.isFollower { watch.followed(at: now) }
  }
}
