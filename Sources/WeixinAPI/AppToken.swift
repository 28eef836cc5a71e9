import Glibc
import WeixinModel

/// Access tokens that are fetched with an app ID and its secret, and shared with the other processes on this machine.
///
/// By default from `POST /cgi-bin/stable_token`, never with `force_refresh`: it shares the token with every other program
/// of the account that uses this call, and disturbs none. One call at a time serves all callers of all processes.
public actor AppToken: AccessTokenSource {
  /// The two calls that hand out tokens. Weixin keeps their tokens apart.
  public enum Call: String, Hashable, Sendable {
    /// stable_token.
    case stable
    /// The classic `cgi-bin/token`, of which every call ends the life of the token before.
    case classic
  }

  private let appID: String
  private let secret: Secret
  private let server: WeixinServer
  private let call: Call
  private let store: (any SharedTokens)?
  private let clock: BootClock
  private let life: TokenLife
  private let flight = SingleFlight<AccessToken>()
  private var cached: SharedToken?
  private var issues = 0
  /// Seconds since boot at which this process last called.
  private var calledAt: Int?

  /// A source for one account; nothing is fetched before the first token is asked for. Processes share tokens in the
  /// store; without one they stay in this process. The clock measures their age, and `life` is told of it.
  public init(
    appID: String, secret: Secret, server: WeixinServer, call: Call = .stable, store: (any SharedTokens)? = nil,
    clock: BootClock = .system, life: TokenLife = TokenLife()
  ) {
    self.appID = appID
    self.secret = secret
    self.server = server
    self.call = call
    self.store = store
    self.clock = clock
    self.life = life
  }

  /// The token at hand, or another one when its life is nearly over.
  public func token() async throws -> AccessToken {
    if let token = fresh(cached) { return issued(token) }
    return try await flight.value { try await self.renew(instead: nil) }
  }

  /// A newer token than the refused one. Fetches only when the refused one is still the newest.
  public func replacement(for refused: AccessToken) async throws -> AccessToken? {
    if refused.issue < issues, let token = fresh(cached) { return issued(token) }
    do {
      return try await flight.value { try await self.renew(instead: refused) }
    } catch APIError.tokenWithheld(.some) {
      // What Weixin said of the token at hand says more.
      return nil
    }
  }

  /// How long before its end a token is no longer used, both in seconds. Below the 300 s that Weixin leaves at least,
  /// and never the whole life, so that a short-lived token does not mean a fetch for every call.
  static func margin(ofLife seconds: Int) -> Int { min(120, seconds / 4) }

  /// A token is used for so many seconds at least, whatever Weixin says of its life, which never is shorter: else each call might
  /// take one more for its token.
  static func leastUse(_ call: Call) -> Int { call == .classic ? classicPause : 225 }

  /// Seconds between two classic calls of all processes that share tokens.
  static let classicPause = 300

  private func fresh(_ token: SharedToken?) -> SharedToken? {
    guard let token, BootClock.isSame(token.boot, clock.boot), clock.now() < token.freshUntil else { return nil }
    return token
  }

  private func issued(_ token: SharedToken) -> AccessToken { AccessToken(token.value, issue: issues) }

  private func take(_ token: SharedToken) -> AccessToken {
    issues += 1
    cached = token
    life.note(secondsLeft: token.freshUntil - clock.now())
    return issued(token)
  }

  private func renew(instead refused: AccessToken?) async throws -> AccessToken {
    guard let store else {
      if call == .classic, let wait = wait(since: nil) { throw APIError.tokenWithheld(secondsLeft: wait) }
      return take(try await fetch())
    }
    // Under the lock: what another process has fetched meanwhile serves as well.
    return try await store.alone { isAlone in
      if let shared = await self.adoptable(try? await store.load(), instead: refused) { return shared }
      if self.call == .classic { try await self.claimClassicCall(store, isAlone) }
      let token = try await self.fetch()
      try? await store.save(token)
      return await self.take(token)
    }
  }

  /// Each classic call takes the token away from whoever holds it, and two that take it from each other would go on for ever. So one
  /// is made only by who is surely alone, and is noted where all see it first.
  private func claimClassicCall(_ store: any SharedTokens, _ isAlone: Bool) async throws {
    guard isAlone, let last = try? await .some(store.lastCall()) else {
      throw APIError.tokenWithheld(secondsLeft: nil)
    }
    if let wait = wait(since: last) { throw APIError.tokenWithheld(secondsLeft: wait) }
    do {
      try await store.noteCall(bootSeconds: clock.now(), boot: clock.boot)
    } catch {
      throw APIError.tokenWithheld(secondsLeft: nil)
    }
  }

  /// Seconds until the next classic call may be made; nil when it may be made now.
  private func wait(since shared: SharedTokenCall?) -> Int? {
    var ages = calledAt.map { [clock.now() - $0] } ?? []
    if let shared {
      let isOfThisBoot = BootClock.isSame(shared.boot, clock.boot)
      ages.append(isOfThisBoot ? clock.now() - shared.bootSeconds : time(nil) - shared.wall)
    }
    // What lies in the future was noted by another clock.
    return ages.filter { (0..<Self.classicPause).contains($0) }.min().map { Self.classicPause - $0 }
  }

  private func adoptable(_ shared: SharedToken?, instead refused: AccessToken?) -> AccessToken? {
    guard let shared = fresh(shared), shared.value != refused?.value else { return nil }
    return take(shared)
  }

  private func fetch() async throws -> SharedToken {
    // Asked before the call: the life counts from Weixin's answer, which is later, so this errs on the safe side.
    let asked = clock.now()
    calledAt = asked
    let reply: TokenBody
    switch call {
    case .stable:
      let body = TokenRequest(appID: appID, secret: secret.revealed)
      reply = try await server.post(.token, body: body, hiding: secret, as: TokenBody.self)
    case .classic:
      let query = [
        (name: "grant_type", value: Secret("client_credential")), (name: "appid", value: Secret(appID)),
        (name: "secret", value: secret),
      ]
      reply = try await server.get(.classicToken, query, as: TokenBody.self)
    }
    let life = max(reply.expiresIn - Self.margin(ofLife: reply.expiresIn), Self.leastUse(call))
    return SharedToken(value: reply.token, freshUntil: asked + life, boot: clock.boot)
  }
}

/// The body of stable_token. `force_refresh` has no setting: true would log out every other user of the token.
private struct TokenRequest: Encodable {
  var grantType = "client_credential"
  var appID: String
  var secret: String
  var forceRefresh = false

  enum CodingKeys: String, CodingKey {
    case grantType = "grant_type"
    case appID = "appid"
    case secret
    case forceRefresh = "force_refresh"
  }
}
