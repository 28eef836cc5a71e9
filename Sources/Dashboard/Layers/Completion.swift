import TerminalScreen
import WeixinModel

/// What Tab offers in a prompt, whole lines each.
enum Completion {
  static func candidates(_ prompt: Prompt, _ state: State) -> [String] {
    let typed = prompt.typed.halfWidth
    switch prompt.kind {
    case .command: return commands(typed, state)
    case .goTo: return matching(dates(state), typed)
    case .filter: return matching(terms(state), typed)
    }
  }

  private static func commands(_ typed: String, _ state: State) -> [String] {
    guard let space = typed.firstIndex(of: " ") else {
      let names = Command.arguments.map { $0.name + " " } + Action.all.map(\.name)
      return Array(Set(names.filter { $0.hasPrefix(typed.lowercased()) })).sorted()
    }
    let name = typed[..<space].lowercased()
    let argument = typed[typed.index(after: space)...].drop { $0 == " " }
    if name == "a" || name == "account" { return accounts(String(argument), state).map { "\(name) \($0)" } }
    let values: [String] =
      switch name {
      case "go-to", "goto", "date": dates(state)
      case "filter": terms(state)
      default: Command.arguments.first { $0.name == name }?.values ?? []
      }
    return matching(values, String(argument)).map { "\(name) \($0)" }
  }

  /// Names of accounts that begin so, or whose titles do.
  private static func accounts(_ typed: String, _ state: State) -> [String] {
    let text = typed.folded
    return state.fleet.map(\.account).filter { account in
      account.name != typed
        && (account.name.folded.hasPrefix(text) || account.title.folded.hasPrefix(text))
    }.prefix(100).map(\.name)
  }

  private static func matching(_ values: [String], _ typed: String) -> [String] {
    values.filter { $0.folded.hasPrefix(typed.folded) && $0 != typed }
  }

  private static func dates(_ state: State) -> [String] {
    let words =
      state.language == .zh
      ? ["昨天", "前天", "上周一", "上周二", "上周三", "上周四", "上周五", "上周六", "上周日"]
      : ["yesterday", "last mon", "last tue", "last wed", "last thu", "last fri", "last sat", "last sun"]
    return words + ["\(state.newestDay)", "-7", "-28", "-364"] + state.marks.map(\.name)
  }

  private static func terms(_ state: State) -> [String] {
    if state.view == .accounts {
      let words = Filter.accountWords.map { state.language == .zh ? $0.zh : $0.en }
      return words + [">1000", "<100", "l3", "l4"] + state.fleet.prefix(100).map(\.account.name)
    }
    let words =
      state.language == .zh
      ? ["异常", "周末", "工作日", "修订", "缺失", "暂定"] : ["unusual", "weekend", "workday", "revised", "missing", "provisional"]
    return words + [">1000", "<100"] + state.marks.map(\.name)
  }
}
