import Dashboard
import Glibc
import WeixinAPI
import WeixinModel
import Yams

/// Reads the configuration strictly: an unknown key, a wrong type or an unsafe file is refused with file and line.
struct ConfigurationReader {
  let file: String

  /// The configuration in the file and in the account files beside it; nil when there is neither.
  func read() throws(CommandFailure) -> Configuration? {
    guard let content = try TextFile.read(file, .configuration) else {
      var configuration = Configuration()
      try AccountFolder(beside: file, named: nil)?.read(into: &configuration)
      return configuration.accounts.isEmpty && configuration.broken.isEmpty ? nil : configuration
    }
    var configuration = try parse(content.text)
    if configuration.accounts.contains(where: \.holdsSecret), content.isOpenToOthers {
      throw problem(nil, .holdsSecret(path: file))
    }
    try AccountFolder(beside: file, named: configuration.accountFolder)?.read(into: &configuration)
    configuration.allowAddresses()
    return configuration
  }

  /// The one account of an account file.
  func readAccount(name: String) throws(CommandFailure) -> AccountEntry {
    guard let content = try TextFile.read(file, .account) else { throw problem(nil, .noSuch(.account)) }
    guard let root = try root(of: content.text), root.null == nil else { throw problem(nil, .empty(.account)) }
    let entry = try account(name: name, line: line(root), root)
    if entry.holdsSecret, content.isOpenToOthers { throw problem(nil, .holdsSecret(path: file)) }
    return entry
  }

  func parse(_ text: String) throws(CommandFailure) -> Configuration {
    var configuration = Configuration()
    guard let root = try root(of: text), root.null == nil else { return configuration }
    for (key, value) in try pairs(root, "the file") {
      switch try name(key) {
      case "interval": configuration.interval = try integer(value, "interval", 5...86_400)
      case "language": configuration.language = try choice(value, "language", ["en", "zh"])
      case "theme":
        let theme = try choice(value, "theme", ["auto", "dark", "light"])
        configuration.theme = theme == "auto" ? nil : theme
      case "color":
        configuration.color = ColorChoice(rawValue: try choice(value, "color", ColorChoice.allCases.map(\.rawValue)))
      case "glyphs":
        configuration.glyphs = GlyphChoice(rawValue: try choice(value, "glyphs", GlyphChoice.allCases.map(\.rawValue)))
      case "mouse":
        guard let isOn = value.bool else { throw problem(line(value), .notBool("mouse")) }
        configuration.mouse = isOn
      case "keys": configuration.keys = try keys(value)
      case "marks": configuration.marks = try marks(value)
      case "alerts": configuration.alerts = try alerts(value)
      case "ca_file": configuration.certificates = try path(value, "ca_file")
      case "api_base": configuration.apiBase = try string(value, "api_base")
      case "accounts": configuration.accounts = try accounts(value)
      case "accounts_dir": configuration.accountFolder = try path(value, "accounts_dir")
      case "accounts_command":
        configuration.accountList = AccountList(try command(value, "accounts_command"))
      case let other: throw unknown(other, key, allowed: Self.keys)
      }
    }
    configuration.accounts = configuration.accounts.map(configuration.completed)
    configuration.allowAddresses()
    return configuration
  }

  static let keys = [
    "accounts", "accounts_command", "accounts_dir", "alerts", "api_base", "ca_file", "color", "glyphs", "interval",
    "keys",
    "language",
    "marks", "mouse", "theme",
  ]

  func root(of text: String) throws(CommandFailure) -> Node? {
    do throws(SafeYAML.Refusal) {
      return try SafeYAML.compose(text)
    } catch {
      switch error {
      case .syntax(let error): throw syntax(error)
      case .tooMuch: throw problem(nil, .tooManyAliases)
      case .other: throw problem(nil, .notYAML(nil))
      }
    }
  }

  /// What stands below `accounts:`, or what a command lists in the same form, under names that are seen and kept apart.
  func accounts(_ node: Node, listed: ListRules? = nil) throws(CommandFailure) -> [AccountEntry] {
    var accounts: [AccountEntry] = []
    var names: Set<String> = []
    for (key, entry) in try pairs(node, "accounts") {
      let account = try account(name: try self.name(key), line: line(key), entry, listed: listed)
      guard names.insert(account.name).inserted else { throw problem(line(key), .repeatedAccount(account.name)) }
      accounts.append(account)
    }
    return accounts
  }

  /// What a command's list may say.
  struct ListRules {
    /// The addresses that the configuration has.
    var addresses: Set<String>

    static let keys = ["accent", "api_base", "appid", "name", "token"]
  }

  func account(
    name: String, line: Int?, _ node: Node, listed: ListRules? = nil
  ) throws(CommandFailure) -> AccountEntry {
    guard let cleaned = name.asAccountName else { throw problem(line, .noVisibleName) }
    var draft = AccountDraft(name: cleaned)
    for (key, value) in try pairs(node, "account \(draft.name)") {
      let keyName = try self.name(key)
      if listed != nil, !ListRules.keys.contains(keyName) {
        throw problem(
          self.line(key), .notListable(keyName.cleaned(limit: 60), account: draft.name, allowed: ListRules.keys))
      }
      switch keyName {
      case "name": draft.title = try string(value, keyName).cleaned(limit: 40)
      case "accent":
        draft.accent = Theme.accentNames.firstIndex(of: try choice(value, keyName, Theme.accentNames))
      case "appid": draft.appid = try credential(value, keyName, &draft).text
      case "api_base":
        let address = try string(value, keyName)
        if let listed, !listed.addresses.contains(address.withoutLastSlash) {
          throw problem(self.line(value), .foreignAddress(address.cleaned(limit: 80), account: draft.name))
        }
        draft.apiBase = address
      case "proxy": draft.proxy = try string(value, keyName)
      case "ca_file": draft.certificates = try path(value, keyName)
      case "secret": draft.add(keyName, .secret(try credential(value, keyName, &draft).secret))
      case "secret_file": draft.add(keyName, .secretFile(try path(value, keyName)))
      case "secret_command":
        draft.add(keyName, .secretCommand(try command(value, keyName)))
      case "token_file": draft.add(keyName, .tokenFile(try path(value, keyName)))
      case "token_command":
        draft.add(keyName, .tokenCommand(try command(value, keyName)))
      case "token":
        let text = try credential(value, keyName, &draft).text
        let isTaken = draft.setToken(text)
        if listed != nil, !draft.hasToken { throw problem(self.line(value), .noListedToken(account: draft.name)) }
        if !isTaken { throw problem(self.line(value), .notToken) }
      default: throw unknown(keyName, key, allowed: AccountDraft.keys)
      }
    }
    do throws(ConfigurationProblem) {
      return try draft.entry
    } catch {
      throw problem(line, error)
    }
  }

  /// A secret, token or app ID.
  private func credential(
    _ node: Node, _ key: String, _ draft: inout AccountDraft
  ) throws(CommandFailure) -> CredentialText {
    let text = try string(node, key)
    do throws(CredentialText.Flaw) {
      let credential = try CredentialText(text)
      if !credential.leftOut.isEmpty { draft.leftOut[key] = credential.leftOut }
      return credential
    } catch {
      throw problem(line(node), .credential(key, error))
    }
  }

  func pairs(_ node: Node, _ what: String) throws(CommandFailure) -> [(key: Node, value: Node)] {
    guard let mapping = node.mapping else { throw problem(line(node), .noKeys(what)) }
    return mapping.map { ($0.key, $0.value) }
  }

  func name(_ node: Node) throws(CommandFailure) -> String {
    guard let name = node.scalar?.string, !name.isEmpty else { throw problem(line(node), .badKey) }
    return name
  }

  func string(_ node: Node, _ key: String) throws(CommandFailure) -> String {
    guard let text = node.scalar?.string, !text.isEmpty, node.null == nil else {
      throw problem(line(node), .notString(key))
    }
    return text
  }

  /// A path; `~/` and what does not begin with a slash are seen from the home and from the file's own folder.
  func path(_ node: Node, _ key: String) throws(CommandFailure) -> String { seen(try string(node, key)) }

  private func seen(_ path: String) -> String {
    var path = path
    if path.hasPrefix("~/"), let home = Environment.process["HOME"] { path = home + path.dropFirst() }
    return path.seen(from: file)
  }

  /// A command of the user's, whose program is a name to look for or a path like any other.
  func command(_ node: Node, _ key: String, called name: String? = nil) throws(CommandFailure) -> OutsideCommand {
    var words = try words(node, key)
    if words[0].contains("/") { words[0] = seen(words[0]) }
    return OutsideCommand(key: name ?? key, words: words)
  }

  private func words(_ node: Node, _ key: String) throws(CommandFailure) -> [String] {
    let words = node.sequence.map { $0.map { $0.scalar?.string ?? "" } } ?? []
    guard let first = words.first, !first.isEmpty, node.sequence?.allSatisfy({ $0.scalar != nil }) == true else {
      throw problem(line(node), .notWords(key))
    }
    return words
  }

  func integer(_ node: Node, _ key: String, _ range: ClosedRange<Int>) throws(CommandFailure) -> Int {
    guard let number = node.int, range.contains(number) else {
      throw problem(line(node), .notNumber(key, range))
    }
    return number
  }

  func choice(_ node: Node, _ key: String, _ allowed: [String]) throws(CommandFailure) -> String {
    guard let text = node.scalar?.string, allowed.contains(text) else {
      throw problem(line(node), .notChoice(key, allowed))
    }
    return text
  }

  func line(_ node: Node) -> Int? { node.mark?.line }

  func problem(_ line: Int?, _ problem: ConfigurationProblem) -> CommandFailure {
    .configuration(file: file, line: line, problem: problem)
  }

  func unknown(_ key: String, _ node: Node, allowed: [String]) -> CommandFailure {
    problem(line(node), .unknownKey(key.cleaned(limit: 60), allowed: allowed))
  }

  private func syntax(_ error: YamlError) -> CommandFailure {
    switch error {
    case .scanner(_, let text, let mark, _), .parser(_, let text, let mark, _), .composer(_, let text, let mark, _):
      problem(mark.line, .notYAML(text.cleaned(limit: 120)))
    case .duplicatedKeysInMapping(let keys, let context):
      problem(context.mark.line, .repeatedKey(keys.min()?.cleaned(limit: 60) ?? ""))
    default: problem(nil, .notYAML(nil))
    }
  }
}
