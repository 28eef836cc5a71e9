import WeixinModel

extension Filter {
  /// Words for what is wrong with an account; any other word is looked for in its name, its title and its error's code.
  enum AccountWord: Hashable { case error, ok, late, pending, stale, paused }

  static let accountWords: [(en: String, zh: String, word: AccountWord?)] = [
    ("error", "出错", .error), ("ok", "正常", .ok), ("late", "迟到", .late), ("pending", "待发布", .pending),
    ("stale", "过期", .stale), ("paused", "暂停", .paused), ("final", "已定稿", nil), ("provisional", "暂定", nil),
    ("unusual", "异常", nil), ("revised", "修订", nil), ("missing", "缺失", nil),
  ]

  /// Whether an account is a hit.
  func matches(_ line: AccountLine, _ status: AccountStatus, day: BeijingDay, _ state: State) -> Bool {
    terms.allSatisfy { term in
      switch term {
      case .above(let number): line.total.map { $0 > number } ?? false
      case .below(let number): line.total.map { $0 < number } ?? false
      case .weekday(let days): days.contains(day.weekday)
      case .unusual: line.isUnusual
      case .revised: status[day].record.map { $0.revision > 1 } ?? false
      case .missing: line.total == nil
      case .provisional: line.state == .provisional
      case .final: line.state == .final
      case .mark(let text): Self.matches(text, line, status, day: day, state)
      }
    }
  }

  private static func matches(
    _ text: String, _ line: AccountLine, _ status: AccountStatus, day: BeijingDay, _ state: State
  ) -> Bool {
    if let word = accountWords.first(where: { $0.en == text || $0.zh == text })?.word {
      switch word {
      case .error: return line.state == .failed
      case .ok: return line.state.isGood
      case .late: return line.isStale || (line.state == .unpublished && state.now >= Publication.settles(day))
      case .pending: return line.state == .unpublished || line.state == .fetching
      case .stale: return line.isStale
      case .paused: return status.isPaused
      }
    }
    if text.count == 2, text.first == "l", let level = text.last?.wholeNumberValue { return line.speed?.level == level }
    if status.account.name.folded.contains(text) || status.account.title.folded.contains(text) {
      return true
    }
    guard line.state == .failed, let error = status.failure(of: day)?.error else { return false }
    return Language.allCases.contains { error.briefName($0).lowercased() == text }
  }
}
