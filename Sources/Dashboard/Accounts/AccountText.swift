import TerminalScreen
import WeixinModel

/// The accounts as text: a sentence each for people, rows for programs.
enum AccountText {
  /// An account in one sentence, every number exact.
  static func sentence(_ line: AccountLine, _ list: AccountList) -> String {
    let (state, status) = (list.state, list.status(line))
    let numerals = Numerals(state.language)
    let isZh = state.language == .zh
    let account = status.account
    let name = account.title.isEmpty ? account.name : "\(account.title) (\(account.name))"
    var parts: [String] = []
    if let failure = status.failure(of: list.day) {
      let explanation = Explanation(failure.error, state.language)
      parts.append(explanation.headline)
      if !explanation.remedy.isEmpty { parts.append(explanation.remedy.droppingStop) }
    }
    if let brief = status.brief(of: list.day) {
      var text = isZh ? "\(numerals.exact(brief.total)) 条消息" : "\(numerals.exact(brief.total)) messages"
      if let change = brief.change {
        let size = "\(numerals.exact(abs(change)))%"
        text += isZh ? "，比通常\(change < 0 ? "少" : "多") \(size)" : ", \(size) \(change < 0 ? "less" : "more") than usual"
        if line.isUnusual { text += isZh ? "（异常）" : " (unusual)" }
      }
      parts.append(text)
      parts.append((brief.isFinal ? Phrase.final : .provisional).text(state.language))
    } else if line.state == .unpublished || line.state == .neverFetched {
      parts.append((line.state == .unpublished ? Phrase.unpublished : .neverFetched).text(state.language))
    }
    if let span = status.speed {
      let speed = "L\(span.speed.level) \(numerals.speed(span.speed.realspeed))"
      let age = numerals.duration(seconds: max(0, state.now - span.to))
      let old = line.isStale ? (isZh ? "（\(age)前）" : " (\(age) ago)") : ""
      parts.append(isZh ? "群发速度 \(speed)\(old)" : "mass-send speed \(speed)\(old)")
    }
    let date = numerals.date(list.day)
    return isZh
      ? "\(name)，\(date)：" + parts.joined(separator: "；") + "。"
      : "\(name), \(date): " + parts.joined(separator: "; ") + "."
  }

  /// All accounts, the worst first, a sentence a line.
  static func paragraphs(_ state: State) -> String {
    var state = state
    state.accountOrder = AccountOrder()
    state.accountOrder.column = .state
    let list = AccountList(state)
    return list.lines.map { sentence($0, list) + "\n" }.joined()
  }

  /// The lines of the list as they are sorted and filtered, for programs.
  static func export(_ state: State, _ format: ExportFormat) -> String {
    let list = AccountList(state)
    let rows = list.lines.map { fields($0, list) }
    if format == .csv {
      let hours = (0..<24).map { "h" + twoDigits($0) }.joined(separator: ",")
      let lines = rows.map { row in
        (row.values.map { $0.isNumber ? $0.value : CSVText.cell($0.value) } + row.hours).joined(separator: ",") + "\n"
      }
      return names.joined(separator: ",") + ",\(hours)\n" + lines.joined()
    }
    let objects = rows.map { row in
      let pairs = zip(names, row.values).map { name, field in
        let value = field.value.isEmpty ? "null" : field.isNumber ? field.value : JSONText.quoted(field.value)
        return "\"\(name)\":\(value)"
      }
      let hours = row.hours.contains("") ? "null" : "[" + row.hours.joined(separator: ",") + "]"
      return "{" + (pairs + ["\"hours\":\(hours)"]).joined(separator: ",") + "}"
    }
    return objects.isEmpty ? "[]\n" : "[\n" + objects.joined(separator: ",\n") + "\n]\n"
  }

  private static let names = [
    "account", "title", "date", "state", "msg_count", "usual", "change_percent", "speed", "realspeed", "speed_seen",
    "error",
  ]

  private typealias Field = (value: String, isNumber: Bool)

  /// Numbers are empty while they are unknown, and never zero for it.
  private static func fields(_ line: AccountLine, _ list: AccountList) -> (values: [Field], hours: [String]) {
    let status = list.status(line)
    let brief = status.brief(of: list.day)
    func number(_ value: Int?) -> Field { (value.map { "\($0)" } ?? "", true) }
    func text(_ value: String?) -> Field { (value ?? "", false) }
    let error = status.failure(of: list.day).map { Explanation($0.error, .en).headline.cleaned(limit: 200) }
    let values = [
      text(status.account.name), text(status.account.title), text("\(list.day)"), text(line.state.exportName),
      number(brief?.total), number(brief?.usual?.median), number(brief?.change), number(status.speed?.speed.level),
      number(status.speed?.speed.realspeed), text(status.speed?.to.rfc3339), text(error),
    ]
    return (values, (0..<24).map { hour in brief.map { "\($0.hours[hour])" } ?? "" })
  }
}

extension AccountState {
  /// The state in exports, whatever the language.
  fileprivate var exportName: String {
    switch self {
    case .failed: "failed"
    case .neverFetched: "never_fetched"
    case .fetching: "fetching"
    case .unpublished: "unpublished"
    case .provisional: "provisional"
    case .final: "final"
    }
  }
}

extension String {
  /// The sentence without its last stop, to be joined with others.
  fileprivate var droppingStop: String { hasSuffix(".") || hasSuffix("。") ? String(dropLast()) : self }
}
