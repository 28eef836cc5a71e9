import Monitor
import Synchronization
import WeixinAPI
import WeixinModel

/// Weixin as a test wants it: answers by script, keeps a list of calls.
final class ScriptedAPI: AccountAPI {
  struct Called: Hashable, Sendable {
    /// Nil for the speed.
    var day: BeijingDay?
    var at: Duration
    var wall: Timestamp
  }

  struct Script: Sendable {
    var latency = Duration.zero
    var speed: @Sendable (Timestamp) throws -> MassSendSpeed = { _ in MassSendSpeed(level: 3, realspeed: 15) }
    var day: @Sendable (BeijingDay, Timestamp) throws -> HourlyReply = { day, _ in reply(day) }
    var quota: @Sendable (WeixinFault.Endpoint) throws -> CallQuota = { _ in
      CallQuota(limit: 100_000, used: 0, remaining: 100_000)
    }
  }

  private struct State {
    var script = Script()
    var calls: [Called] = []
    var quotaCalls: [WeixinFault.Endpoint] = []
    var blocked = 0
    var ledger: CallLedger?
  }

  private let time: FakeTime
  private let state = Mutex(State())

  init(time: FakeTime) { self.time = time }

  var calls: [Called] { state.withLock { $0.calls } }
  var dayCalls: [Called] { calls.filter { $0.day != nil } }
  var speedCalls: [Called] { calls.filter { $0.day == nil } }
  var quotaCalls: [WeixinFault.Endpoint] { state.withLock { $0.quotaCalls } }
  var blocked: Int { state.withLock { $0.blocked } }

  func script(_ change: @Sendable (inout Script) -> Void) { state.withLock { change(&$0.script) } }
  /// Counts every call as a client over HTTP does.
  func count(in ledger: CallLedger) { state.withLock { $0.ledger = ledger } }
  func forget() { state.withLock { $0.calls = [] } }

  func massSendSpeed() async throws -> MassSendSpeed {
    let script = try await begin(nil)
    return try script.speed(time.wall)
  }

  func hourlyMessages(on day: BeijingDay) async throws -> HourlyReply {
    let script = try await begin(day)
    return try script.day(day, time.wall)
  }

  func quota(of endpoint: WeixinFault.Endpoint) async throws -> CallQuota {
    state.withLock { $0.quotaCalls.append(endpoint) }
    return try script.quota(endpoint)
  }

  private var ledger: CallLedger? { state.withLock { $0.ledger } }

  private var script: Script { state.withLock { $0.script } }

  private func begin(_ day: BeijingDay?) async throws -> Script {
    await ledger?.count(day == nil ? .speed : .hourly)
    let called = Called(day: day, at: time.elapsed, wall: time.wall)
    let script = state.withLock { state in
      state.calls.append(called)
      if state.script.latency > .zero { state.blocked += 1 }
      return state.script
    }
    if script.latency > .zero {
      defer { state.withLock { $0.blocked -= 1 } }
      try await time.sleep(script.latency)
    }
    return script
  }
}

/// A day as Weixin would send it: each day other numbers.
func reply(_ day: BeijingDay, plus extra: Int = 0) -> HourlyReply {
  let rows = (0..<24).map {
    HourlyRow(hour: $0, type: .text, users: 1, count: 10 + day.ordinal % 7 + $0 + extra)
  }
  return HourlyReply(messages: HourlyMessages(day: day, rows: rows))
}

func empty(_ day: BeijingDay) -> HourlyReply { HourlyReply(messages: HourlyMessages(day: day, rows: [])) }

func fault(_ code: Int, _ endpoint: WeixinFault.Endpoint = .hourly) -> APIError {
  .weixin(WeixinFault(endpoint: endpoint, code: code, message: "scripted"))
}
