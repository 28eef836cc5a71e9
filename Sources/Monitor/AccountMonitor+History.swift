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
    let base = watch.history.isWhole ? watch.history : History()
    let read = await Task.detached(priority: .utility) { () -> (history: History, readTo: Timestamp)? in
      var (history, readTo) = (base, since)
      func take(_ record: DayRecord) {
        history.insert(record)
        readTo = max(readTo, record.fetchedAt)
      }
      do {
        try archive.forEachRecord(account, fetchedSince: since, take)
        // Days that were fetched long ago may have come too: copied from elsewhere, or by a clock that was wrong.
        if history.count < days { try archive.forEachRecord(account, fetchedSince: Timestamp(seconds: 0), take) }
      } catch {
        return nil
      }
      return (history, readTo)
    }.value
    // Nobody looks at the account any more.
    guard watch.isOpen else { return }
    historyDays = days
    // A file that cannot be read is said where days are loaded from it; without it, what was looked at is all there is.
    var history = read?.history ?? watch.history
    if let read { historyReadTo = read.readTo }
    // What came in meanwhile is newer than what was read.
    for record in watch.records.values { history.insert(record) }
    history.isWhole = true
    watch.history = history
    publish()
  }
}
