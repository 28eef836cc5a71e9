import TerminalScreen
public import WeixinModel

/// The rows of getupstreammsghour as programs want them. CSV and JSON never change meaning.
public enum HourlyText {
  /// The first line of CSV.
  public static let csvHeader = "date,hour,msg_type,type,msg_user,msg_count,state\n"

  /// A day's lines of CSV.
  public static func csv(_ record: DayRecord) -> String {
    var text = ""
    for row in record.messages.rows {
      text += "\(record.messages.day),\(row.hour),\(row.type.number),\(row.type.reportName),"
      text += "\(row.users),\(row.count),\(state(record))\n"
    }
    return text
  }

  /// A day's objects, each on its own line, without the brackets around the whole array.
  public static func jsonObjects(_ record: DayRecord) -> [String] {
    record.messages.rows.map { row in
      "{\"date\":\"\(record.messages.day)\",\"hour\":\(row.hour),\"msg_type\":\(row.type.number),"
        + "\"type\":\"\(row.type.reportName)\",\"msg_user\":\(row.users),\"msg_count\":\(row.count),"
        + "\"state\":\"\(state(record))\"}"
    }
  }

  /// `final` or `provisional`.
  public static func state(_ record: DayRecord) -> String { record.isFinal ? "final" : "provisional" }
}

/// What `x` saves: the rows behind the view, or the view as it is drawn.
public func exportText(_ state: State, _ format: ExportFormat) -> String {
  switch format {
  case .text:
    // Backgrounds are lost in plain text: glyphs stand for what they say.
    var plain = state.withoutLayers
    plain.look.wishedColors = 0
    return view(plain).text + "\n"
  case .svg: return view(state.withoutLayers).svg(state.look.palette, isDark: state.look.theme == .dark)
  case .csv, .json: break
  }
  if state.view == .accounts { return AccountText.export(state, format) }
  let days = exportedDays(state)
  if days.count > 31 { return daily(days, state, format) }
  let records = days.compactMap { state.status[$0].record }
  if format == .csv { return HourlyText.csvHeader + records.map(HourlyText.csv).joined() }
  return array(records.flatMap(HourlyText.jsonObjects))
}

/// The name that an export gets: `wxtop-acme-week-2026-08-17.csv`.
func exportName(_ state: State, _ format: ExportFormat) -> String {
  if state.view == .accounts { return "wxtop-accounts-\(AccountList(state).day).\(format.rawValue)" }
  let account = String(state.status.account.name.map { $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : "-" })
  return "wxtop-\(account)-\(state.view.rawValue)-\(state.day).\(format.rawValue)"
}

/// The days that the view shows.
private func exportedDays(_ state: State) -> [BeijingDay] {
  let history = state.status.history
  switch state.view {
  case .day, .table, .speed, .accounts: return [state.day]
  case .week: return Array(state.day.monday...(state.day.monday + 6))
  case .month: return Array(state.day.daysOfMonth)
  case .year: return history.days(in: state.day.firstOfYear...(state.day.firstOfYear.adding(months: 12) - 1))
  case .all: return history.days(in: .firstKept...state.newestDay)
  }
}

/// One line a day: its messages, and how far they may be trusted.
private func daily(_ days: [BeijingDay], _ state: State, _ format: ExportFormat) -> String {
  let history = state.status.history
  let lines = days.compactMap { day -> (BeijingDay, Int, String, String)? in
    guard let total = history.total(of: day), let standing = history.standing(of: day) else { return nil }
    let marks = state.marks(of: day).map(\.name).joined(separator: "; ")
    return (day, total, standing == .final ? "final" : "provisional", marks)
  }
  if format == .csv {
    return "date,msg_count,state,marks\n" + lines.map { "\($0),\($1),\($2),\(csvField($3))\n" }.joined()
  }
  return array(
    lines.map { "{\"date\":\"\($0)\",\"msg_count\":\($1),\"state\":\"\($2)\",\"marks\":\(jsonText($3))}" })
}

func csvField(_ text: String) -> String {
  text.contains { ",\"\n\r".contains($0) }
    ? "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" : text
}

/// Names were cleaned of control characters where they came in, so that two characters are left to escape.
func jsonText(_ text: String) -> String {
  "\"" + text.reduce(into: "") { $0 += $1 == "\"" || $1 == "\\" ? "\\\($1)" : String($1) } + "\""
}

private func array(_ objects: [String]) -> String {
  objects.isEmpty ? "[]\n" : "[\n" + objects.joined(separator: ",\n") + "\n]\n"
}

extension State {
  /// The state with nothing over the view.
  var withoutLayers: State {
    var state = self
    state.layer = .none
    state.notice = nil
    return state
  }
}
