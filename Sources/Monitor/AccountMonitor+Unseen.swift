import MessageArchive
import WeixinModel

/// What an account costs that nobody looks at: one day in memory, and one for each that waits for its re-check.
extension AccountMonitor {
  /// Whether a screen shows the account. One that is not shown keeps little in memory, and fetches older days when it has its
  /// turn among all such accounts.
  public func setOpen(_ isOpen: Bool) {
    guard watch.isOpen != isOpen else { return }
    watch.isOpen = isOpen
    watch.history = History()
    watch.records = [:]
    watch.speedSpans = []
    watch.alsoShown = []
    watch.turn = nil
    historyDays = 0
    historyReadTo = Timestamp(seconds: 0)
    hasLoadedAll = false
    if !isOpen {
      watch.shown = nil
      watch.recent = [:]
      watch.log.removeFirst(max(0, watch.log.count - LogEntry.limitUnseen))
    }
    load()
    publish()
    wakeUp.ring()
  }

  /// Begins to call by itself only in so many seconds, unless a screen shows the account.
  public func start(after seconds: Int) {
    watch.startsAt = clock.now() + seconds
  }

  /// Loads the newest day, and those that wait for their re-check.
  func loadUnseen() {
    let now = clock.now()
    loadedFocus = watch.focus(at: now)
    hasLoadedAll = hasRun
    guard let archive else {
      watch.records = unsaved
      newestDay = unsaved.keys.max()
      watch.recent = unsaved.mapValues(\.isFinal)
      isBriefStale = true
      return
    }
    do throws(ArchiveFault) {
      let excerpt = try archive.unseenExcerpt(archiveKey, of: watch, at: now)
      newestDay = excerpt.newestDay ?? newestDay
      watch.recent = excerpt.kept
      watch.records = [:]
      var read: [BeijingDay: DayRecord] = [:]
      for record in excerpt.records {
        let day = record.messages.day
        read[day] = record
        if day == newestDay || !record.isFinal { watch.records[day] = record }
      }
      renewBrief(from: read)
      watch.take(excerpt.latestSpeed, at: now)
      loadFailure()
    } catch {
      note(error)
    }
    for (day, record) in unsaved {
      watch.records[day] = record
      watch.recent[day] = record.isFinal
    }
  }

  /// Brings the newest day in brief up to date, from days that have just been read, or else from the archive.
  func renewBrief(from read: [BeijingDay: DayRecord]? = nil) {
    isBriefStale = false
    guard let newest = newestDay else { return }
    let record = { (day: BeijingDay) -> DayRecord? in
      if let known = self.unsaved[day] ?? self.watch.records[day] { return known }
      guard let read else { return (try? self.archive?.record(self.archiveKey, day: day)) ?? nil }
      return read[day]
    }
    guard let day = record(newest) else { return }
    watch.brief = DayBrief(day, after: (1...Usual.weeks).compactMap { record(newest - 7 * $0) })
  }
}
