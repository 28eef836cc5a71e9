import TerminalScreen
public import WeixinModel

/// The rows of getupstreammsghour as programs want them. CSV and JSON never change meaning.
public enum HourlyText {
  /// The first line of CSV.
  public static let csvHeader = "date,hour,msg_type,type,msg_user,msg_count,state\n"

  /// A day's lines of CSV.
  public static func csv(_ record: DayRecord) -> String { csv(record, more: "") }

  /// A day's lines of CSV with more at the end of each.
  static func csv(_ record: DayRecord, more: String) -> String {
    var text = ""
    for row in record.messages.rows {
      text += "\(record.messages.day),\(row.hour),\(row.type.number),\(row.type.reportName),"
      text += "\(row.users),\(row.count),\(state(record))\(more)\n"
    }
    return text
  }

  /// A day's objects, each on its own line, without the brackets around the whole array.
  public static func jsonObjects(_ record: DayRecord) -> [String] { jsonObjects(record, more: "") }

  /// A day's objects with more keys at the end of each.
  static func jsonObjects(_ record: DayRecord, more: String) -> [String] {
    record.messages.rows.map { row in
      "{\"date\":\"\(record.messages.day)\",\"hour\":\(row.hour),\"msg_type\":\(row.type.number),"
        + "\"type\":\"\(row.type.reportName)\",\"msg_user\":\(row.users),\"msg_count\":\(row.count),"
        + "\"state\":\"\(state(record))\"\(more)}"
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
  return switch state.view {
  case .accounts: AccountText.export(state, format)
  case .speed: SpeedText.export(state, format)
  case .year, .all: ExportedDays(state).daily(format)
  case .day, .table, .week, .month: ExportedDays(state).hourly(format)
  }
}

/// The name that an export gets: `wxtop-acme-week-2026-08-17.csv`.
func exportName(_ state: State, _ format: ExportFormat) -> String {
  if state.view == .accounts { return "wxtop-accounts-\(AccountList(state).day).\(format.rawValue)" }
  let account = String(state.status.account.name.map { $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : "-" })
  return "wxtop-\(account)-\(state.view.rawValue)-\(state.day).\(format.rawValue)"
}

/// Objects as an array, each on its own line.
func jsonArray(_ objects: [String]) -> String {
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
