import TerminalScreen
import WeixinModel

/// Takes the alerts, and rings for one that was not told before.
func heard(_ alerts: [Alert], _ state: inout State) -> [Effect] {
  let told = Set(state.alerts.filter { $0.notifiedAt != nil }.map(\.id))
  let isNew = state.knowsAlerts && alerts.contains { $0.isPending && $0.notifiedAt != nil && !told.contains($0.id) }
  state.alerts = alerts
  state.knowsAlerts = true
  if case .alerts(let row) = state.layer { state.layer = .alerts(row: min(row, max(0, alerts.count - 1))) }
  return isNew && state.rings ? [.bell] : []
}

/// Notes that some alerts are seen, at once on the screen too.
func acknowledge(_ alerts: [Alert], _ state: inout State) -> [Effect] {
  let names = Set(alerts.filter(\.isPending).map(\.id))
  guard !names.isEmpty else {
    state.notice = .init(.said(en: "No alert waits to be acknowledged", zh: "没有待确认的告警"))
    return []
  }
  for index in state.alerts.indices where names.contains(state.alerts[index].id) {
    state.alerts[index].acknowledgedAt = state.now
  }
  let isASCII = state.numerals.isASCII
  func text(_ language: Language) -> String {
    guard names.count == 1, let alert = alerts.first(where: \.isPending) else { return "\(names.count)" }
    return AlertWords(alert, Numerals(language, isASCII: isASCII)).headline
  }
  state.notice = .init(.said(en: "Acknowledged: \(text(.en))", zh: "已确认：\(text(.zh))"))
  return [.acknowledge(state.alerts.map(\.id).filter(names.contains))]
}

func inAlerts(_ key: Key, _ action: Action?, _ row: Int, _ state: inout State) -> [Effect] {
  let alerts = AlertPanel.alerts(state)
  let page = max(1, AlertPanel.rows(state))
  func moved(by rows: Int) { state.layer = .alerts(row: min(max(0, alerts.count - 1), max(0, row + rows))) }
  switch key {
  case .up, "k": moved(by: -1)
  case .down, "j": moved(by: 1)
  case .pageUp: moved(by: -page)
  case .pageDown: moved(by: page)
  case .home, "g": moved(by: -alerts.count)
  case .end, "G": moved(by: alerts.count)
  case .enter, " ": return acknowledge(alerts.indices.contains(row) ? [alerts[row]] : [], &state)
  case "a": return acknowledge(alerts, &state)
  default:
    if action == .acknowledge { return acknowledge(alerts.indices.contains(row) ? [alerts[row]] : [], &state) }
    if action == .copy {
      state.layer = .none
      return [.copy(AlertPanel.text(state), what: .said(en: "The alerts", zh: "告警"))]
    }
    return closed(key, action, by: .alerts, &state)
  }
  return []
}
