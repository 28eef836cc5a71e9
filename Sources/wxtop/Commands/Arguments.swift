/// Arguments as people write them, brought into a form that the parser takes.
enum Arguments {
  private static let flags: Set<String> = [
    "--bom", "--chart-only", "--composition", "--demo", "--grafana-dashboard", "--help", "--invert", "--labels",
    "--offline",
    "--once", "--plain", "--prometheus-rules", "--systemd-unit", "--version", "--watch", "-h",
  ]

  /// `-7` is a date, but the parser would take it for an option: outside of options' values it gets a minus sign in the
  /// place of the hyphen. Behind `--` nothing is an option anyway.
  static func readable(_ arguments: [String]) -> [String] {
    var readable: [String] = []
    var isValue = false
    for argument in arguments {
      if argument == "--" { break }
      let digits = argument.dropFirst()
      let isDate = argument.hasPrefix("-") && !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
      readable.append(isDate && !isValue ? "\u{2212}" + digits : argument)
      isValue = !isValue && !isDate && argument.hasPrefix("-") && !argument.contains("=") && !flags.contains(argument)
    }
    return readable + arguments[readable.count...]
  }
}
