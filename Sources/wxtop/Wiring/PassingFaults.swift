import WeixinModel

/// Tries again what is known to pass, within a report that runs from cron and scripts.
struct PassingFaults: Sendable {
  /// Seconds before each further try.
  var pauses = [1, 2, 4]
  /// How long after its beginning a call is still tried again.
  var patience = Duration.seconds(15)
  var now: @Sendable () -> ContinuousClock.Instant = { .now }
  var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

  /// Fails at once.
  static let none = PassingFaults(pauses: [])

  /// Whether an error is one that no call is made again for.
  func isSilent(on error: APIError) -> Bool { pauses.isEmpty || !error.passesSoon }

  /// Does a call, and once more after each pause while it fails by what passes.
  func trying<Value: Sendable>(_ call: @Sendable () async throws -> Value) async throws -> Value {
    let begun = now()
    for pause in pauses {
      do {
        return try await call()
      } catch let error as APIError where error.passesSoon {
        guard now() - begun + .seconds(pause) < patience else { throw error }
        try await sleep(.seconds(pause))
      }
    }
    return try await call()
  }
}

extension APIError {
  /// Whether the next try, seconds later, may well be answered.
  var passesSoon: Bool {
    switch self {
    case .offline, .tokenSource: false
    // Whoever names a time is not asked before it.
    case .http(_, retryAfter: .some): false
    case .truncated: true
    case .weixin(let fault): fault.code == -1 || fault.code == 61_450
    default: errorClass == .transient
    }
  }
}
