import Yams

/// YAML from outside as nodes. An alias costs a word and may stand for millions of nodes, and Yams looks through each key whole, so
/// that it is counted first what all would come to: in the same text with words in the place of its aliases.
enum SafeYAML {
  /// Why there are no nodes.
  enum Refusal: Error {
    case syntax(YamlError)
    /// More than ``limit`` nodes and characters once each alias is what it stands for, or an alias or a collection as a key.
    case tooMuch
    case other
  }

  /// What a text may come to that is shorter itself.
  static let limit = 1 << 20

  static func compose(_ text: String) throws(Refusal) -> Node? {
    do {
      let bytes = text.utf8
      if bytes.contains(UInt8(ascii: "&")), bytes.contains(UInt8(ascii: "*")) {
        let parser = try Parser(yaml: withoutAliases(text), encoding: .utf8)
        // The parser holds the anchors' names.
        let fits = try withExtendedLifetime(parser) {
          guard let root = try parser.singleRoot() else { return true }
          var count = Count(limit: max(limit, 2 * bytes.count))
          return count.size(of: root) != nil
        }
        if !fits { throw Refusal.tooMuch }
      }
      return try Parser(yaml: text, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw .syntax(error)
    } catch let refusal as Refusal {
      throw refusal
    } catch {
      throw .other
    }
  }

  /// Stands for the `*` of an alias. Where the text has it itself, something is taken for an alias that is none, which is harmless.
  private static let sign = Unicode.Scalar(0xE000 as UInt16) ?? "_"

  /// In quotes and comments too, where it changes nothing that is counted.
  private static func withoutAliases(_ text: String) -> String {
    var changed = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { changed.append(scalar == "*" ? sign : scalar) }
    return String(changed)
  }

  /// Counts what nodes come to.
  private struct Count {
    let limit: Int
    var sizes: [String: Int] = [:]

    init(limit: Int) { self.limit = limit }

    /// nil where it is too much.
    mutating func size(of node: Node) -> Int? {
      var size = 1
      switch node {
      case .scalar(let scalar):
        size += scalar.string.utf8.count
        if scalar.style == .plain, scalar.string.unicodeScalars.first == sign {
          let name = String(scalar.string.unicodeScalars.dropFirst())
          // An unknown name is one that libyaml may read otherwise.
          size += sizes[name] ?? sizes.values.max() ?? 0
        }
      case .sequence(let sequence):
        for node in sequence { guard add(node, to: &size) else { return nil } }
      case .mapping(let mapping):
        for (key, value) in mapping {
          guard case .scalar(let word) = key, word.string.unicodeScalars.first != sign, add(key, to: &size),
            add(value, to: &size)
          else { return nil }
        }
      case .alias: return nil
      }
      if let anchor = node.anchor { sizes[anchor.rawValue] = size }
      return size <= limit ? size : nil
    }

    private mutating func add(_ node: Node, to size: inout Int) -> Bool {
      guard let more = self.size(of: node) else { return false }
      size += more
      return size <= limit
    }
  }
}
