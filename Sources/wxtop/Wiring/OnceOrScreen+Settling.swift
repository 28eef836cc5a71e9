import Dashboard
import Monitor
import Synchronization
import WeixinModel

/// What is waited for before one frame is printed.
extension OnceOrScreen {
  /// So long all accounts are waited for.
  static let patience = Duration.seconds(30)
  /// So long one account is waited for: the deadline of two calls.
  static let patienceForOne = Duration.seconds(25)

  /// What is said of an account that did not come in time.
  static func tooLate(_ patience: Duration) -> APIError { .timedOut(seconds: Int(patience.components.seconds)) }

  /// Follows all accounts until nothing more is to be expected of them, at most for half a minute.
  func settleFleet(_ state: inout State) async throws(CommandFailure) {
    await fleet.watch(try await source.find(source.configuration))
    await fleet.monitor.watchAll()
    let fleet = fleet.monitor
    let statuses = await fleet.statuses()
    let run: @Sendable () async -> Void = { await fleet.run() }
    let isOffline = state.isOffline
    await follow(&state, within: Self.patience, running: run) { newest in
      for await all in statuses {
        let now = Timestamp.now
        newest.state.withLock { state in
          if let open = all.first(where: { $0.account.name == state.status.account.name }) { state.status = open }
          _ = update(&state, .fleet(all), at: now)
        }
        if isOffline ? await fleet.unready == 0 : all.allSatisfy({ $0.isSettled(at: now) }) { return }
      }
    }
  }

  /// Follows the monitor until nothing more is to be expected of it, at most for half a minute.
  func settle(_ state: inout State, _ others: [BeijingDay]) async {
    let monitor = monitor
    let statuses = await monitor.statuses()
    let run: @Sendable () async -> Void = { await monitor.run() }
    await follow(&state, within: Self.patienceForOne, running: run) { newest in
      for await status in statuses {
        let isSettled = newest.state.withLock { state in
          _ = update(&state, .status(status), at: Timestamp.now)
          return state.isSettled(others)
        }
        if isSettled { return }
      }
    }
  }

  /// Lets a body take statuses into the state beside what brings them. After so long the state is what has come until then.
  private func follow(
    _ state: inout State, within patience: Duration, running run: @escaping @Sendable () async -> Void,
    _ body: @escaping @Sendable (Newest) async -> Void
  ) async {
    let newest = Newest(state)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await run() }
      group.addTask { try? await Task.sleep(for: patience) }
      group.addTask { await body(newest) }
      await group.next()
      group.cancelAll()
    }
    state = newest.state.withLock(\.self)
  }
}

/// A state that grows with what comes in, and can be had at any moment.
private final class Newest: Sendable {
  let state: Mutex<State>
  init(_ state: State) { self.state = Mutex(state) }
}

extension [AccountStatus] {
  /// The first account that lacks its speed or its newest day, and why; nil when all of them have both.
  func firstMissing(at now: Timestamp, isOffline: Bool) -> (account: Account, error: APIError)? {
    for status in self {
      if let error = status.missing(at: now, isOffline: isOffline) { return (status.account, error) }
    }
    return nil
  }
}

extension State {
  /// Why a frame of one account lacks its day or its speed; nil when it has both, as far as they can be there.
  var missing: APIError? {
    if dayStatus.record == nil {
      if let failure = dayStatus.failure { return failure.error }
      if isOffline { return .offline }
      if Publication.opens(day) <= now { return OnceOrScreen.tooLate(OnceOrScreen.patienceForOne) }
    }
    return status.missingSpeed(at: now, isOffline: isOffline, after: OnceOrScreen.patienceForOne)
  }

  /// Whether day and speed have come, failed, or cannot come.
  fileprivate func isSettled(_ others: [BeijingDay]) -> Bool {
    if !status.history.isWhole { return false }
    if isOffline { return true }
    if others.contains(where: { status[$0].record == nil && status[$0].isFetching }) { return false }
    let hasDay = dayStatus.record != nil || dayStatus.failure != nil
    let mayCome = Publication.opens(day) <= now
    return (hasDay || !mayCome) && status.hasBeenPolled(at: now)
  }
}

extension AccountStatus {
  /// Why the account lacks its speed or its newest day; nil when it has both.
  fileprivate func missing(at now: Timestamp, isOffline: Bool) -> APIError? {
    if let error = missingSpeed(at: now, isOffline: isOffline, after: OnceOrScreen.patience) { return error }
    if isOffline { return nil }
    let open = Publication.newestOpen(at: now)
    if !isSettled(at: now) { return OnceOrScreen.tooLate(OnceOrScreen.patience) }
    return brief?.day == open ? nil : self[open].failure?.error
  }

  /// Why the speed is not there or not of now; nil when it is, and where Weixin has no such call.
  fileprivate func missingSpeed(at now: Timestamp, isOffline: Bool, after patience: Duration) -> APIError? {
    if let speedProblem { return speedProblem.error }
    if isOffline { return nil }
    if isOverBudget { return speed.map { now - $0.to < 60 } ?? false ? nil : .overBudget(.speed) }
    return hasBeenPolled(at: now) ? nil : OnceOrScreen.tooLate(patience)
  }

  /// Whether the speed was seen just now, by this process or by the one that polls the account, or could not be.
  fileprivate func hasBeenPolled(at now: Timestamp) -> Bool {
    speedFailure != nil || isOverBudget || speed.map { isFollower || now - $0.to < 60 } ?? false
  }

  /// Whether the quota forbids a poll today.
  fileprivate var isOverBudget: Bool { speedFailure == nil && isSpeedOverBudget }

  /// Whether a line of the list has all that can be expected by now.
  fileprivate func isSettled(at now: Timestamp) -> Bool {
    if speedFailure != nil { return true }
    let open = Publication.newestOpen(at: now)
    return hasBeenPolled(at: now) && (brief?.day == open || self[open].failure != nil)
  }
}
