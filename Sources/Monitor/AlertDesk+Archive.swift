import Logging
import MessageArchive
import WeixinModel

extension AlertDesk {
  /// Reads what the archive knows, once, before anything is raised.
  func restore() {
    guard !hasRestored else { return }
    hasRestored = true
    takeOver()
  }

  /// Takes over what the archive knows of the accounts. What could not be kept there yet stays as it is.
  func takeOver() {
    guard let archive else { return }
    do throws(ArchiveFault) {
      let now = clock.now()
      // Processes on one archive write all the time, and hardly ever an alert.
      let mark = Mark(alerts: try archive.alertsMark(from: now + -4 * 86_400), accounts: Set(watches.keys))
      if mark == takenOver, unsaved.isEmpty { return }
      takenOver = mark
      let recent = try archive.alerts(from: now + -4 * 86_400, before: now + 86_400)
      let open = try archive.openAlerts()
      let own = unsaved.values.map(\.alert)
      let kept = { (alerts: [Alert]) in
        Dictionary(grouping: alerts.filter { self.unsaved[$0.id] == nil } + own, by: \.account.name)
      }
      let (openOf, recentOf) = (kept(open), kept(recent))
      for name in watches.keys {
        watches[name]?.adopt(
          open: (openOf[name] ?? []).filter(\.isOpen), recent: recentOf[name] ?? [])
      }
      let newest = try archive.newestAlerts(Self.closedLimit + open.count).filter { unsaved[$0.id] == nil } + own
      closed = newest.filter { !$0.isOpen && watches[$0.account.name] != nil }
    } catch {
      logger?.warning("alerts cannot be read: \(LogWords.words(error))")
    }
    trim()
  }

  /// Keeps alerts, and what could not be kept before.
  /// - Returns: New ones that another process has raised before.
  @discardableResult
  func save(raised: [Alert] = [], updated: [Alert] = []) async -> Set<Alert.ID> {
    guard let archive else { return [] }
    for alert in raised { unsaved[alert.id] = (alert, true) }
    for alert in updated { unsaved[alert.id] = (alert, unsaved[alert.id]?.isNew ?? false) }
    let sent = unsaved
    do throws(ArchiveFault) {
      // What is over first: its place may be taken by a new one.
      let old = sent.values.filter { !$0.isNew }.map(\.alert)
      if !old.isEmpty { try await archive.updateAlerts(old) }
      let new = sent.values.filter(\.isNew).map(\.alert)
      let refused = new.isEmpty ? [] : try await archive.raiseAlerts(new)
      for (id, entry) in sent {
        // What changed meanwhile is for the next time.
        if unsaved[id]?.alert == entry.alert { unsaved[id] = nil } else { unsaved[id]?.isNew = false }
      }
      return refused
    } catch {
      logger?.warning("alerts cannot be kept: \(LogWords.words(error))")
      if unsaved.count > 1_000, let oldest = unsaved.min(by: { $0.value.alert.raisedAt < $1.value.alert.raisedAt }) {
        unsaved[oldest.key] = nil
      }
      return []
    }
  }

  /// What was taken over last: of which accounts, and how the archive stood then.
  struct Mark: Equatable, Sendable {
    var alerts: [Int]
    var accounts: Set<String>
  }

  func publish() {
    let open = watches.values.flatMap(\.open).sorted { ($1.raisedAt, $1.id) < ($0.raisedAt, $0.id) }
    channel.publish(open + closed)
  }

  func trim() {
    closed.sort { ($1.raisedAt, $1.id) < ($0.raisedAt, $0.id) }
    if closed.count > Self.closedLimit { closed.removeLast(closed.count - Self.closedLimit) }
  }
}
