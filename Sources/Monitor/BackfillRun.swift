import MessageArchive
import WeixinAPI
import WeixinModel

/// One run of a backfill: what is left, what waits to be tried again, and when the next call may begin.
struct BackfillRun {
  private typealias Answer = (day: BeijingDay, error: (any Error)?)

  private let backfill: Backfill
  private var waiting: ArraySlice<BeijingDay>
  private var again: [BeijingDay] = []
  private var inFlight = 0
  private var nextStart: Duration
  private let began: Duration
  /// Failures in a row that may pass by themselves.
  private var setbacks = 0
  /// Unusable answers in a row.
  private var misses = 0
  private var end: BackfillEnd?
  private(set) var progress: BackfillProgress

  private static let mostSetbacks = 6
  private static let mostMisses = 5

  init(_ backfill: Backfill, days: [BeijingDay]) {
    self.backfill = backfill
    waiting = days[...]
    began = backfill.clock.monotonic()
    nextStart = began
    progress = BackfillProgress(total: days.count)
  }

  /// Goes on until nothing is left, or nothing more can be had.
  mutating func finish(_ onProgress: @Sendable (BackfillProgress) async -> Void) async throws -> BackfillEnd {
    try await withThrowingTaskGroup(of: Answer.self) { group in
      while true {
        try Task.checkCancellation()
        while end == nil, inFlight < backfill.atOnce, let day = next() {
          try await begin(day, in: &group)
        }
        guard inFlight > 0, let answer = try await group.next() else { break }
        inFlight -= 1
        try take(answer)
        progress.elapsed = backfill.clock.monotonic() - began
        await onProgress(progress)
      }
    }
    return end ?? .finished
  }

  private mutating func next() -> BeijingDay? {
    if let day = again.popLast() { return day }
    return waiting.popFirst()
  }

  private mutating func begin(_ day: BeijingDay, in group: inout ThrowingTaskGroup<Answer, any Error>) async throws {
    let allowance = backfill.ledger.budget.allowance(.hourly)
    if allowance == 0 {
      end = .overBudget
      return
    }
    let wait = nextStart - backfill.clock.monotonic()
    if wait > .zero { try await backfill.clock.sleep(wait) }
    nextStart = max(nextStart, backfill.clock.monotonic()) + .seconds(1 / backfill.perSecond)
    inFlight += 1
    progress.calls += 1
    let fetcher = backfill.fetcher
    group.addTask {
      do {
        let fault = FirstFault()
        _ = try await fetcher.fetch(day) { fault.note($0) }
        if let fault = fault.first { throw fault }
        return (day, nil)
      } catch {
        return (day, error)
      }
    }
  }

  private mutating func take(_ answer: Answer) throws {
    switch answer.error {
    case nil:
      progress.fetched += 1
      setbacks = 0
      misses = 0
    case let error as APIError: failed(answer.day, error)
    case let error?: throw error
    }
  }

  private mutating func failed(_ day: BeijingDay, _ error: APIError) {
    switch error.errorClass {
    case .transient, .minuteQuota, .staleToken:
      setbacks += 1
      if setbacks > Self.mostSetbacks {
        miss(day, error)
        end = end ?? .failed(error)
        return
      }
      again.append(day)
      let isMinute = error.errorClass == .minuteQuota
      var pause = isMinute ? 60 : min(60, 1 << (setbacks - 1))
      if case .pause(let seconds) = error.retryRule { pause = max(pause, seconds) }
      let jitter = Double(pause) * backfill.chance() / 2
      nextStart = max(nextStart, backfill.clock.monotonic() + .seconds(Double(pause) + jitter))
    case .notReady: miss(day, error)
    case .reply, .request:
      misses += 1
      miss(day, error)
      // One day may be bad. Several in a row are no longer the days' fault.
      if misses >= Self.mostMisses { end = end ?? .failed(error) }
    case .dayQuota, .credentials, .networkPolicy, .accountState:
      miss(day, error)
      end = end ?? .failed(error)
    }
  }

  private mutating func miss(_ day: BeijingDay, _ error: APIError) {
    progress.missed.append(day)
    progress.firstError = progress.firstError ?? error
  }
}
