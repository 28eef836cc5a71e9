import WeixinModel

extension AccountMonitor {
  /// Begins to fetch all that the archive lacks, from the shown day outward; or stops, which loses nothing.
  public func setBackfilling(_ isWanted: Bool) {
    guard isWanted else {
      backfilling?.cancel()
      return
    }
    guard backfilling == nil, let archive, !watch.settings.isOffline else { return }
    let fetcher = DayFetcher(api: api, archive: archive, account: archiveKey, now: clock.now)
    let run = Backfill(fetcher: fetcher, ledger: ledger, clock: clock, atOnce: 2, perSecond: 4, chance: watch.chance)
    let focus = watch.focus(at: clock.now())
    backfill = BackfillStatus(progress: BackfillProgress(total: 0))
    publish()
    // Kept here, so that a key or the end of the monitor can end it.
    backfilling = Task { await self.backfill(run, around: focus) }
  }

  private func backfill(_ run: Backfill, around focus: BeijingDay) async {
    let range = BeijingDay.firstKept...max(.firstKept, Publication.newestOpen(at: clock.now()))
    var end: BackfillEnd?
    do {
      end = try await run.run(range, .outward(from: focus)) { await self.show($0) }.end
    } catch let fault as ArchiveFault {
      end = .archive(fault)
    } catch {
      // Cancelled: the user knows.
    }
    backfilling = nil
    backfill = end.map {
      BackfillStatus(
        progress: backfill?.progress ?? BackfillProgress(total: 0), end: $0, endedAt: clock.now())
    }
    load()
    publish()
    wakeUp.ring()
  }

  private func show(_ progress: BackfillProgress) {
    backfill?.progress = progress
    // The days near the shown one come first; then a look every now and then is enough.
    if progress.fetched < 60 || progress.fetched % 50 == 0 { load() } else { countArchive() }
    publish()
    wakeUp.ring()
  }
}
