import Dashboard
import Testing
import WeixinModel

/// CSV and JSON of each view: all of its days, with how they stand. And the day in words.
@Suite struct ExportTests {
  private static let status = Samples.longStatus

  private func lines(_ view: ViewName) -> [String] {
    exportText(Samples.wideState(view, status: Self.status), .csv).split(separator: "\n").map(String.init)
  }

  @Test func `a month's export lists every past day with its state`() {
    let lines = lines(.month)
    #expect(lines.first == "date,hour,msg_type,type,msg_user,msg_count,state,marks")
    #expect(lines.contains("2026-08-12,,,,,,never_fetched,") && lines.contains("2026-08-15,,,,,,failed,"))
    #expect(lines.contains("2026-08-07,,,,,,never_fetched,"), "a call is under way")
    #expect(lines.contains("2026-08-09,,,,0,0,final,"), "nobody wrote")
    #expect(lines.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == 8 })
    let ofMark = lines.filter { $0.hasPrefix("2026-08-17,") }
    #expect(!ofMark.isEmpty && ofMark.allSatisfy { $0.hasSuffix(",final,campaign") })
    #expect(lines.filter { $0.hasPrefix("2026-08-20,") }.allSatisfy { $0.hasSuffix(",provisional,") })
    var totals: [String: Int] = [:]
    for line in lines.dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      totals[cells[0], default: 0] += Int(cells[5]) ?? 0
    }
    // The first days are not loaded: of these the history has the sum.
    for back in 0..<20 {
      let day = Samples.day - back
      #expect(totals["\(day)"] == Self.status.history.total(of: day) ?? 0, "\(day)")
    }
    #expect(totals.count == 20, "none of the days to come")
  }

  @Test func `a week's export ends with its newest day`() {
    let days = Set(lines(.week).dropFirst().map { String($0.prefix(10)) })
    #expect(days == ["2026-08-17", "2026-08-18", "2026-08-19", "2026-08-20"])
  }

  @Test func `JSON has the states and marks too`() {
    let json = exportText(Samples.wideState(.month, status: Self.status), .json)
    #expect(
      json.contains(
        "{\"date\":\"2026-08-12\",\"hour\":null,\"msg_type\":null,\"type\":null,\"msg_user\":null,"
          + "\"msg_count\":null,\"state\":\"never_fetched\",\"marks\":\"\"}"))
    #expect(json.contains("\"state\":\"final\",\"marks\":\"campaign\"}"))
    let year = exportText(Samples.wideState(.year, status: Self.status), .json)
    #expect(
      year.contains("{\"date\":\"2026-08-15\",\"msg_count\":null,\"state\":\"failed\",\"marks\":\"\"}"))
    var state = Samples.state()
    state.marks = [Mark(name: "七夕", days: Samples.day...Samples.day)]
    #expect(exportText(state, .json).contains("\"state\":\"final\",\"marks\":\"七夕\"}"))
  }

  @Test func `exports of a year and of all years have every day`() {
    let year = lines(.year)
    #expect(year.count == 233 && year[1].hasPrefix("2026-01-01,") && year.last?.hasPrefix("2026-08-20,") == true)
    #expect(year.contains("2026-08-12,,never_fetched,") && year.contains("2026-08-15,,failed,"))
    let all = lines(.all)
    #expect(all.count == 2 + (Samples.day - BeijingDay.firstKept))
    #expect(all[1] == "2014-12-01,,never_fetched,")
    var unread = Self.status
    unread.history = History()
    let text = exportText(Samples.wideState(.year, status: unread), .csv)
    #expect(text.contains("\n2026-03-01,,,\n"), "nobody knows yet")
  }

  @Test func `a day without rows is exported with its state`() {
    var status = AccountStatus(account: Account(name: "acme"))
    status.history.isWhole = true
    let header = "date,hour,msg_type,type,msg_user,msg_count,state\n"
    let early = Samples.state(status: status, day: Samples.day, now: (Samples.day + 1).start(ofHour: 7))
    #expect(exportText(early, .csv) == header + "2026-08-20,,,,,,unpublished\n")
    let late = Samples.state(status: status, day: Samples.day)
    #expect(exportText(late, .csv) == header + "2026-08-20,,,,,,never_fetched\n")
  }

  @Test func `the speed view exports its speeds`() {
    var state = Samples.state()
    state.view = .speed
    #expect(
      exportText(state, .csv) == """
        from,to,speed,realspeed,nominal,unit
        2026-08-20T07:00:00+08:00,2026-08-20T19:00:00+08:00,3,30,30,10000/min
        2026-08-20T19:01:00+08:00,2026-08-20T22:00:00+08:00,4,10,10,10000/min
        2026-08-20T22:01:00+08:00,2026-08-21T12:04:18+08:00,3,30,30,10000/min

        """)
    state.status.speedSpans = [
      SpeedSpan(
        speed: MassSendSpeed(level: 7, realspeed: 15), from: Samples.day.start, to: Samples.day.start(ofHour: 1))
    ]
    #expect(
      exportText(state, .json)
        == "[\n{\"from\":\"2026-08-20T00:00:00+08:00\",\"to\":\"2026-08-20T01:00:00+08:00\",\"speed\":7,"
        + "\"realspeed\":15,\"nominal\":null,\"unit\":\"10000/min\"}\n]\n")
    state.status.speedSpans = []
    #expect(exportText(state, .csv) == "from,to,speed,realspeed,nominal,unit\n" && exportText(state, .json) == "[]\n")
  }

  @Test func `plain text compares with a day known only from history`() {
    var status = Samples.status
    status.days[Samples.day - 7] = nil
    #expect(plainText(Samples.state(status: status)).contains("% more than Thu 13 Aug"))
    #expect(plainText(Samples.state(status: status, language: .zh)).contains("比8月13日周四多 "))
    status.history = History()
    #expect(!plainText(Samples.state(status: status)).contains("13 Aug"))
  }
}
