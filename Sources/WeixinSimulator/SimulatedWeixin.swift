import FoundationEssentials
import WeixinModel

/// What Weixin would answer. Knows no HTTP but method, path, query and body.
actor SimulatedWeixin {
  /// What the HTTP side is to send.
  struct Answer {
    /// JSON with HTTP 200, or something that only the HTTP side can do.
    enum Content {
      case json(String)
      case broken(Fault.Kind)
    }

    var content: Content
    /// Seconds by which the `Date` header is off.
    var skew = 0
  }

  private let options: Simulator.Options
  private var tokens: [SimulatedTokens]
  /// Those of the classic call, which Weixin keeps apart.
  private var classicTokens: [SimulatedTokens]
  /// Calls of the day, by account and call.
  private var spent: [Spending: Int] = [:]
  private let indexes: [String: Int]
  private var spentOn: BeijingDay?
  private var faults: ActiveFaults
  private var speed: MassSendSpeed?
  private var rids = SplitMix(seed: 0x51D)
  private(set) var calls: [Simulator.Endpoint: Int] = [:]
  private(set) var forcedRefreshes = 0

  nonisolated let delay: Duration

  private struct Spending: Hashable {
    var appID: String
    var endpoint: Simulator.Endpoint
  }

  init(_ options: Simulator.Options) {
    self.options = options
    indexes = Dictionary(options.accounts.enumerated().map { ($1.appID, $0) }, uniquingKeysWith: { one, _ in one })
    tokens = options.accounts.map { SimulatedTokens(account: $0) }
    classicTokens = options.accounts.map { SimulatedTokens(account: $0, prefix: "88") }
    faults = ActiveFaults(options.faults)
    delay = .milliseconds(options.delay)
  }

  func set(faults: [Fault]) { self.faults = ActiveFaults(faults) }
  func set(speed: MassSendSpeed) { self.speed = speed }
  func revokeTokens() {
    for index in tokens.indices {
      tokens[index].revoke()
      classicTokens[index].revoke()
    }
  }

  /// Counts a call when it arrives, before any delay.
  func arrived(path: String) {
    if let endpoint = Self.endpoints[path] { calls[endpoint, default: 0] += 1 }
  }

  /// What is answered, faults included.
  func answer(isPost: Bool, path: String, query: [String: String], body: [UInt8]) -> Answer {
    guard let endpoint = Self.endpoints[path] else { return Answer(content: .json(refusal(40_066))) }
    let met = faults.next(on: endpoint)
    let text: String
    switch met.kind {
    case .errcode(let code): text = refusal(code)
    case .notReady: text = refusal(61_503)
    case .unpublished: text = #"{"list":[]}"#
    case .control: text = refusal(99_999, Refusal.hostileText)
    case .echo: text = refusal(99_999, "bad call " + Self.echo(path, query, body).escapedForJSON)
    case .echoPage:
      // In front, where a client that shows the beginning of a page would show it.
      return Answer(content: .json("<html>" + Self.echo(path, query, body)), skew: met.skew)
    case .none, .strings, .skew, .late, .revised, .unknownType, .duplicates, .foreignDates, .badHours, .otherDay,
      .negative,
      .enormous,
      .overflow:
      do throws(Refusal) {
        text = try reply(endpoint, isPost: isPost, query, body, met.kind)
      } catch {
        text = refusal(error.code)
      }
    case .http, .html, .redirect, .truncated, .empty, .garbage, .slow, .huge, .silent, .reset:
      return Answer(content: .broken(met.kind), skew: met.skew)
    }
    return Answer(content: .json(met.isInStrings ? text.numbersAsStrings : text), skew: met.skew)
  }

  /// Checks in Weixin's order: method, token, body, content.
  private func reply(
    _ endpoint: Simulator.Endpoint, isPost: Bool, _ query: [String: String], _ body: [UInt8], _ kind: Fault.Kind
  ) throws(Refusal) -> String {
    if endpoint == .classicToken {
      guard !isPost else { throw Refusal(43_001) }
      return try classicTokenReply(query, kind)
    }
    guard isPost else { throw Refusal(43_002) }
    if endpoint == .token { return try tokenReply(body, kind) }
    let account = try account(ofToken: query["access_token"])
    let request = try parsed(body)
    switch endpoint {
    case .quota: return try quotaReply(account, request, kind)
    case .speed:
      try spend(.speed, account)
      return speedReply(account, kind)
    default:
      try spend(.hourly, account)
      return try hourlyReply(account, request, kind)
    }
  }

  private func account(ofToken token: String?) throws(Refusal) -> Simulator.Account {
    guard let token, !token.isEmpty else { throw Refusal(41_001) }
    if options.readyTokens.contains(token), let first = options.accounts.first { return first }
    // A token begins with whose it is.
    guard let index = indexes[String(token.dropFirst(3).prefix { $0 != "+" })] else { throw Refusal(40_001) }
    for tokens in [tokens[index], classicTokens[index]] {
      switch tokens.standing(of: token, at: options.now()) {
      case .good: return options.accounts[index]
      case .expired: throw Refusal(42_001)
      case .unknown: continue
      }
    }
    throw Refusal(40_001)
  }

  private func parsed(_ body: [UInt8]) throws(Refusal) -> RequestBody {
    if body.isEmpty { throw Refusal(44_002) }
    guard let parsed = try? JSONDecoder().decode(RequestBody.self, from: Data(body)) else { throw Refusal(47_001) }
    return parsed
  }

  private func tokenReply(_ body: [UInt8], _ kind: Fault.Kind) throws(Refusal) -> String {
    // A form instead of JSON gets this too: Weixin finds no app ID in it.
    guard let request = try? JSONDecoder().decode(RequestBody.self, from: Data(body)), let appID = request.appID,
      !appID.isEmpty
    else { throw Refusal(41_002) }
    guard request.grantType == "client_credential" else { throw Refusal(40_002) }
    guard let secret = request.secret, !secret.isEmpty else { throw Refusal(41_004) }
    guard let index = indexes[appID] else { throw Refusal(40_013) }
    guard options.accounts[index].secret == secret else { throw Refusal(40_125) }
    let isForced = request.isForced ?? false
    if isForced { forcedRefreshes += 1 }
    let token = tokens[index].current(at: options.now(), force: isForced)
    return #"{"access_token":"\#(token.text)","expires_in":\#(kind.applied(to: token.expiresIn))}"#
  }

  /// As the classic call does it: each token ends the life of the one before.
  private func classicTokenReply(_ query: [String: String], _ kind: Fault.Kind) throws(Refusal) -> String {
    guard query["grant_type"] == "client_credential" else { throw Refusal(40_002) }
    guard let appID = query["appid"], !appID.isEmpty else { throw Refusal(41_002) }
    guard let secret = query["secret"], !secret.isEmpty else { throw Refusal(41_004) }
    guard let index = indexes[appID] else { throw Refusal(40_013) }
    guard options.accounts[index].secret == secret else { throw Refusal(40_125) }
    let token = classicTokens[index].current(at: options.now(), force: true)
    return #"{"access_token":"\#(token.text)","expires_in":\#(kind.applied(to: token.expiresIn))}"#
  }

  /// Counts a call against the day's quota, as Weixin does: calls that fail for other reasons count too.
  private func spend(_ endpoint: Simulator.Endpoint, _ account: Simulator.Account) throws(Refusal) {
    let today = options.now().beijingDay
    if spentOn != today {
      spentOn = today
      spent = [:]
    }
    let spending = Spending(appID: account.appID, endpoint: endpoint)
    guard spent[spending, default: 0] < options.dailyLimit else { throw Refusal(45_009) }
    spent[spending, default: 0] += 1
  }

  private func quotaReply(
    _ account: Simulator.Account, _ request: RequestBody, _ kind: Fault.Kind
  ) throws(Refusal) -> String {
    guard let path = request.path, let endpoint = Self.endpoints[path] else { throw Refusal(76_003) }
    let spending = Spending(appID: account.appID, endpoint: endpoint)
    let used = spentOn == options.now().beijingDay ? spent[spending, default: 0] : 0
    return
      #"{"errcode":0,"errmsg":"ok","quota":{"daily_limit":\#(kind.applied(to: options.dailyLimit)),"used":\#(used),"#
      + #""remain":\#(options.dailyLimit - used)},"rate_limit":{"call_count":0,"refresh_second":0}}"#
  }

  private func speedReply(_ account: Simulator.Account, _ kind: Fault.Kind) -> String {
    let now = options.now()
    let invented = SimulatedSpeed(seed: account.seed, changeEvery: options.speedChangeEvery)
    let speed = speed ?? options.speed?(now) ?? invented.speed(at: now)
    return #"{"speed":\#(kind.applied(to: speed.level)),"realspeed":\#(kind.applied(to: speed.realspeed))}"#
  }

  private func hourlyReply(
    _ account: Simulator.Account, _ request: RequestBody, _ kind: Fault.Kind
  ) throws(Refusal) -> String {
    let begin = try Self.day(request.begin)
    let end = try Self.day(request.end)
    let now = options.now()
    guard begin == end, begin >= .firstKept, begin < now.beijingDay else { throw Refusal(61_501) }
    guard now >= Publication.opens(begin) else { throw Refusal(61_503) }
    var rows = SimulatedHistory(seed: account.seed).rows(on: begin).compactMap { $0.scaled(by: account.size) }
    switch kind {
    case .late(let hour) where now < (begin + 1).start(ofHour: hour): throw Refusal(61_503)
    case .revised(let hour) where now >= (begin + 1).start(ofHour: hour):
      for index in rows.indices { rows[index].count += 1 }
    default: break
    }
    let sent = kind.applied(to: rows.map { SentRow($0, on: begin) }, on: begin)
    return #"{"list":[\#(sent.map(\.text).joined(separator: ","))]}"#
  }

  /// A date without dashes was answered with 61501 by the real server; other forms get 61500.
  private static func day(_ text: String?) throws(Refusal) -> BeijingDay {
    guard let text else { throw Refusal(61_500) }
    if let day = BeijingDay(text) { return day }
    throw Refusal(text.count == 8 && text.allSatisfy(\.isNumber) ? 61_501 : 61_500)
  }

  private func refusal(_ code: Int, _ text: String? = nil) -> String {
    let groups = (0..<3).map { _ in
      let digits = String(rids.next() & 0xFFFF_FFFF, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }
    let message = text ?? Refusal.text(of: code)
    return #"{"errcode":\#(code),"errmsg":"\#(message) rid: \#(groups.joined(separator: "-"))"}"#
  }

  private static func echo(_ path: String, _ query: [String: String], _ body: [UInt8]) -> String {
    let pairs = query.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "&")
    return pairs + " " + String(decoding: body, as: UTF8.self) + " " + path
  }

  private static let endpoints: [String: Simulator.Endpoint] = [
    "/cgi-bin/stable_token": .token, "/cgi-bin/token": .classicToken, "/cgi-bin/message/mass/speed/get": .speed,
    "/datacube/getupstreammsghour": .hourly, "/cgi-bin/openapi/quota/get": .quota,
  ]
}
