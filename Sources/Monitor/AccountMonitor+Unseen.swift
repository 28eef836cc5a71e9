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
    let open = Publication.newestOpen(at: now)
    loadedFocus = watch.focus(at: now)
    hasLoadedAll = hasRun
    isBriefStale = true
    guard let archive else {
      watch.records = unsaved
      newestDay = unsaved.keys.max()
      watch.recent = unsaved.mapValues(\.isFinal)
      return
    }
    do throws(ArchiveFault) {
      newestDay = try archive.newestDay(archiveKey) ?? newestDay
      watch.recent = try archive.keptDays(archiveKey, days: (open - 7 * Usual.weeks)...(open + 1))
      let provisional = watch.recent.filter { !$0.value }.keys.sorted()
      let days = newestDay.map { newest in provisional.contains(newest) ? provisional : provisional + [newest] }
      watch.records = [:]
      for day in days ?? provisional { watch.records[day] = try archive.record(archiveKey, day: day) }
      watch.take(try archive.latestSpeed(archiveKey), at: now)
      loadFailure()
    } catch {
      note(error)
    }
    for (day, record) in unsaved {
      watch.records[day] = record
      watch.recent[day] = record.isFinal
    }
  }

  /// Brings the newest day in brief up to date.
  func renewBrief() {
    isBriefStale = false
    guard let newest = newestDay else { return }
    let days = (1...Usual.weeks).map { newest - 7 * $0 }
    let record = { (day: BeijingDay) in
      self.unsaved[day] ?? self.watch.records[day] ?? (try? self.archive?.record(self.archiveKey, day: day)) ?? nil
    }
    guard let newest = record(newest) else { return }
    watch.brief = DayBrief(newest, after: days.compactMap(record))
  }
}
