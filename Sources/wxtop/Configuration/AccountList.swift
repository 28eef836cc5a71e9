import Dashboard
import WeixinAPI
import WeixinModel
import Yams

/// A command that lists accounts with their tokens, for platforms that hold them for others. It prints names with the keys
/// `ListRules.keys`, as YAML or JSON: what it prints is data, which runs nothing and opens no file.
///
/// It runs when the list is wanted, and again when Weixin has refused a token, twice a minute at most for all accounts.
actor AccountList {
  nonisolated let command: OutsideCommand
  private let flight = SingleFlight<[AccountEntry]>()
  private let clock: BootClock
  /// Where listed accounts may be asked.
  nonisolated let addresses: Set<String>
  private var tokens: [ListedName: Secret] = [:]
  private var ranAt: Int?
  /// What it listed last.
  private(set) var last: [AccountEntry] = []

  /// How much it may print: some ten thousand accounts.
  static let limit = 4 << 20
  /// Seconds between two runs that refusals bring about.
  static let pause = 30

  init(_ command: OutsideCommand, addresses: Set<String> = [], clock: BootClock = .system) {
    self.command = command
    self.addresses = addresses
    self.clock = clock
  }

  /// Runs the command. Throws `CommandFault`, `CommandFailure` or `CancellationError`.
  func entries() async throws -> [AccountEntry] {
    try await flight.value { try await self.run() }
  }

  /// The token of an account; another one than the one that was refused, if there is.
  func token(of account: ListedName, insteadOf refused: Secret? = nil) async throws -> Secret? {
    if let token = tokens[account], token != refused { return token }
    if let ranAt, clock.now() - ranAt < Self.pause { return refused == nil ? tokens[account] : nil }
    _ = try await entries()
    return tokens[account].flatMap { $0 == refused ? nil : $0 }
  }

  private func run() async throws -> [AccountEntry] {
    ranAt = clock.now()
    let text = try await command.output(limit: Self.limit)
    let reader = ConfigurationReader(file: "accounts_command \(command.name)")
    guard let root = try reader.root(of: text.revealed), root.null == nil else {
      (tokens, last) = ([:], [])
      return []
    }
    var entries = try reader.accounts(root, listed: .init(addresses: addresses))
    tokens = [:]
    for index in entries.indices {
      guard case .token(let token) = entries[index].credential else { continue }
      let name = ListedName(name: entries[index].name, appid: entries[index].appid)
      tokens[name] = token
      entries[index].credential = .listed(self, name)
    }
    last = entries
    return entries
  }
}

/// Which account of a list is meant. A list may give a name to another app ID; the first one's calls then must not take the other's
/// token.
struct ListedName: Hashable {
  var name: String
  var appid: String?
}

extension AccountList: Equatable {
  static func == (one: AccountList, other: AccountList) -> Bool { one === other }
}

/// The access token of one account of a list.
actor ListedToken: AccessTokenSource {
  private let list: AccountList
  private let account: ListedName
  private let language: Language
  private var last: AccessToken?
  private var issues = 0

  init(_ list: AccountList, account: ListedName, language: Language) {
    self.list = list
    self.account = account
    self.language = language
  }

  func token() async throws -> AccessToken {
    guard let token = try await ask(insteadOf: nil) else {
      throw APIError.noToken(
        cause: language == .zh
          ? "accounts_command 没有给出账号 \(account.name) 的令牌"
          : "accounts_command lists no token for \(account.name)")
    }
    return token
  }

  func replacement(for refused: AccessToken) async throws -> AccessToken? {
    if refused.issue < issues, let last { return last }
    return try await ask(insteadOf: refused.value)
  }

  private func ask(insteadOf refused: Secret?) async throws -> AccessToken? {
    do {
      guard let value = try await list.token(of: account, insteadOf: refused) else { return nil }
      if let last, last.value == value { return last }
      issues += 1
      let token = AccessToken(value, issue: issues)
      last = token
      return token
    } catch let fault as CommandFault {
      throw fault.apiError(language)
    } catch let failure as CommandFailure {
      throw APIError.tokenSource(cause: (failure.sentence(language) ?? "").cleaned().withoutFullStop)
    }
  }
}
