import Synchronization
import WeixinAPI
import WeixinModel

/// The calls that doctor makes, and how far each came.
struct CallCourse {
  /// What kept a call from reaching Weixin's API; then nothing more is tried.
  private(set) var network: APIError?
  /// Weixin's refusal of this machine's address.
  private(set) var whitelist: APIError?
  /// Why there is no access token that Weixin takes.
  private(set) var token: APIError?
  /// Whether an answer of Weixin has come.
  private(set) var isReached = false
  /// Whether Weixin has taken a call: only then is this machine's address known to be on the whitelist.
  private(set) var isAccepted = false
  private(set) var speed: Result<MassSendSpeed, APIError>?
  private(set) var hourly: Result<HourlyReply, APIError>?
  private(set) var quotas: [(endpoint: WeixinFault.Endpoint, result: Result<CallQuota, APIError>)] = []
  private(set) var day = Publication.newestOpen(at: Timestamp.now)

  /// Whether more calls make sense.
  private var goesOn: Bool { network == nil && whitelist == nil && token == nil }

  mutating func run(_ server: WeixinServer, _ source: any AccessTokenSource, _ allowance: CallAllowance) async {
    let tokens = BoundedTokens(source: source, allowance: allowance)
    let client = WeixinClient(server: server, tokens: tokens)
    let fetched = await attempt(allowance) { try await tokens.token() }
    if case .failure(let error) = fetched, goesOn { token = error }
    guard goesOn else { return }
    speed = await attempt(allowance) { try await client.massSendSpeed() }
    guard goesOn else { return }
    let day = day
    hourly = await attempt(allowance) { try await client.hourlyMessages(on: day) }
    for endpoint in [WeixinFault.Endpoint.speed, .hourly] where goesOn && allowance.left > 0 {
      quotas.append((endpoint, await attempt(allowance) { try await client.quota(of: endpoint) }))
    }
  }

  private mutating func attempt<Value>(
    _ allowance: CallAllowance, _ body: () async throws -> Value
  ) async -> Result<Value, APIError> {
    let before = allowance.left
    do {
      let value = try await body()
      if allowance.left < before { (isReached, isAccepted) = (true, true) }
      return .success(value)
    } catch {
      let error = error as? APIError ?? .offline
      guard allowance.left < before else {
        // No call was made: the source of the token itself failed, or the way of calling does not have the call.
        switch error {
        case .noToken, .tokenSource: token = error
        default: break
        }
        return .failure(error)
      }
      switch error {
      case .weixin(let fault):
        isReached = true
        switch fault.errorClass {
        case .networkPolicy: whitelist = error
        case .staleToken, .credentials: token = error
        default: isAccepted = isAccepted || !fault.endpoint.isTokenCall
        }
      case .unexpected, .truncated, .emptyDay: isReached = true
      default: if !isReached { network = error }
      }
      return .failure(error)
    }
  }
}

/// How many calls doctor may still make.
final class CallAllowance: Sendable {
  private let calls = Mutex(5)

  var left: Int { calls.withLock(\.self) }

  func spend() { calls.withLock { $0 -= 1 } }
}

/// A source whose refused tokens are replaced only while two calls are left: one for the token, one with it.
private struct BoundedTokens: AccessTokenSource {
  let source: any AccessTokenSource
  let allowance: CallAllowance

  func token() async throws -> AccessToken { try await source.token() }

  func replacement(for refused: AccessToken) async throws -> AccessToken? {
    allowance.left >= 2 ? try await source.replacement(for: refused) : nil
  }
}
