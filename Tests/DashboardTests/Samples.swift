import Dashboard
import TerminalScreen
import WeixinModel

/// The account of the mock-ups: a Thursday in August 2026 with quiet hours and an evening peak.
enum Samples {
  static let day = BeijingDay(ordinal: 20_685)  // 2026-08-20
  static let noon = (day + 1).start(ofHour: 12) + 300

  static let shape = [
    800, 590, 400, 310, 0, 0, 300, 520, 940, 1_320, 1_300, 1_230, 1_200, 1_240, 1_020, 1_120, 1_130, 1_330, 1_410,
    1_850, 2_030, 2_010, 1_730, 1_290,
  ]

  static func messages(_ day: BeijingDay, percent: Int = 100, extra: [HourlyRow] = []) -> HourlyMessages {
    var rows = extra
    for (hour, total) in shape.enumerated() {
      for (type, share) in [(1, 57), (2, 23), (3, 11), (4, 5), (6, 4)] {
        let count = total * share * percent / 10_000
        if count > 0 {
          rows.append(HourlyRow(hour: hour, type: MessageType(type), users: (count + 1) / 2, count: count))
        }
      }
    }
    return HourlyMessages(day: day, rows: rows)
  }

  static func record(_ day: BeijingDay, percent: Int = 100, isFinal: Bool = true) -> DayRecord {
    DayRecord(
      messages: messages(day, percent: percent), isFinal: isFinal,
      fetchedAt: (day + 1).start(ofHour: isFinal ? 12 : 8) + 240)
  }

  /// Made once: every picture begins with it.
  static let status = {
    var status = AccountStatus(account: Account(name: "acme", title: "艾克美"))
    for back in 0..<15 {
      status.days[day - back] = DayStatus(record: record(day - back, percent: 100 - back * 7 % 40))
    }
    for known in status.days.values { if let record = known.record { status.history.insert(record) } }
    status.history.isWhole = true
    status.newestDay = day
    status.callsToday = 41
    status.archivedDays = 4_281
    let usual = MassSendSpeed(level: 3, realspeed: 30)
    status.speedSpans = [
      SpeedSpan(speed: usual, from: day.start(ofHour: 7), to: day.start(ofHour: 19)),
      SpeedSpan(
        speed: MassSendSpeed(level: 4, realspeed: 10), from: day.start(ofHour: 19) + 60, to: day.start(ofHour: 22)),
      SpeedSpan(speed: usual, from: day.start(ofHour: 22) + 60, to: noon + -42),
    ]
    status.speed = status.speedSpans.last
    status.nextPoll = noon + 78
    return status
  }()

  static func state(
    _ width: Int = 80, _ height: Int = 24, status: AccountStatus = status, mode: DrawingMode = DrawingMode(),
    language: Language = .en, day: BeijingDay? = nil, now: Timestamp = noon
  ) -> State {
    var look = Look(language: language, glyphs: mode.glyphs.name, terminalColors: mode.colors)
    look.isUnicode = true
    return State(status: status, size: Size(width: width, height: height), now: now, day: day, look: look)
  }
}

extension State {
  /// The state after some keys, and the effects that they asked for.
  mutating func press(_ keys: Key...) -> [Effect] {
    keys.flatMap { update(&self, .key($0), at: now) }.map(\.withoutNeighbours)
  }

  /// The screen's rows as text.
  var rows: [String] {
    Dashboard.view(self).text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  var text: String { Dashboard.view(self).text }
}

extension Effect {
  /// The effect, without the days that are shown besides the shown one.
  var withoutNeighbours: Effect {
    if case .show(let day, _) = self { return .show(day, and: []) }
    return self
  }
}
