import WeixinModel
import Yams

extension ConfigurationReader {
  /// `alerts:`: off, or what is told, to whom and when.
  func alerts(_ node: Node) throws(CommandFailure) -> AlertSettings {
    var settings = AlertSettings()
    if let isOn = node.scalar.flatMap({ _ in node.bool }) {
      if !isOn { settings.rules = .none }
      return settings
    }
    for (key, value) in try pairs(node, "alerts") {
      let name = try self.name(key)
      switch name {
      case "command": settings.command = try command(value, name, called: "alert command")
      case "bell": settings.rings = try isOn(value, name)
      case "quiet": settings.rules.quiet = try quiet(value)
      case "again_after": settings.rules.againAfter = try integer(value, name, 0...1_440)
      case "rules": try rules(value, &settings.rules)
      default: throw unknown(name, key, allowed: Self.alertKeys)
      }
    }
    return settings
  }

  static let alertKeys = ["again_after", "bell", "command", "quiet", "rules"]

  private func rules(_ node: Node, _ rules: inout AlertRules) throws(CommandFailure) {
    let standard = AlertRules()
    for (key, value) in try pairs(node, "rules") {
      let name = try self.name(key)
      switch AlertRule(rawValue: name) {
      case .levelChanged: rules.levelChanged = try isOn(value, name)
      case .slowerThan: rules.slowerThan = try number(value, name, 0...3, standard.slowerThan)
      case .belowNominal: rules.belowNominal = try isOn(value, name)
      case .unusualDay: try unusualDay(value, &rules)
      case .unusualHour: rules.unusualHour = try isOn(value, name)
      case .unpublishedBy:
        if let isOn = value.bool {
          rules.unpublishedBy = isOn ? standard.unpublishedBy : nil
        } else {
          guard let minutes = minutes(value.scalar?.string ?? ""), minutes >= 480 else {
            throw problem(line(value), .notTimeOrOff(name))
          }
          rules.unpublishedBy = minutes
        }
      case .failingMinutes: rules.failingMinutes = try number(value, name, 1...1_440, standard.failingMinutes)
      case .quotaPercent: rules.quotaPercent = try number(value, name, 10...100, standard.quotaPercent)
      case nil: throw unknown(name, key, allowed: AlertRule.allCases.map(\.rawValue).sorted())
      }
    }
  }

  /// `on`, `off`, or `{below: 30, above: 50}` in percent, which `accounts` may have otherwise for some by name.
  private func unusualDay(_ node: Node, _ rules: inout AlertRules) throws(CommandFailure) {
    guard node.mapping != nil else {
      rules.unusualDay = try isOn(node, AlertRule.unusualDay.rawValue)
      return
    }
    rules.unusualDay = true
    rules.dayLimits = try dayLimits(node) { key, value throws(CommandFailure) in
      guard key == "accounts" else { return false }
      for (key, value) in try self.pairs(value, "accounts") {
        rules.accountDayLimits[try self.name(key)] = try self.dayLimits(value) { _, _ in false }
      }
      return true
    }
  }

  private func dayLimits(
    _ node: Node, takes: (String, Node) throws(CommandFailure) -> Bool
  ) throws(CommandFailure) -> DayLimits? {
    var (below, above): (Int?, Int?) = (nil, nil)
    for (key, value) in try pairs(node, AlertRule.unusualDay.rawValue) {
      let name = try self.name(key)
      switch name {
      case "below": below = try number(value, name, 1...100, 30)
      case "above": above = try number(value, name, 1...10_000, 50)
      default: if try !takes(name, value) { throw unknown(name, key, allowed: ["above", "accounts", "below"]) }
      }
    }
    return DayLimits(below: below, above: above)
  }

  private func isOn(_ node: Node, _ key: String) throws(CommandFailure) -> Bool {
    guard let isOn = node.bool else { throw problem(line(node), .notSwitch(key)) }
    return isOn
  }

  /// A number, `off` for none, or `on` for the one that holds where none is given.
  private func number(
    _ node: Node, _ key: String, _ range: ClosedRange<Int>, _ standard: Int?
  ) throws(CommandFailure) -> Int? {
    if let isOn = node.bool { return isOn ? standard : nil }
    guard let number = node.int, range.contains(number) else {
      throw problem(line(node), .notNumberOrOff(key, range))
    }
    return number
  }

  /// `23:00-07:00`, or `off`.
  private func quiet(_ node: Node) throws(CommandFailure) -> QuietHours? {
    if node.bool == false { return nil }
    let parts = (node.scalar?.string ?? "").split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let from = minutes(parts[0]), let to = minutes(parts[1]),
      let quiet = QuietHours(from: from, to: to)
    else { throw problem(line(node), .notSpan("quiet")) }
    return quiet
  }

  /// Minutes after midnight of `7:00` or `07:00`.
  private func minutes(_ text: some StringProtocol) -> Int? {
    let parts = String(text).filter { $0 != " " }.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].count <= 2, parts[1].count == 2, let hour = Int(digits: parts[0]),
      let minute = Int(digits: parts[1]), (0..<24).contains(hour), (0..<60).contains(minute)
    else { return nil }
    return hour * 60 + minute
  }
}
