import Glibc
import WeixinAPI
import WeixinModel
import Yams

/// Reads the configuration strictly: an unknown key, a wrong type or an unsafe file is refused with file and line.
struct ConfigurationReader {
  let file: String

  /// The configuration in the file; nil when there is no such file.
  func read() throws(CommandFailure) -> Configuration? {
    guard let text = try TextFile.read(file, what: "configuration") else { return nil }
    let configuration = try parse(text)
    if configuration.accounts.contains(where: { $0.secret != nil || $0.token != nil }), TextFile.isOpenToOthers(file) {
      throw problem(nil, "the file holds a secret but others may read it. Run: chmod 600 \(file)")
    }
    return configuration
  }

  func parse(_ text: String) throws(CommandFailure) -> Configuration {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw syntax(error)
    } catch {
      throw problem(nil, "the file is no YAML.")
    }
    var configuration = Configuration()
    guard let root, root.null == nil else { return configuration }
    for (key, value) in try pairs(root, "the file") {
      switch try name(key) {
      case "interval": configuration.interval = try integer(value, "interval", 5...86_400)
      case "language": configuration.language = try choice(value, "language", ["en", "zh"])
      case "theme": configuration.theme = try choice(value, "theme", ["dark", "light"])
      case "accounts":
        for (name, entry) in try pairs(value, "accounts") {
          configuration.accounts.append(try account(name: try self.name(name), line: line(name), entry))
        }
      case let other: throw unknown(other, key, allowed: ["accounts", "interval", "language", "theme"])
      }
    }
    return configuration
  }

  private func account(name: String, line: Int?, _ node: Node) throws(CommandFailure) -> Configuration.AccountEntry {
    var entry = Configuration.AccountEntry(name: name.cleaned(limit: 40))
    for (key, value) in try pairs(node, "account \(entry.name)") {
      let keyName = try self.name(key)
      switch keyName {
      case "name": entry.title = try string(value, keyName).cleaned(limit: 40)
      case "appid": entry.appid = try string(value, keyName)
      case "secret": entry.secret = Secret(try string(value, keyName))
      case "secret_file": entry.secretFile = try string(value, keyName)
      case "token": entry.token = Secret(try string(value, keyName))
      case "token_file": entry.tokenFile = try string(value, keyName)
      case "api_base": entry.apiBase = try string(value, keyName)
      case "proxy": entry.proxy = try string(value, keyName)
      default:
        throw unknown(
          keyName, key,
          allowed: ["api_base", "appid", "name", "proxy", "secret", "secret_file", "token", "token_file"])
      }
    }
    let hasToken = entry.token != nil || entry.tokenFile != nil
    let hasSecret = entry.secret != nil || entry.secretFile != nil
    guard hasToken || (entry.appid != nil && hasSecret) else {
      throw problem(line, "account \(entry.name) needs appid with secret or secret_file, or token or token_file.")
    }
    return entry
  }

  private func pairs(_ node: Node, _ what: String) throws(CommandFailure) -> [(key: Node, value: Node)] {
    guard let mapping = node.mapping else { throw problem(line(node), "\(what) must hold keys with values.") }
    return mapping.map { ($0.key, $0.value) }
  }

  private func name(_ node: Node) throws(CommandFailure) -> String {
    guard let name = node.scalar?.string, !name.isEmpty else { throw problem(line(node), "a key must be a word.") }
    return name.cleaned(limit: 60)
  }

  private func string(_ node: Node, _ key: String) throws(CommandFailure) -> String {
    guard let text = node.scalar?.string, !text.isEmpty, node.null == nil else {
      throw problem(line(node), "\(key) must be a text.")
    }
    return text
  }

  private func integer(_ node: Node, _ key: String, _ range: ClosedRange<Int>) throws(CommandFailure) -> Int {
    guard let number = node.int, range.contains(number) else {
      throw problem(
        line(node), "\(key) must be a whole number from \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }

  private func choice(_ node: Node, _ key: String, _ allowed: [String]) throws(CommandFailure) -> String {
    guard let text = node.scalar?.string, allowed.contains(text) else {
      throw problem(line(node), "\(key) must be \(allowed.joined(separator: " or ")).")
    }
    return text
  }

  private func line(_ node: Node) -> Int? { node.mark?.line }

  private func problem(_ line: Int?, _ text: String) -> CommandFailure {
    .configuration(file: file, line: line, problem: text)
  }

  private func unknown(_ key: String, _ node: Node, allowed: [String]) -> CommandFailure {
    problem(line(node), "unknown key \(key); allowed are \(allowed.joined(separator: ", ")).")
  }

  private func syntax(_ error: YamlError) -> CommandFailure {
    switch error {
    case .scanner(_, let text, let mark, _), .parser(_, let text, let mark, _), .composer(_, let text, let mark, _):
      problem(mark.line, "the file is no YAML: \(text.cleaned(limit: 120)).")
    case .duplicatedKeysInMapping(let keys, let context):
      problem(
        context.mark.line, "the key \(keys.min()?.cleaned(limit: 60) ?? "") stands twice in the keys that begin here.")
    default: problem(nil, "the file is no YAML.")
    }
  }
}
