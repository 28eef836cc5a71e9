import WeixinModel

/// The days behind a view as rows for programs: every day of its range, also those without numbers, with how it stands.
struct ExportedDays {
  let state: State
  /// Without those before 2014-12-01, of which Weixin keeps nothing, and those that are not over.
  let days: [BeijingDay]

  init(_ state: State) {
    self.state = state
    let range: ClosedRange<BeijingDay> =
      switch state.view {
      case .week: state.day.monday...(state.day.monday + 6)
      case .month: state.day.daysOfMonth
      case .year: state.day.firstOfYear...(state.day.firstOfYear.adding(months: 12) - 1)
      case .all: BeijingDay.firstKept...max(.firstKept, state.newestDay)
      case .day, .table, .speed, .accounts: state.day...state.day
      }
    days = range.filter { $0 >= .firstKept && $0 <= state.newestDay }
  }

  /// A line for each hour and type; for a day that has none, one with how the day stands.
  func hourly(_ format: ExportFormat) -> String {
    guard format == .csv else {
      return jsonArray(days.flatMap { hourlyObjects($0, more: ",\"marks\":\(JSONText.quoted(markNames(of: $0)))") })
    }
    // A day's file is that of `wxtop hours` to the letter, and that has no marks.
    guard state.view == .week || state.view == .month else {
      return HourlyText.csvHeader + days.map { hourlyLines($0, more: "") }.joined()
    }
    let header = String(HourlyText.csvHeader.dropLast())
    return header + ",marks\n" + days.map { hourlyLines($0, more: "," + CSVText.cell(markNames(of: $0))) }.joined()
  }

  private func hourlyLines(_ day: BeijingDay, more: String) -> String {
    if let record = state.recordWithRows(of: day) { return HourlyText.csv(record, more: more) }
    let (users, count) = totals(of: day)
    let word = state.standingWord(of: day) ?? ""
    return "\(day),,,,\(users ?? ""),\(count ?? ""),\(word)\(more)\n"
  }

  private func hourlyObjects(_ day: BeijingDay, more: String) -> [String] {
    if let record = state.recordWithRows(of: day) { return HourlyText.jsonObjects(record, more: more) }
    let (users, count) = totals(of: day)
    let word = state.standingWord(of: day).map(JSONText.quoted) ?? "null"
    return [
      "{\"date\":\"\(day)\",\"hour\":null,\"msg_type\":null,\"type\":null,\"msg_user\":\(users ?? "null"),"
        + "\"msg_count\":\(count ?? "null"),\"state\":\(word)\(more)}"
    ]
  }

  /// Users and messages of a day without rows: zero where nobody wrote, the sum alone where no more is loaded, and
  /// nothing, which is not zero, where the day is not kept.
  private func totals(of day: BeijingDay) -> (users: String?, count: String?) {
    guard let total = state.keptTotal(of: day) else { return (nil, nil) }
    return (total == 0 ? "0" : nil, "\(total)")
  }

  /// One line a day: its messages, and how far they may be trusted.
  func daily(_ format: ExportFormat) -> String {
    if format == .csv {
      let lines = days.map { day in
        let total = state.keptTotal(of: day).map { "\($0)" } ?? ""
        return "\(day),\(total),\(state.standingWord(of: day) ?? ""),\(CSVText.cell(markNames(of: day)))\n"
      }
      return "date,msg_count,state,marks\n" + lines.joined()
    }
    return jsonArray(
      days.map { day in
        let total = state.keptTotal(of: day).map { "\($0)" } ?? "null"
        let word = state.standingWord(of: day).map(JSONText.quoted) ?? "null"
        let marks = JSONText.quoted(markNames(of: day))
        return "{\"date\":\"\(day)\",\"msg_count\":\(total),\"state\":\(word),\"marks\":\(marks)}"
      })
  }

  private func markNames(of day: BeijingDay) -> String { state.markNames(of: day, separator: "; ") }
}

extension State {
  /// A day's messages, from the day or from the history; nil where it is not kept.
  func keptTotal(of day: BeijingDay) -> Int? { status[day].record?.messages.total ?? status.history.total(of: day) }

  /// A loaded day that has rows.
  fileprivate func recordWithRows(of day: BeijingDay) -> DayRecord? {
    status[day].record.flatMap { $0.messages.rows.isEmpty ? nil : $0 }
  }

  /// How a day stands, in the words of the metrics; nil while nobody knows, since the archive is still being read.
  fileprivate func standingWord(of day: BeijingDay) -> String? {
    if let record = status[day].record { return HourlyText.state(record) }
    if let standing = status.history.standing(of: day) { return standing == .final ? "final" : "provisional" }
    switch status[day].state(of: day, at: now) {
    case .final: return "final"
    case .provisional: return "provisional"
    case .unpublished: return "unpublished"
    case .failed: return "failed"
    case .neverFetched: return status.history.isWhole ? "never_fetched" : nil
    case .beforeRecords, .notOver: return nil
    }
  }
}
