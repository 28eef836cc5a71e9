/// The two text formats in which Prometheus and its like read metrics.
enum ExpositionFormat {
  /// Prometheus' own.
  case text
  /// OpenMetrics 1.0.
  case openMetrics

  /// The format for an `Accept` header: Prometheus' own unless OpenMetrics is asked for, and at least as much.
  init(accept: String) {
    var weights: (text: Double, openMetrics: Double) = (0, 0)
    for range in accept.lowercased().split(separator: ",") {
      let parts = range.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
      guard let type = parts.first else { continue }
      var weight = 1.0
      var version = "1.0.0"
      for part in parts.dropFirst() {
        if part.hasPrefix("q=") { weight = Double(part.dropFirst(2)) ?? 0 }
        if part.hasPrefix("version=") { version = String(part.dropFirst(8)) }
      }
      switch type {
      case "application/openmetrics-text" where version.hasPrefix("1.") || version == "0.0.1":
        weights.openMetrics = max(weights.openMetrics, weight)
      case "text/plain", "text/*": weights.text = max(weights.text, weight)
      default: break
      }
    }
    self = weights.openMetrics > 0 && weights.openMetrics >= weights.text ? .openMetrics : .text
  }

  var contentType: String {
    switch self {
    case .text: "text/plain; version=0.0.4; charset=utf-8"
    case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
    }
  }

  /// All families that have samples, in their order.
  func text(of families: [MetricFamily]) -> String {
    var text = ""
    write(families) { text += $0 }
    return text
  }

  /// The same, line by line.
  func write(_ families: [MetricFamily], to put: (String) -> Void) {
    for family in families {
      var isHeaded = false
      func write(_ sample: MetricFamily.Sample) {
        if !isHeaded { writeHeading(family, sample, to: put) }
        isHeaded = true
        put(family.name + sample.suffix + sample.labels + " " + sample.value + "\n")
      }
      family.samples.forEach(write)
      family.more?(write)
    }
    if self == .openMetrics { put("# EOF\n") }
  }

  private func writeHeading(_ family: MetricFamily, _ first: MetricFamily.Sample, to put: (String) -> Void) {
    let name = self == .text ? family.name + first.headingSuffix : family.name
    // Prometheus' own format knows no info.
    let kind = self == .text && family.kind == .info ? "gauge" : family.kind.rawValue
    put("# HELP \(name) \(family.help)\n# TYPE \(name) \(kind)\n")
    if self == .openMetrics, let unit = family.unit { put("# UNIT \(name) \(unit)\n") }
  }
}

extension MetricFamily.Sample {
  /// What Prometheus' own format wants behind the family's name in its headings too.
  fileprivate var headingSuffix: String { ["_total", "_info"].contains(suffix) ? suffix : "" }
}
