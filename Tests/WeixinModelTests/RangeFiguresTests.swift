import Testing
import WeixinModel

@Suite struct RangeFiguresTests {
  private static let day = BeijingDay(ordinal: 20_685)

  private static func history(_ totals: [Int: Int], users: Int = 7) -> History {
    var history = History()
    for (back, total) in totals {
      let row = HourlyRow(hour: 3, type: MessageType(1), users: users + back, count: total)
      let messages = HourlyMessages(day: day - back, rows: total > 0 ? [row] : [])
      history.insert(DayRecord(messages: messages, isFinal: true, fetchedAt: (day + 1).start))
    }
    return history
  }

  private static func figures(_ history: History, days: Int, _ metric: Metric = .messages) -> RangeFigures {
    RangeFigures(
      (day - (days - 1))...day, metric, partner: { $0 - 7 }, number: { history.total(of: $0, Measure(metric)) })
  }

  @Test func `a missing day does not count as zero`() {
    let history = Self.history([0: 10, 2: 20, 3: 0])
    let figures = Self.figures(history, days: 7)
    #expect(figures.days == 3)
    #expect(figures.total == 30)
    #expect(figures.mean == 10)
    #expect(figures.best == Self.day - 2)
    #expect(figures.most == 20)
  }

  @Test func `only days whose earlier counterpart is kept are compared`() {
    let history = Self.history([0: 10, 1: 50, 7: 8, 9: 4])
    let figures = Self.figures(history, days: 4)
    #expect(figures.comparedDays == 1)
    #expect(figures.compared == 10)
    #expect(figures.before == 8)
  }

  @Test func `users are never added up`() {
    let history = Self.history([0: 10, 1: 50])
    let figures = Self.figures(history, days: 4, .users)
    #expect(figures.total == 8)
  }

  @Test func `without kept days there are no figures`() {
    let figures = Self.figures(History(), days: 1)
    #expect(figures == RangeFigures())
    #expect(figures.mean == nil)
  }
}
