import Dashboard
import Monitor
import Synchronization
import WeixinModel

/// What is waited for before one frame is printed.
extension OnceOrScreen {
  /// So long all accounts are waited for.
  static let patience = Duration.seconds(30)

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

  /// Follows the monitor until nothing more is to be expected of it, at most for the deadline of two calls.
  func settle(_ state: inout State, _ others: [BeijingDay]) async {
    let monitor = monitor
    let statuses = await monitor.statuses()
    let run: @Sendable () async -> Void = { await monitor.run() }
    await follow(&state, within: .seconds(25), running: run) { newest in
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
  /// The first reason for which an account lacks its speed or its newest day; nil when all of them have both.
  func firstMissing(at now: Timestamp, isOffline: Bool) -> APIError? {
    let open = Publication.newestOpen(at: now)
    for status in self {
      if let failure = status.speedFailure { return failure.error }
      if isOffline { continue }
      if status.isOverBudget, !(status.speed.map { now - $0.to < 60 } ?? false) { return .overBudget(.speed) }
      if !status.isSettled(at: now) { return .timedOut(seconds: Int(OnceOrScreen.patience.components.seconds)) }
      if status.brief?.day != open, let failure = status[open].failure { return failure.error }
    }
    return nil
  }
}

extension State {
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
