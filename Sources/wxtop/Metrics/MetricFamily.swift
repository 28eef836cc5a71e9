/// A metric with its samples, before it is written in one of the two text formats.
struct MetricFamily {
  enum Kind: String {
    case gauge, counter, histogram, info
  }

  /// One line: what stands behind the family's name, the labels in braces, the number.
  struct Sample {
    var suffix = ""
    var labels: String
    var value: String
  }

  /// The name without `_total` and `_info`.
  let name: String
  let kind: Kind
  let help: String
  var samples: [Sample] = []
  /// Gives more samples one by one, where all of them at once would take much room.
  var more: (((Sample) -> Void) -> Void)?

  init(_ name: String, _ kind: Kind = .gauge, help: String) {
    self.name = name
    self.kind = kind
    self.help = help
  }

  /// The unit, which is the end of the name where there is one.
  var unit: String? { name.hasSuffix("_seconds") ? "seconds" : nil }

  private var suffix: String {
    switch kind {
    case .counter: "_total"
    case .info: "_info"
    case .gauge, .histogram: ""
    }
  }

  mutating func add(_ value: Int, _ labels: MetricLabels) {
    samples.append(Sample(suffix: suffix, labels: labels.text, value: "\(value)"))
  }

  mutating func add(_ value: Bool, _ labels: MetricLabels) { add(value ? 1 : 0, labels) }

  /// A histogram, from the counts of each bucket.
  mutating func add(buckets: [Int], bounds: [Double], sum: Duration, _ labels: MetricLabels) {
    var count = 0
    for (index, calls) in buckets.enumerated() {
      count += calls
      let bound = index < bounds.count ? "\(bounds[index])" : "+Inf"
      samples.append(Sample(suffix: "_bucket", labels: labels.adding("le", bound).text, value: "\(count)"))
    }
    let (seconds, attoseconds) = sum.components
    let total = Double(seconds) + Double(attoseconds / 1_000_000_000_000) / 1e6
    samples.append(Sample(suffix: "_sum", labels: labels.text, value: "\(total)"))
    samples.append(Sample(suffix: "_count", labels: labels.text, value: "\(count)"))
  }
}

/// The labels of a sample, in the order in which they are written.
struct MetricLabels {
  private var list = ""

  init(_ pairs: (name: String, value: String)...) {
    for pair in pairs { self = adding(pair.name, pair.value) }
  }

  func adding(_ name: String, _ value: String) -> MetricLabels {
    var labels = self
    if !labels.list.isEmpty { labels.list += "," }
    labels.list += "\(name)=\"\(Self.escaped(value))\""
    return labels
  }

  /// In braces, with one more of which the value needs no escaping.
  func text(adding name: String, plain value: String) -> String {
    "{" + (list.isEmpty ? "" : list + ",") + name + "=\"" + value + "\"}"
  }

  /// In braces; nothing where there are none.
  var text: String { list.isEmpty ? "" : "{\(list)}" }

  /// What both text formats want in quotation marks.
  static func escaped(_ value: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\", "\"": escaped.append(contentsOf: ["\\", scalar])
      case "\n": escaped.append(contentsOf: ["\\", "n"])
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }
}
