import Testing
import WeixinModel
import WeixinSimulator

@Suite struct HistoryTests {
  private let history = SimulatedHistory()

  private func day(_ text: String) throws -> BeijingDay { try #require(BeijingDay(text)) }

  private func total(_ day: BeijingDay) -> Int { history.rows(on: day).reduce(0) { $0 + $1.count } }

  private func days(of year: Int) throws -> [BeijingDay] {
    Array(try day("\(year)-01-01")..<(try day("\(year + 1)-01-01")))
  }

  private func median(_ numbers: [Int]) throws -> Int {
    try #require(numbers.isEmpty ? nil : numbers.sorted()[numbers.count / 2])
  }

  @Test func `the same seed makes the same rows`() throws {
    let date = try day("2024-05-06")
    #expect(SimulatedHistory(seed: 7).rows(on: date) == SimulatedHistory(seed: 7).rows(on: date))
    #expect(SimulatedHistory(seed: 7).rows(on: date) != SimulatedHistory(seed: 8).rows(on: date))
    #expect(history.rows(on: date) != history.rows(on: date + 7))
  }

  /// Reports and screenshots of the demonstration depend on these numbers: change them knowingly.
  @Test func `a known day has its known total`() throws {
    #expect(total(try day("2025-11-11")) == 64_051)
  }

  @Test func `there is nothing before the records begin`() throws {
    #expect(history.rows(on: try day("2014-11-30")).isEmpty)
    #expect(!history.rows(on: .firstKept).isEmpty)
  }

  @Test func `rows are as Weixin sends them`() throws {
    for date in try days(of: 2025) {
      let rows = history.rows(on: date)
      #expect(rows.allSatisfy { (0...23).contains($0.hour) && $0.count > 0 && (1...$0.count).contains($0.users) })
      #expect(zip(rows, rows.dropFirst()).allSatisfy { ($0.hour, $0.type) < ($1.hour, $1.type) })
    }
  }

  @Test func `messages grow from year to year`() throws {
    let first = try median((0..<60).map { total(.firstKept + $0) })
    let recent = try median(days(of: 2026).map(total))
    #expect((500...1_200).contains(first))
    #expect((15_000...25_000).contains(recent))
    let years = try (2015...2026).map { year in try median(days(of: year).map(total)) }
    #expect(zip(years, years.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test(arguments: 2015...2026)
  func `shopping festivals stand out`(year: Int) throws {
    let eleventh = try day("\(year)-11-11")
    let neighbours = try median((1...21).map { total(eleventh - 4 - $0) })
    #expect(total(eleventh) > neighbours * 2)
    #expect(total(eleventh) > total(eleventh - 1) && total(eleventh) > total(eleventh + 1))
    let eighteenth = try day("\(year)-06-18")
    let june = try median((1...14).map { total(eighteenth - 3 - $0) })
    #expect(Double(total(eighteenth)) > Double(june) * 1.35)
    #expect(total(eighteenth) < total(eleventh))
  }

  @Test func `Spring Festival is quiet`() throws {
    let newYear = try day("2026-02-17")
    let before = try median((10..<31).map { total(newYear - $0) })
    #expect(total(newYear) * 2 < before)
  }

  @Test func `weekends are quieter`() throws {
    let year = try days(of: 2025)
    let weekend = try median(year.filter(\.isWeekend).map(total))
    let week = try median(year.filter { !$0.isWeekend }.map(total))
    #expect(Double(weekend) < Double(week) * 0.9)
  }

  @Test func `hours have a night and an evening`() throws {
    var hours = [Int](repeating: 0, count: 24)
    var quietNights = 0
    for date in try days(of: 2025) {
      let messages = HourlyMessages(day: date, rows: history.rows(on: date))
      for hour in 0..<24 { hours[hour] += messages.hourTotals[hour] }
      if !messages.isEmpty, messages.hourTotals[4] == 0 { quietNights += 1 }
    }
    let byMessages = hours.indices.sorted { hours[$0] < hours[$1] }
    let trough = try #require(byMessages.first)
    let peak = try #require(byMessages.last)
    #expect([20, 21].contains(peak))
    #expect([4, 5].contains(trough))
    #expect(hours[9] > hours[7] && hours[12] > hours[14])
    #expect((150...300).contains(quietNights))
  }

  @Test func `each year has two empty days and some outages`() throws {
    for year in 2015...2025 {
      let all = try days(of: year).map { HourlyMessages(day: $0, rows: history.rows(on: $0)) }
      #expect(all.count { $0.isEmpty } == 2, "\(year)")
      #expect(all.contains { !$0.isEmpty && $0.hourTotals[9...18].contains(0) }, "\(year)")
    }
  }

  @Test func `campaigns stand out for an hour`() throws {
    let spikes = try days(of: 2025).count { date in
      let hours = HourlyMessages(day: date, rows: history.rows(on: date)).hourTotals
      let highest = hours.sorted(by: >)
      return highest[0] > 0 && Double(highest[0]) > Double(highest[2]) * 1.8
    }
    #expect((4...30).contains(spikes))
  }

  @Test func `types drift over the years`() throws {
    func shares(of year: Int) throws -> [MessageType: Double] {
      var totals: [MessageType: Int] = [:]
      for date in try days(of: year) {
        for row in history.rows(on: date) { totals[row.type, default: 0] += row.count }
      }
      let sum = Double(totals.values.reduce(0, +))
      return totals.mapValues { Double($0) / sum }
    }
    let early = try shares(of: 2015)
    let late = try shares(of: 2025)
    for type in MessageType.documented { #expect((late[type] ?? 0) > 0.03) }
    #expect((0.5...0.64).contains(late[.text] ?? 0))
    #expect((early[.voice] ?? 0) > (late[.voice] ?? 0) * 1.5)
    #expect((early[.video] ?? 0) * 1.5 < (late[.video] ?? 0))
  }

  @Test func `an unknown type is very rare`() throws {
    let strange = (BeijingDay.firstKept..<(try day("2026-01-01"))).count { date in
      history.rows(on: date).contains { !MessageType.documented.contains($0.type) }
    }
    #expect((1...40).contains(strange))
  }
}
