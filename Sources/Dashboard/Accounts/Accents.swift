import TerminalScreen
import WeixinModel

/// A colour for each account, so that nobody looks at the wrong one. With one account there is nothing to tell apart.
struct Accents {
  private var few: [String: Int] = [:]
  private let isUsed: Bool

  init(_ state: State) {
    isUsed = state.fleet.count > 1
    guard isUsed, state.fleet.count < Account.accents else { return }
    // As long as there are enough of them, no two accounts have the same: of two that would, the later one yields.
    let accounts = state.fleet.map(\.account)
    var taken = Set(accounts.compactMap(\.accent))
    for account in accounts {
      var accent = account.accentIndex
      if account.accent == nil {
        for _ in 1..<Account.accents where taken.contains(accent) { accent = accent % (Account.accents - 1) + 1 }
        taken.insert(accent)
      }
      few[account.name] = accent
    }
  }

  /// The account's colour; nil where there is only one account.
  func role(of account: Account) -> Role? {
    guard isUsed else { return nil }
    return Self.roles[few[account.name] ?? account.accentIndex]
  }

  static let roles: [Role] = [.account1, .account2, .account3, .account4, .account5, .account6]
}
