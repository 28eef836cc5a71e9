import Dashboard
import TerminalScreen
import WeixinModel

/// Fourteen months of the mock-ups' account, with a day in every state.
extension Samples {
  static let failedDay = day - 5
  static let missingDay = day - 8
  static let emptyDay = day - 11
  static let fetchingDay = day - 13
  static let revisedDay = day - 7

  static func percent(_ day: BeijingDay) -> Int {
    let grown = 60 + (day.ordinal - 20_250) / 10
    return grown * (day.isWeekend ? 70 : 100) / 100 * (88 + day.ordinal * 7_919 % 31) / 100
  }

  /// Made once, as most wide pictures show it.
  static let longStatus = longStatus()

  /// A status of `days` days up to the newest.
  static func longStatus(days: Int = 430) -> AccountStatus {
    var status = Samples.status
    status.days = [:]
    status.history = History()
    for back in 0..<days {
      let date = day - back
      guard date >= .firstKept, ![failedDay, missingDay, fetchingDay].contains(date) else { continue }
      var record = record(date, percent: percent(date), isFinal: back > 0)
      if date == emptyDay { record.messages = HourlyMessages(day: date, rows: []) }
      if date == revisedDay { record.revision = 2 }
      status.history.insert(record)
      if back < 15 { status.days[date] = DayStatus(record: record) }
    }
    status.days[failedDay] = DayStatus(failure: Failure(error: .timedOut(seconds: 10), at: noon + -900))
    status.days[fetchingDay] = DayStatus(isFetching: true)
    status.history.isWhole = true
    status.archivedDays = status.history.count
    return status
  }

  static func wideState(
    _ view: ViewName, _ width: Int = 80, _ height: Int = 24, mode: DrawingMode = DrawingMode(),
    language: Language = .en, status: AccountStatus = longStatus
  ) -> State {
    var state = state(width, height, status: status, mode: mode, language: language)
    state.view = view
    state.marks = [Mark(name: "campaign", days: (day - 3)...(day - 2))]
    return state
  }
}
