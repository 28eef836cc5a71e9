import WeixinModel

/// The tokens of one simulated account, with the lives that Weixin's page on stable_token gives.
struct SimulatedTokens {
  /// What a call with a token finds.
  enum Standing {
    case good
    case expired
    case unknown
  }

  private struct Issued {
    var text: String
    var expires: Timestamp
  }

  private let account: Simulator.Account
  private let prefix: String
  private var issued: [Issued] = []
  private var count = 0

  init(account: Simulator.Account, prefix: String = "99") {
    self.account = account
    self.prefix = prefix
  }

  /// The token and its remaining life in seconds: the same one until its last five minutes, then a new one beside it. A
  /// forced refresh kills the others at once.
  mutating func current(at now: Timestamp, force: Bool) -> (text: String, expiresIn: Int) {
    if force { issued = [] }
    if let newest = issued.last, newest.expires - now > 300 { return (newest.text, newest.expires - now) }
    count += 1
    var random = SplitMix(seed: account.seed, count, now.seconds)
    let tail = (0..<8).map { _ in String(random.next(), radix: 36) }.joined()
    // Real tokens hold characters that a query must escape; these do too.
    let token = Issued(text: "\(prefix)_\(account.appID)+/\(tail)=", expires: now + 7_200)
    issued.append(token)
    return (token.text, 7_200)
  }

  func standing(of text: String, at now: Timestamp) -> Standing {
    guard let token = issued.first(where: { $0.text == text }) else { return .unknown }
    return token.expires > now ? .good : .expired
  }

  mutating func revoke() {
    issued = []
  }
}
