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
    let open = Publication.newestOpen(at: now)
    guard let archive else {
      watch.records = unsaved
      newestDay = unsaved.keys.max()
      archivedDays = 0
      return
    }
    hasLoadedAll = hasRun
    do throws(ArchiveFault) {
      countArchive()
      let ranges =
        hasRun
        ? DayWindow.reachable(from: focus, newest: newestDay, open: open)
        : DayWindow.shown(from: focus, newest: newestDay)
      let records = try archive.records(archiveKey, in: ranges, known: watch.records)
      let before = watch.records
      watch.records = Dictionary(minimumCapacity: records.count)
      for record in records {
        let day = record.messages.day
        watch.records[day] = record
        if before[day] != record || watch.history.standing(of: day) == nil { watch.history.insert(record) }
      }
      watch.records.merge(unsaved) { _, unsaved in unsaved }
      let latest = try archive.latestSpeed(archiveKey)
      take(latest, at: now)
      watch.speedSpans = try archive.speedSpans(
        archiveKey, from: (focus - (hasRun ? DayWindow.speedDays : 1)).start, to: (focus + (hasRun ? 9 : 2)).start + -1)
      if let speed = watch.speed, !watch.speedSpans.contains(where: { $0.from == speed.from }) {
        watch.speedSpans.append(speed)
        watch.speedSpans.sort { $0.from < $1.from }
      }
      if watch.brief?.day != newestDay { isBriefStale = true }
    } catch {
      watch.records.merge(unsaved) { _, unsaved in unsaved }
      note(error)
    }
  }

  /// The newest span of the archive, which may be another process's.
  func take(_ latest: SpeedSpan?, at now: Timestamp) {
    guard let latest, latest.to > watch.speed?.to ?? Timestamp(seconds: .min) else { return }
    if watch.isFollower, let before = watch.speed?.speed, before != latest.speed {
      watch.note(.speedChanged(from: before, to: latest.speed), at: latest.from)
    }
    watch.speed = latest
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
    var saved = Saved(record, over: unsaved[day] ?? watch.records[day])
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
    if usingFault != fault { logger?.warning("The archive cannot be used: \(fault)") }
    usingFault = fault
  }
}
