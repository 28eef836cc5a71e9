public import MessageArchive
import Synchronization
public import WeixinModel

/// Counts the calls of one account to Weixin, by Beijing day and endpoint, in the archive that all processes share. Where the
/// archive cannot be written it still counts for this process.
public final class CallLedger: Sendable {
  private let account: String
  private let archive: MessageArchive?
  private let now: @Sendable () -> Timestamp
  private let state: Mutex<CallBudget?>

  /// A ledger; nothing is read before it is asked.
  public init(account: String, archive: MessageArchive?, now: @escaping @Sendable () -> Timestamp) {
    self.account = account
    self.archive = archive
    self.now = now
    state = Mutex(nil)
  }

  /// Counts a call. To be awaited before the request is sent, so that no call goes uncounted, however the process ends.
  public func count(_ endpoint: WeixinFault.Endpoint) async {
    let today = now().beijingDay
    _ = budget
    state.withLock { $0?.calls[endpoint, default: 0] += 1 }
    guard let archive, let all = try? await archive.countCall(account, endpoint: endpoint, on: today) else { return }
    state.withLock { state in
      // Other processes count too.
      if state?.day == today { state?.raise(endpoint, to: all) }
    }
  }

  /// Notes what Weixin said of a call's quota.
  public func note(_ quota: CallQuota, of endpoint: WeixinFault.Endpoint) async {
    let contained = (try? archive?.settledCalls(account, endpoint: endpoint, on: budget.day)) ?? 0
    let reading = QuotaReading(quota: quota, at: now(), ownCalls: contained)
    state.withLock { $0?.readings[endpoint] = reading }
    try? await archive?.saveQuota(reading, account, endpoint: endpoint)
  }

  /// Where the day stands for all that was read so far; nil before that. Waits for nothing.
  var known: CallBudget? { state.withLock { $0 } }

  /// Where the day stands.
  public var budget: CallBudget {
    let today = now().beijingDay
    if let budget = state.withLock({ $0?.day == today ? $0 : nil }) { return budget }
    let budget = read(today)
    return state.withLock { state in
      if let state, state.day == today { return state }
      state = budget
      return budget
    }
  }

  /// Takes in what other processes have counted and asked since.
  public func refresh() {
    let known = budget
    let read = read(known.day)
    state.withLock { state in
      guard state?.day == read.day else { return }
      for (endpoint, calls) in read.calls { state?.raise(endpoint, to: calls) }
      let horizon = now() + MessageArchive.tolerance
      state?.readings.merge(read.readings) { $0.at < $1.at || $0.at > horizon ? $1 : $0 }
    }
  }

  private func read(_ day: BeijingDay) -> CallBudget {
    let calls = (try? archive?.calls(account, on: day)) ?? [:]
    let readings = (try? archive?.quotas(account)) ?? [:]
    return CallBudget(day: day, calls: calls, readings: readings)
  }
}

extension CallBudget {
  fileprivate mutating func raise(_ endpoint: WeixinFault.Endpoint, to count: Int) {
    calls[endpoint] = max(count, calls[endpoint, default: 0])
  }
}
