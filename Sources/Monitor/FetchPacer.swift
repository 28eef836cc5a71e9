/// Decides how fast calls for days may follow each other. A held arrow key must not fire one call per repeat.
///
/// While the shown day keeps changing, only the shown day is fetched, and at most one call begins per 250 ms; the first
/// begins at once. When it rests, a token bucket lets a screenful through and then a steady trickle.
struct FetchPacer: Hashable, Sendable {
  static let quiet = Duration.milliseconds(250)
  static let burst = 16.0
  static let refillPerSecond = 4.0
  static let atOnce = 2

  private var focusChanged: Duration?
  private var lastStart: Duration?
  private var tokens = burst
  private var refilled: Duration?

  /// What may happen with one more call.
  enum Verdict: Hashable, Sendable {
    case now
    case after(Duration)
    /// Not before a call has ended.
    case whenCallEnds
  }

  mutating func changeFocus(at now: Duration) {
    focusChanged = now
  }

  /// Whether the shown day changed so lately that its neighbours are not worth a call yet.
  func isMoving(at now: Duration) -> Bool {
    focusChanged.map { now - $0 < Self.quiet } ?? false
  }

  /// Whether a call may begin; `isShown` when it is for the shown day, which may overtake two slow prefetches.
  func verdict(at now: Duration, inFlight: Int, isShown: Bool) -> Verdict {
    if isMoving(at: now) {
      guard isShown else { return .after((focusChanged ?? now) + Self.quiet - now) }
      if let lastStart, now - lastStart < Self.quiet { return .after(lastStart + Self.quiet - now) }
    }
    if inFlight >= Self.atOnce + (isShown ? 1 : 0) { return .whenCallEnds }
    let tokens = available(at: now)
    // A hair below one is one: refills add up in floating point.
    if tokens > 0.999 { return .now }
    return .after(.milliseconds(Int(((1 - tokens) / Self.refillPerSecond * 1_000).rounded(.up))))
  }

  /// Notes that a call began.
  mutating func start(at now: Duration) {
    tokens = max(0, available(at: now) - 1)
    refilled = now
    lastStart = now
  }

  private func available(at now: Duration) -> Double {
    guard let refilled else { return Self.burst }
    return min(Self.burst, tokens + max(0, (now - refilled) / .seconds(1)) * Self.refillPerSecond)
  }
}
