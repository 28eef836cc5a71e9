/// A page of metrics, read strictly: what the two text formats forbid is an error here, so that the tests say something where
/// promtool is not installed. It knows what wxtop may write, not all that others may.
struct Exposition {
  struct Problem: Error, CustomStringConvertible {
    var line: String
    var what: String
    var description: String { "\(what): \(line)" }
  }

  struct Sample: Hashable {
    var name: String
    var labels: [String: String]
    var value: Double
    /// Seconds; nil where the line has none.
    var at: Int?
  }

  private struct Family {
    var name: String
    var hasHelp = false
    var type: String?
  }

  private(set) var samples: [Sample] = []
  /// Types by the name in the headings.
  private(set) var types: [String: String] = [:]
  private let isOpenMetrics: Bool

  init(_ text: String, isOpenMetrics: Bool) throws {
    self.isOpenMetrics = isOpenMetrics
    guard text.hasSuffix("\n") else { throw Problem(line: String(text.suffix(80)), what: "no line feed at the end") }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    if isOpenMetrics {
      guard lines.popLast() == "# EOF" else { throw Problem(line: lines.last ?? "", what: "no # EOF at the end") }
    }
    var family: Family?
    var series: Set<[String: String]> = []
    for line in lines {
      if line.hasPrefix("#") {
        family = try heading(line, family)
        continue
      }
      let sample = try Self.sample(line)
      guard let family, family.hasHelp, let type = family.type else {
        throw Problem(line: line, what: "no HELP or TYPE")
      }
      guard suffixes(of: type).contains(where: { family.name + $0 == sample.name }) else {
        throw Problem(line: line, what: "not of the family \(family.name)")
      }
      let identity = sample.labels.merging(["__name__": sample.name, "@": "\(sample.at ?? 0)"]) { $1 }
      guard series.insert(identity).inserted else { throw Problem(line: line, what: "twice") }
      if type == "counter", sample.value < 0 { throw Problem(line: line, what: "a negative counter") }
      samples.append(sample)
    }
    for (name, type) in types where type == "histogram" { try checkHistogram(name) }
  }

  private mutating func heading(_ line: String, _ last: Family?) throws -> Family {
    let words = line.split(separator: " ", maxSplits: 3).map(String.init)
    guard words.count == 4, words[0] == "#", Self.isName(words[2], mayHaveColon: true) else {
      throw Problem(line: line, what: "no heading")
    }
    var family = last ?? Family(name: "")
    if family.name != words[2] {
      guard types[words[2]] == nil else { throw Problem(line: line, what: "a family in two places") }
      family = Family(name: words[2])
    }
    switch words[1] {
    case "HELP" where !family.hasHelp: family.hasHelp = true
    case "TYPE" where family.type == nil:
      let known = ["gauge", "counter", "histogram"] + (isOpenMetrics ? ["info"] : [])
      guard known.contains(words[3]) else { throw Problem(line: line, what: "no such type") }
      if words[3] == "counter", words[2].hasSuffix("_total") == isOpenMetrics {
        throw Problem(line: line, what: "a counter's heading")
      }
      family.type = words[3]
      types[words[2]] = words[3]
    case "UNIT" where isOpenMetrics && words[2].hasSuffix("_" + words[3]): break
    default: throw Problem(line: line, what: "no heading")
    }
    return family
  }

  private func suffixes(of type: String) -> [String] {
    switch type {
    case "counter": isOpenMetrics ? ["_total"] : [""]
    case "info": ["_info"]
    case "histogram": ["_bucket", "_sum", "_count"]
    default: [""]
    }
  }

  private static func isName(_ name: String, mayHaveColon: Bool) -> Bool {
    guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return name.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_" || (mayHaveColon && $0 == ":"))
    }
  }

  private static func sample(_ line: String) throws -> Sample {
    // Readers know no Characters: a mark behind a quotation mark leaves that one.
    var rest = Substring(line).unicodeScalars
    let name = String(Substring(rest.prefix { $0 != "{" && $0 != " " }))
    guard isName(name, mayHaveColon: true) else { throw Problem(line: line, what: "no name") }
    rest = rest.dropFirst(name.unicodeScalars.count)
    var labels: [String: String] = [:]
    if rest.first == "{" {
      rest = rest.dropFirst()
      repeat {
        let key = String(Substring(rest.prefix { $0 != "=" }))
        rest = rest.dropFirst(key.unicodeScalars.count)
        guard isName(key, mayHaveColon: false), labels[key] == nil, rest.starts(with: "=\"".unicodeScalars) else {
          throw Problem(line: line, what: "no label")
        }
        rest = rest.dropFirst(2)
        labels[key] = try value(&rest, line)
      } while rest.popFirst() == ","
      guard line.unicodeScalars[..<rest.startIndex].last == "}" else { throw Problem(line: line, what: "no brace") }
    }
    let numbers = Substring(rest).split(separator: " ", omittingEmptySubsequences: false).dropFirst()
    guard rest.first == " ", (1...2).contains(numbers.count), let text = numbers.first,
      let number = text == "+Inf" ? .infinity : Double(text)
    else { throw Problem(line: line, what: "no number") }
    let at = numbers.count == 2 ? Int(numbers.last ?? "") : nil
    guard numbers.count == 1 || at != nil else { throw Problem(line: line, what: "no moment") }
    return Sample(name: name, labels: labels, value: number, at: at)
  }

  /// The text up to the quotation mark at its end, without escapes.
  private static func value(_ rest: inout Substring.UnicodeScalarView, _ line: String) throws -> String {
    var value = String.UnicodeScalarView()
    while let character = rest.popFirst() {
      switch character {
      case "\"": return String(value)
      case "\\":
        switch rest.popFirst() {
        case "\\": value.append("\\")
        case "\"": value.append("\"")
        case "n": value.append("\n")
        default: throw Problem(line: line, what: "no such escape")
        }
      default: value.append(character)
      }
    }
    throw Problem(line: line, what: "no end of the label")
  }

  private func checkHistogram(_ name: String) throws {
    let counts = samples.filter { $0.name == name + "_count" }
    for count in counts {
      let buckets = samples.filter {
        $0.name == name + "_bucket" && $0.labels.filter { $0.key != "le" } == count.labels
      }
      let bounds = buckets.map { $0.labels["le"] == "+Inf" ? .infinity : Double($0.labels["le"] ?? "") ?? .nan }
      guard bounds == bounds.sorted(), bounds.last == .infinity, buckets.map(\.value) == buckets.map(\.value).sorted(),
        buckets.last?.value == count.value
      else { throw Problem(line: "\(count)", what: "the buckets do not add up") }
    }
  }
}

extension Exposition {
  var names: Set<String> { Set(samples.map(\.name)) }

  /// The samples of a name with these labels at least.
  func all(_ name: String, _ labels: [String: String] = [:]) -> [Sample] {
    samples.filter { $0.name == name && $0.labels.merging(labels) { $1 } == $0.labels }
  }

  /// The value of the only such sample; nil when there is none or more than one.
  func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
    let found = all(name, labels)
    return found.count == 1 ? found[0].value : nil
  }
}
