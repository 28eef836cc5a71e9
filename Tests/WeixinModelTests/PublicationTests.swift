import Testing
import WeixinModel

@Suite("When a day is published and settled")
struct PublicationTests {
  private let day = BeijingDay.firstKept + 100

  private func messages(_ counts: [Int: Int]) -> HourlyMessages {
    HourlyMessages(
      day: day, rows: counts.map { HourlyRow(hour: $0.key, type: .text, users: 1, count: $0.value) })
  }

  @Test func `the rules as a table`() {
    let table: [(hours: Int, seconds: Int, full: Publication.Standing, empty: Publication.Standing)] = [
      (8, -1, .provisional, .unpublished), (8, 0, .provisional, .unpublished),
      (12, -1, .provisional, .unpublished), (12, 0, .final, .provisional), (24, 0, .final, .provisional),
      (32, -1, .final, .provisional), (32, 0, .final, .final), (500, 0, .final, .final),
    ]
    for (hours, seconds, full, empty) in table {
      let moment = (day + 1).start + hours * 3_600 + seconds
      #expect(Publication.standing(of: messages([9: 5]), at: moment) == full)
      #expect(Publication.standing(of: messages([:]), at: moment) == empty)
    }
  }

  @Test func `days open at 08:00 and are re-checked at noon, empty ones a day later`() {
    #expect(Publication.opens(day).rfc3339.hasSuffix("T08:00:00+08:00"))
    #expect(Publication.opens(day).beijingDay == day + 1)
    #expect(Publication.recheck(messages([9: 5])) == (day + 1).start(ofHour: 12))
    #expect(Publication.recheck(messages([:])) == (day + 2).start(ofHour: 8))
    #expect(Publication.settles(day) < Publication.settlesEmpty(day))
  }

  @Test func `the newest open day changes at 08:00`() {
    let opens = Publication.opens(day)
    #expect(Publication.newestOpen(at: opens + -1) == day - 1)
    #expect(Publication.newestOpen(at: opens) == day)
    #expect(Publication.newestOpen(at: opens + 57_599) == day, "until the next midnight")
    #expect(Publication.newestOpen(at: opens + 86_399) == day)
  }

  @Test func `each state of a day has its own facts`() {
    let now = (day + 1).start(ofHour: 9)
    func failed(_ error: APIError) -> DayStatus { DayStatus(failure: Failure(error: error, at: now)) }
    let notReady = APIError.weixin(WeixinFault(endpoint: .hourly, code: 61_503, message: ""))
    let kept = DayRecord(messages: messages([1: 1]), isFinal: false, fetchedAt: now)
    var final = kept
    final.isFinal = true
    #expect(DayStatus().state(of: .firstKept - 1, at: now) == .beforeRecords)
    #expect(DayStatus().state(of: day + 1, at: now) == .notOver(opens: Publication.opens(day + 1)))
    #expect(DayStatus().state(of: day, at: Publication.opens(day) + -1) == .unpublished)
    #expect(DayStatus().state(of: day, at: now) == .neverFetched)
    #expect(failed(notReady).state(of: day, at: now) == .unpublished)
    #expect(failed(.emptyDay).state(of: day, at: now) == .unpublished)
    #expect(failed(.timedOut(seconds: 10)).state(of: day, at: now) == .failed)
    #expect(DayStatus(record: kept, failure: Failure(error: .empty, at: now)).state(of: day, at: now) == .provisional)
    #expect(DayStatus(record: final).state(of: day, at: now) == .final)
  }
}
