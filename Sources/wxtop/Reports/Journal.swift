import Dashboard
import WeixinModel

/// What happens to the accounts as lines for a journal, each once: what goes well as ever is no line.
actor Journal {
  private let language: Language
  private var last: [String: LogEntry] = [:]
  /// The failures that were told and have not passed yet, by account and call.
  private var failing: [String: [WeixinFault.Endpoint: String]] = [:]

  /// The alerts that were open when they were seen last; nil before the first time.
  private var open: [Alert.ID: Alert]?

  init(language: Language) { self.language = language }

  /// The lines that the statuses have brought since they were seen last.
  func lines(of statuses: [AccountStatus]) -> [String] {
    statuses.flatMap { status in
      let name = status.account.name
      let told = last[name]
      // The last one that was told may have left the log.
      let known =
        told.flatMap { status.log.lastIndex(of: $0) }.map { $0 + 1 }
        ?? told.flatMap { told in status.log.firstIndex { $0.at > told.at } } ?? (told == nil ? 0 : status.log.count)
      if let newest = status.log.last { last[name] = newest }
      return status.log[known...].compactMap { entry in
        line(entry, name).map { "\(entry.at.rfc3339) \(name): \($0)" }
      }
    }
  }

  /// The lines of alerts that were raised or are over since they were seen last.
  func lines(of alerts: [Alert]) -> [String] {
    defer { open = alerts.filter(\.isOpen).reduce(into: [:]) { $0[$1.id] = $1 } }
    guard let open else { return alerts.filter(\.isOpen).map { line($0, at: $0.raisedAt) } }
    let raised = alerts.filter { $0.isOpen && open[$0.id] == nil }
    let over = alerts.filter { !$0.isOpen && open[$0.id] != nil }
    return (raised + over).map { line($0, at: $0.clearedAt ?? $0.raisedAt) }
  }

  private func line(_ alert: Alert, at moment: Timestamp) -> String {
    let words = AlertWords(alert, Numerals(language)).headline
    let what = alert.isOpen ? (language == .zh ? "告警" : "alert") : (language == .zh ? "告警结束" : "alert over")
    return "\(moment.rfc3339) \(alert.account.name): \(what): \(words)"
  }

  private func line(_ entry: LogEntry, _ name: String) -> String? {
    let isChinese = language == .zh
    switch entry.happening {
    case .speedChanged(let from, let to):
      let (before, after) = (Self.speed(from), Self.speed(to))
      return isChinese ? "群发速度 \(before) → \(after)" : "mass-send speed \(before) -> \(after)"
    case .revised(let day, let from, let to):
      return isChinese ? "\(day) 修订：\(from) → \(to)" : "\(day) revised: \(from) -> \(to) messages"
    case .call(let endpoint, let day, _, let error?):
      let what = ([endpoint.rawValue] + (day.map { ["\($0)"] } ?? [])).joined(separator: " ")
      let words = what + ": " + Explanation(error, language).headline.cleaned(limit: 200)
      // A call that goes on failing is told once.
      if failing[name]?[endpoint] == words { return nil }
      failing[name, default: [:]][endpoint] = words
      return words
    case .call(let endpoint, let day, let milliseconds, nil):
      if failing[name]?.removeValue(forKey: endpoint) != nil {
        return endpoint.rawValue + (isChinese ? ": 已恢复" : ": works again")
      }
      // Older days come by the dozen and are no news.
      guard let day, day == Publication.newestOpen(at: entry.at) else { return nil }
      return isChinese ? "\(day) 已取得（\(milliseconds) 毫秒）" : "\(day) fetched (\(milliseconds) ms)"
    }
  }

  private static func speed(_ speed: MassSendSpeed) -> String {
    "L\(speed.level) \(Numerals(.en).speed(speed.realspeed))"
  }
}
