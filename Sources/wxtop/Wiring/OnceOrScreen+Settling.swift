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
    let (statuses, before) = (await fleet.statuses(), state)
    state = await withTaskGroup(of: State?.self) { group in
      group.addTask {
        await fleet.run()
        return nil
      }
      group.addTask {
        try? await Task.sleep(for: .seconds(30))
        return nil
      }
      group.addTask {
        var state = before
        for await all in statuses {
          if let open = all.first(where: { $0.account.name == state.status.account.name }) { state.status = open }
          _ = update(&state, .fleet(all), at: Timestamp.now)
          if state.isOffline ? await fleet.unready == 0 : all.allSatisfy({ $0.isSettled(at: state.now) }) {
            return state
          }
        }
        return state
      }
      let settled = await group.next() ?? nil
      group.cancelAll()
      return settled ?? before
    }
  }

  /// Follows the monitor until nothing more is to be expected of it, at most for the deadline of two calls.
  func settle(_ state: inout State, _ others: [BeijingDay]) async {
    let monitor = monitor
    let statuses = await monitor.statuses()
    let before = state
    state = await withTaskGroup(of: State?.self) { group in
      group.addTask {
        await monitor.run()
        return nil
      }
      group.addTask {
        try? await Task.sleep(for: .seconds(25))
        return nil
      }
      group.addTask {
        var state = before
        for await status in statuses {
          _ = update(&state, .status(status), at: Timestamp.now)
          if state.isSettled(others) { return state }
        }
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
