import Dashboard
import Monitor
import WeixinModel

/// What is waited for before one frame is printed.
extension OnceOrScreen {
  /// Follows all accounts until nothing more is to be expected of them, at most for half a minute.
  func settleFleet(_ state: inout State) async throws(CommandFailure) {
    await fleet.watch(try await source.find(source.configuration))
    await fleet.monitor.watchAll()
    let fleet = fleet.monitor
    let statuses = await fleet.statuses()
    let run: @Sendable () async -> Void = { await fleet.run() }
    await follow(&state, within: .seconds(30), running: run) { state in
      for await all in statuses {
        if let open = all.first(where: { $0.account.name == state.status.account.name }) { state.status = open }
        _ = update(&state, .fleet(all), at: Timestamp.now)
        if state.isOffline ? await fleet.unready == 0 : all.allSatisfy({ $0.isSettled(at: state.now) }) { return }
      }
    }
  }

  /// Follows the monitor until nothing more is to be expected of it, at most for the deadline of two calls.
  func settle(_ state: inout State, _ others: [BeijingDay]) async {
    let monitor = monitor
    let statuses = await monitor.statuses()
    let run: @Sendable () async -> Void = { await monitor.run() }
    await follow(&state, within: .seconds(25), running: run) { state in
      for await status in statuses {
        _ = update(&state, .status(status), at: Timestamp.now)
        if state.isSettled(others) { return }
      }
    }
  }

  /// Lets a body take statuses into the state beside what brings them. After so long the state stays as it was.
  private func follow(
    _ state: inout State, within patience: Duration, running run: @escaping @Sendable () async -> Void,
    _ body: @escaping @Sendable (inout State) async -> Void
  ) async {
    let before = state
    state = await withTaskGroup(of: State?.self) { group in
      group.addTask {
        await run()
        return nil
      }
      group.addTask {
        try? await Task.sleep(for: patience)
        return nil
      }
      group.addTask {
        var state = before
        await body(&state)
        return state
      }
      let settled = await group.next() ?? nil
      group.cancelAll()
      return settled ?? before
    }
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
    speedFailure != nil || speed.map { isFollower || now - $0.to < 60 } ?? false
  }

  /// Whether a line of the list has all that can be expected by now.
  fileprivate func isSettled(at now: Timestamp) -> Bool {
    if speedFailure != nil { return true }
    let open = Publication.newestOpen(at: now)
    return hasBeenPolled(at: now) && (brief?.day == open || self[open].failure != nil)
  }
}
