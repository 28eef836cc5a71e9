import Synchronization
import WeixinModel

/// Counts the calls that this process made for one account, as they end. It only ever grows, as counters must.
final class CallTally: Sendable {
  /// What is known of the calls of one endpoint.
  struct Calls: Sendable {
    /// Calls by the first bucket that holds them; the last is for those above all bounds.
    var buckets = [Int](repeating: 0, count: CallTally.bounds.count + 1)
    var duration = Duration.zero
    /// By ``WeixinModel/APIError/metricCode``.
    var errors: [String: Int] = [:]

    var count: Int { buckets.reduce(0, +) }
  }

  /// Seconds: from a near server to the deadline of a call, which is 10.
  static let bounds = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

  /// A server that invents codes must not fill the memory of whoever stores them.
  private static let mostCodes = 50

  private let state = Mutex<[WeixinFault.Endpoint: Calls]>([:])

  var calls: [WeixinFault.Endpoint: Calls] { state.withLock(\.self) }

  /// A call has ended.
  func note(_ endpoint: WeixinFault.Endpoint, _ duration: Duration, _ error: APIError?) {
    let bucket = Self.bounds.firstIndex { duration <= .seconds($0) } ?? Self.bounds.count
    state.withLock { state in
      var calls = state[endpoint] ?? Calls()
      calls.buckets[bucket] += 1
      calls.duration += duration
      if var code = error?.metricCode {
        if calls.errors[code] == nil, calls.errors.count >= Self.mostCodes { code = "other" }
        calls.errors[code, default: 0] += 1
      }
      state[endpoint] = calls
    }
  }
}

extension APIError {
  /// The error as the value of a label: Weixin's number, else a word that never changes.
  var metricCode: String {
    switch self {
    case .weixin(let fault): "\(fault.code)"
    case .http(let status, _), .redirected(let status): "http_\(status)"
    case .timedOut: "timeout"
    case .unreachable: "unreachable"
    case .tls: "tls"
    case .noLibrary: "no_library"
    case .tooLarge: "too_large"
    case .empty: "empty"
    case .notJSON: "not_json"
    case .truncated: "truncated"
    case .unexpected: "unexpected"
    case .absurdTotal: "absurd_total"
    case .notAllowed: "not_allowed"
    case .emptyDay: "empty_day"
    case .offline: "offline"
    case .noToken: "no_token"
    case .tokenSource: "token_source"
    case .tokenWithheld: "token_withheld"
    case .misconfigured: "misconfigured"
    case .notInCloud: "not_in_cloud"
    case .overBudget: "over_budget"
    }
  }
}
