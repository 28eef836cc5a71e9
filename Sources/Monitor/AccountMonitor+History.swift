import MessageArchive
import WeixinModel

extension AccountMonitor {
  /// Whether the archive has days that the history lacks: at the start, and when another process has fetched some.
  var needsHistory: Bool {
    guard watch.isOpen, !isReadingHistory else { return false }
    return !watch.history.isWhole || archivedDays != historyDays
  }

  /// Takes the archive's days into the history. It reads beside the actor, so that a key need not wait for it.
  func readHistory() async {
    defer { isReadingHistory = false }
    guard let archive else {
      watch.history.isWhole = true
      publish()
      return
    }
    let (account, since, days) = (archiveKey, historyReadTo, archivedDays)
    let now = clock.now()
    let base = watch.history.isWhole ? watch.history : History()
    let read = await Task.detached(priority: .utility) {
      () -> Result<(history: History, readTo: Timestamp), ArchiveFault> in
      var (history, readTo) = (base, since)
      func take(_ record: DayRecord) {
        history.insert(record)
        // A clock that was ahead must not hide what comes after.
        readTo = max(readTo, min(record.fetchedAt, now))
      }
      do {
        try archive.forEachRecord(account, fetchedSince: since, take)
        // Days that were fetched long ago may have come too: copied from elsewhere, or by a clock that was wrong.
        if history.count < days { try archive.forEachRecord(account, fetchedSince: Timestamp(seconds: 0), take) }
      } catch {
        return .failure(error as? ArchiveFault ?? .other("\(type(of: error))"))
      }
      return .success((history, readTo))
    }.value
    // Nobody looks at the account any more.
    guard watch.isOpen else { return }
    historyDays = days
    // Without the file, what was looked at is all there is to show; that there is more must be said with it.
    var history = watch.history
    switch read {
    case .success(let read): (history, historyReadTo, readFault) = (read.history, read.readTo, nil)
    case .failure(let fault): readFault = fault
    }
    // What came in meanwhile is newer than what was read.
    for record in watch.records.values { history.insert(record) }
    history.isWhole = true
    watch.history = history
    publish()
  }
}
