import Logging
import MessageArchive
import WeixinModel

extension AccountMonitor {
  /// Loads what the keys can reach from the shown day, and forgets what is far from it.
  func load() {
    guard watch.isOpen else { return loadUnseen() }
    let now = clock.now()
    let focus = watch.focus(at: now)
    loadedFocus = focus
    guard let archive else {
      watch.records = unsaved
      newestDay = unsaved.keys.max()
      archivedDays = 0
      return
    }
    hasLoadedAll = hasRun
    do throws(ArchiveFault) {
      let excerpt = try archive.excerpt(archiveKey, around: watch, isRunning: hasRun, at: now)
      (newestDay, archivedDays) = (excerpt.newestDay ?? newestDay, excerpt.dayCount)
      watch.take(excerpt, at: now)
      watch.records.merge(unsaved) { _, unsaved in unsaved }
      if watch.brief?.day != newestDay { isBriefStale = true }
      loadFailure()
    } catch {
      watch.records.merge(unsaved) { _, unsaved in unsaved }
      note(error)
    }
  }

  /// Counts what the archive has.
  func countArchive() {
    guard let archive else { return }
    newestDay = (try? archive.newestDay(archiveKey)) ?? newestDay
    archivedDays = (try? archive.dayCount(archiveKey)) ?? archivedDays
  }

  /// Saves a day, or keeps it in memory until saving works again.
  func save(_ record: DayRecord) async -> Saved {
    let day = record.messages.day
    var saved = Saved(record, over: unsaved[day] ?? watch.records[day], at: clock.now())
    var isSaved = false
    if let archive {
      isSaved = await using { () async throws(ArchiveFault) in
        saved = try await archive.save(record, account: archiveKey)
      }
    }
    isBriefStale = true
    if isSaved {
      unsaved[day] = nil
      if watch.isOpen { countArchive() }
    } else if saved.outcome != .refusedEmpty {
      unsaved[day] = saved.record
    }
    if unsaved.count > 400, let oldest = unsaved.min(by: { $0.value.fetchedAt < $1.value.fetchedAt }) {
      unsaved[oldest.key] = nil
    }
    newestDay = max(newestDay ?? day, day)
    return saved
  }

  /// Uses the archive to write; first of all for what could not be written earlier.
  /// - Returns: Whether it worked.
  @discardableResult
  func using(_ write: () async throws(ArchiveFault) -> Void) async -> Bool {
    do throws(ArchiveFault) {
      try await write()
      for (day, record) in unsaved {
        guard let archive else { break }
        try await archive.save(record, account: archiveKey)
        if unsaved[day] == record { unsaved[day] = nil }
      }
      usingFault = nil
      return true
    } catch {
      note(error)
      return false
    }
  }

  func note(_ fault: ArchiveFault) {
    if usingFault != fault { logger?.warning("the archive cannot be used: \(LogWords.words(fault))") }
    usingFault = fault
  }
}
