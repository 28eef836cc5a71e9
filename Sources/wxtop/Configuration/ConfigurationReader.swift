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
    var listing: OutsideCommand?
    var listedBases: Set = [WeixinServer.officialAddress]
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
      case "ca_file": configuration.certificates = try string(value, "ca_file")
      case "accounts": configuration.accounts = try accounts(value)
      case "accounts_dir": configuration.accountFolder = try path(value, "accounts_dir")
      case "accounts_command":
        let command = OutsideCommand(key: "accounts_command", words: try words(value, "accounts_command"))
        listing = command
      case "listed_api_bases":
        guard let bases = value.sequence else { throw problem(line(value), .notWords("listed_api_bases")) }
        for base in bases { listedBases.insert(try string(base, "listed_api_bases")) }
      case let other: throw unknown(other, key, allowed: Self.keys)
      }
    }
    for index in configuration.accounts.indices where configuration.accounts[index].certificates == nil {
      configuration.accounts[index].certificates = configuration.certificates
    }
    if let listing {
      listedBases.formUnion(configuration.accounts.compactMap(\.apiBase))
      configuration.accountList = AccountList(listing, apiBases: listedBases)
    }
    return configuration
  }

  static let keys = [
    "accounts", "accounts_command", "accounts_dir", "alerts", "ca_file", "color", "glyphs", "interval", "keys",
    "language", "listed_api_bases", "marks", "mouse", "theme",
  ]

  func root(of text: String) throws(CommandFailure) -> Node? {
    do {
      return try Yams.compose(yaml: text.withoutMark)
    } catch let error as YamlError {
      throw syntax(error)
    } catch {
      throw problem(nil, .notYAML(nil))
    }
  }

  /// What a command lists, in the form of what stands below `accounts:`. A list is data: whoever can change it must not run
  /// commands, read files, or have a token sent to an address of his own choice.
  func listed(_ node: Node, apiBases: Set<String>) throws(CommandFailure) -> [AccountEntry] {
    for (_, entry) in try pairs(node, "accounts") {
      for (key, value) in try pairs(entry, "account") {
        let name = try self.name(key)
        guard AccountDraft.listedKeys.contains(name) else {
          throw unknown(name, key, allowed: AccountDraft.listedKeys)
        }
        guard name == "api_base", let base = value.scalar?.string, !apiBases.contains(base) else { continue }
        throw problem(line(value), .foreignAddress(base.cleaned(limit: 80)))
      }
    }
    let entries = try accounts(node)
    for entry in entries {
      guard case .token = entry.credential else { throw problem(nil, .noListedToken(account: entry.name)) }
    }
    return entries
  }

  /// What stands below `accounts:`. No two names may be equal once they are cleaned, and none may be empty.
  func accounts(_ node: Node) throws(CommandFailure) -> [AccountEntry] {
    var accounts: [AccountEntry] = []
    var names: Set<String> = []
    for (name, entry) in try pairs(node, "accounts") {
      let cleaned = try self.name(name).cleaned(limit: 40)
      guard !cleaned.isEmpty else { throw problem(line(name), .badKey) }
      guard names.insert(cleaned).inserted else { throw problem(line(name), .repeatedAccount(cleaned)) }
      accounts.append(try account(name: try self.name(name), line: line(name), entry))
    }
    return accounts
  }

  func account(name: String, line: Int?, _ node: Node) throws(CommandFailure) -> AccountEntry {
    var draft = AccountDraft(name: name.cleaned(limit: 40))
    for (key, value) in try pairs(node, "account \(draft.name)") {
      let keyName = try self.name(key)
      switch keyName {
      case "name": draft.title = try string(value, keyName).cleaned(limit: 40)
      case "accent":
        draft.accent = Theme.accentNames.firstIndex(of: try choice(value, keyName, Theme.accentNames))
      case "appid": draft.appid = try credential(value, keyName)
      case "api_base": draft.apiBase = try string(value, keyName)
      case "proxy": draft.proxy = try string(value, keyName)
      case "ca_file": draft.certificates = try string(value, keyName)
      case "secret": draft.add(keyName, .secret(Secret(try credential(value, keyName))))
      case "secret_file": draft.add(keyName, .secretFile(try string(value, keyName)))
      case "secret_command":
        draft.add(keyName, .secretCommand(OutsideCommand(key: keyName, words: try words(value, keyName))))
      case "token_file": draft.add(keyName, .tokenFile(try string(value, keyName)))
      case "token_command":
        draft.add(keyName, .tokenCommand(OutsideCommand(key: keyName, words: try words(value, keyName))))
      case "token":
        let text = try credential(value, keyName)
        guard draft.setToken(text) else { throw problem(self.line(value), .notToken) }
      default: throw unknown(keyName, key, allowed: AccountDraft.keys)
      }
    }
    do throws(ConfigurationProblem) {
      return try draft.entry
    } catch {
      throw problem(line, error)
    }
  }

  func pairs(_ node: Node, _ what: String) throws(CommandFailure) -> [(key: Node, value: Node)] {
    guard let mapping = node.mapping else { throw problem(line(node), .noKeys(what)) }
    return mapping.map { ($0.key, $0.value) }
  }

  func name(_ node: Node) throws(CommandFailure) -> String {
    guard let name = node.scalar?.string.cleaned(limit: 60), !name.isEmpty else {
      throw problem(line(node), .badKey)
    }
    return name
  }

  func string(_ node: Node, _ key: String) throws(CommandFailure) -> String {
    guard let text = node.scalar?.string, !text.isEmpty, node.null == nil else {
      throw problem(line(node), .notString(key))
    }
    return text
  }

  /// What Weixin is to be given: no blank and no end of line goes with it.
  private func credential(_ node: Node, _ key: String) throws(CommandFailure) -> String {
    let text = try string(node, key).withoutSpaceAround
    guard !text.isEmpty else { throw problem(line(node), .notString(key)) }
    return text
  }

  /// A path; `~/` and what does not begin with a slash are seen from the home and from the file's own folder.
  func path(_ node: Node, _ key: String) throws(CommandFailure) -> String {
    var path = try string(node, key)
    if path.hasPrefix("~/"), let home = Environment.process["HOME"] { path = home + path.dropFirst() }
    if !path.hasPrefix("/") { path = file.prefix(through: file.lastIndex(of: "/") ?? file.startIndex) + path }
    return path
  }

  func words(_ node: Node, _ key: String) throws(CommandFailure) -> [String] {
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
    problem(line(node), .unknownKey(key, allowed: allowed))
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
