import Logging
import WeixinModel

extension AlertDesk {
  /// Shows changes at once, then keeps them, then hands them on.
  func carryOut(_ changes: [AlertWatch.Change]) async {
    let now = clock.now()
    let isQuiet = rules.quiet?.contains(now) ?? false
    var (raised, updated, told): ([Alert], [Alert], [Alert]) = ([], [], [])
    for change in changes {
      switch change {
      case .raised(let alert):
        let notified = isQuiet ? nil : watches[alert.account.name]?.notify(alert.id, at: now)
        raised.append(notified ?? alert)
        if let notified { told.append(notified) }
      case .updated(let alert): updated.append(alert)
      case .cleared(let alert):
        updated.append(alert)
        closed.append(alert)
        guard alert.notifiedAt != nil else { continue }
        if isQuiet { withheld.append(alert) } else { told.append(alert) }
      }
    }
    trim()
    publish()
    let refused = await save(raised: raised, updated: updated)
    if !refused.isEmpty {
      for alert in raised where refused.contains(alert.id) { watches[alert.account.name]?.forget(alert.id) }
      takenOver = nil
      takeOver()
      publish()
    }
    for change in changes { note(change, refused) }
    for alert in told where !refused.contains(alert.id) { await deliver(alert) }
  }

  /// When what quiet hours hold back is to be told; nil while nothing is.
  var quietEnd: Timestamp? {
    guard let quiet = rules.quiet else { return nil }
    let now = clock.now()
    guard quiet.contains(now), !withheld.isEmpty || watches.values.contains(where: { !$0.untold.isEmpty })
    else { return nil }
    return quiet.end(after: now)
  }

  /// Tells, once quiet hours are over, what is still so and nobody has seen.
  func notifyAfterQuiet() async {
    let now = clock.now()
    guard rules.quiet?.contains(now) != true else { return }
    var told: [Alert] = []
    for name in watches.keys where !followed.contains(name) {
      for alert in watches[name]?.untold ?? [] {
        if let alert = watches[name]?.notify(alert.id, at: now) { told.append(alert) }
      }
    }
    let over = withheld
    withheld = []
    if !told.isEmpty {
      publish()
      await save(updated: told)
    }
    for alert in over + told { await deliver(alert) }
  }

  private func words(_ alert: Alert) -> String {
    var fields = [("account", alert.account.name), ("alert", alert.rule.rawValue)]
    if !alert.subject.isEmpty { fields.append(("subject", alert.subject)) }
    fields.append(("severity", alert.severity.rawValue))
    return fields.map(LogWords.field).joined(separator: " ")
  }

  private func note(_ change: AlertWatch.Change, _ refused: Set<Alert.ID>) {
    switch change {
    case .raised(let alert):
      if !refused.contains(alert.id) { logger?.notice("\(words(alert)) raised") }
    case .cleared(let alert): logger?.notice("\(words(alert)) over")
    case .updated: break
    }
  }
}

extension AlertWatch {
  /// Alerts that were neither rung nor seen.
  var untold: [Alert] { open.filter { $0.notifiedAt == nil && $0.acknowledgedAt == nil } }
}
