import MessageArchive
import WeixinModel

extension AccountWatch {
  /// Takes in what the archive has around the shown day, and forgets what is far from it.
  mutating func take(_ excerpt: MessageArchive.Excerpt, at now: Timestamp) {
    let before = records
    var records = [BeijingDay: DayRecord](minimumCapacity: excerpt.records.count)
    for record in excerpt.records {
      let day = record.messages.day
      records[day] = record
      if before[day] != record || history.standing(of: day) == nil { history.insert(record) }
    }
    self.records = records
    take(excerpt.latestSpeed, at: now)
    speedSpans = excerpt.speedSpans
    if let speed, !speedSpans.contains(where: { $0.from == speed.from }) {
      speedSpans.append(speed)
      speedSpans.sort { $0.from < $1.from }
    }
  }

  /// Takes in the newest span of the archive, which may be another process's.
  mutating func take(_ latest: SpeedSpan?, at now: Timestamp) {
    let known = speed.flatMap { $0.to <= now + MessageArchive.tolerance ? $0.to : nil }
    guard let latest, latest.to > known ?? Timestamp(seconds: .min) else { return }
    if isFollower, let before = speed?.speed, before != latest.speed {
      note(.speedChanged(from: before, to: latest.speed), at: latest.from)
    }
    speed = latest
  }
}

extension MessageArchive {
  /// What the keys can reach from the shown day, or only what the screen shows with it while nothing runs yet.
  func excerpt(
    _ account: String, around watch: AccountWatch, isRunning: Bool, at now: Timestamp
  ) throws(ArchiveFault) -> Excerpt {
    let focus = watch.focus(at: now)
    let from = (focus - (isRunning ? DayWindow.speedDays : 1)).start
    let to = (focus + (isRunning ? 9 : 2)).start + -1
    return try excerpt(
      account,
      Wanted(speeds: from...to, known: watch.records) { excerpt in
        isRunning
          ? DayWindow.reachable(from: focus, newest: excerpt.newestDay, open: Publication.newestOpen(at: now))
          : DayWindow.shown(from: focus, newest: excerpt.newestDay)
      })
  }

  /// Of an account that nobody looks at: its newest day and what is usual for that, and the days that wait for their re-check.
  func unseenExcerpt(_ account: String, of watch: AccountWatch, at now: Timestamp) throws(ArchiveFault) -> Excerpt {
    let open = Publication.newestOpen(at: now)
    return try excerpt(
      account,
      Wanted(kept: (open - 7 * Usual.weeks)...(open + 1), known: watch.records) { excerpt in
        let newest = excerpt.newestDay.map { newest in (0...Usual.weeks).map { newest - 7 * $0 } } ?? []
        let provisional = excerpt.kept.filter { !$0.value && !newest.contains($0.key) }.keys
        return (newest + provisional).sorted().map { $0...$0 }
      })
  }
}
