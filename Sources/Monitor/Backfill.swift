import MessageArchive
import WeixinAPI
public import WeixinModel

/// Fetches the days that the archive lacks: paced, within the budget, one backfill of an account at a time over all processes.
///
/// It can be cancelled or killed at any moment. Each day is kept as it comes, so the next run goes on where this one ended.
public struct Backfill: Sendable {
  /// Which days come first.
  public enum Order: Hashable, Sendable {
    /// From the newest back.
    case newestFirst
    /// From a day outward, its past and its future in turns.
    case outward(from: BeijingDay)
  }

  /// At most so many calls at once.
  public static let mostAtOnce = 8

  let fetcher: DayFetcher
  let ledger: CallLedger
  let clock: MonitorClock
  let atOnce: Int
  let perSecond: Double
  let chance: @Sendable () -> Double

  /// A backfill.
  /// - Parameters:
  ///   - fetcher: fetches and keeps a day.
  ///   - ledger: knows what may still be spent.
  ///   - atOnce: calls at a time, 1…8.
  ///   - perSecond: calls that begin in a second, at most.
  ///   - chance: a random number, 0 up to 1, for jitter.
  public init(
    fetcher: DayFetcher, ledger: CallLedger, clock: MonitorClock = .system, atOnce: Int = 4, perSecond: Double = 5,
    chance: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
  ) {
    self.fetcher = fetcher
    self.ledger = ledger
    self.clock = clock
    self.atOnce = min(max(1, atOnce), Self.mostAtOnce)
    self.perSecond = max(0.1, perSecond)
    self.chance = chance
  }

  /// The days of a range that are worth a call now, in the order in which they are asked for.
  public func missing(_ range: ClosedRange<BeijingDay>, _ order: Order) throws(ArchiveFault) -> [BeijingDay] {
    let now = clock.now()
    let first = max(range.lowerBound, .firstKept)
    let last = min(range.upperBound, Publication.newestOpen(at: now))
    guard first <= last else { return [] }
    var isFinal = try fetcher.archive.keptDays(fetcher.account, days: first...last)
    // A provisional day is asked for again once its re-check is due.
    for (day, final) in isFinal where !final {
      isFinal[day] = try fetcher.archive.record(fetcher.account, day: day).map { !DayFetcher.isWanted($0, at: now) }
    }
    let days = stride(from: last.ordinal, through: first.ordinal, by: -1).map(BeijingDay.init(ordinal:))
      .filter { isFinal[$0] != true }
    switch order {
    case .newestFirst: return days
    case .outward(let middle): return days.sorted { (abs($0 - middle), $1) < (abs($1 - middle), $0) }
    }
  }

  /// Fetches what is missing of a range.
  /// - Parameter onProgress: told after each day, and at the beginning.
  /// - Throws: `ArchiveFault` when the archive cannot be read or written, or `CancellationError`.
  public func run(
    _ range: ClosedRange<BeijingDay>, _ order: Order = .newestFirst,
    onProgress: @Sendable (BackfillProgress) async -> Void = { _ in }
  ) async throws -> (end: BackfillEnd, progress: BackfillProgress) {
    let done = try await fetcher.archive.aloneOrNot("backfill \(fetcher.account)") {
      // Under the lock: what another process has fetched until now is not asked for again.
      var run = BackfillRun(self, days: try missing(range, order))
      await onProgress(run.progress)
      let end = try await run.finish(onProgress)
      return (end, run.progress)
    }
    return done ?? (.busy, BackfillProgress(total: 0))
  }
}
