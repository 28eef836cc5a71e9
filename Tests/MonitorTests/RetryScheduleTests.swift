import Testing
import WeixinModel

@testable import Monitor

@Suite("Retry schedule")
struct RetryScheduleTests {
  private let day = Scene.monday
  private var now: Timestamp { (day + 1).start(ofHour: 9) }

  private func delay(_ error: APIError, _ attempts: Int, chance: Double = 0, day: BeijingDay? = nil) -> Int? {
    RetrySchedule.next(after: error, attempts: attempts, at: now, day: day, chance: chance).map { $0 - now }
  }

  @Test func `each class has its delays`() {
    #expect((1...11).map { delay(.empty, $0) } == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300])
    #expect(delay(.empty, 1_000_000) == 300)
    #expect(delay(.empty, 20, chance: 0.999) == 450)
    #expect((1...4).map { delay(fault(45_011), $0) } == [60, 120, 240, 300])
    #expect((1...4).map { delay(fault(42_001), $0) } == [60, 120, 240, 300])
    #expect((1...5).map { delay(.truncated, $0, day: day) } == [30, 60, 120, 240, 15 * 3_600])
    #expect((1...5).map { delay(.tokenSource(cause: ""), $0) } == [30, 60, 120, 240, 300])
    #expect(delay(.http(status: 429, retryAfter: 60), 7) == 60)
    #expect(delay(.truncated, 9) == 300)
    #expect(delay(fault(45_009), 1) == 15 * 3_600)
    #expect(delay(fault(45_009), 1, chance: 0.5) == 15 * 3_600 + 30)
    #expect(delay(fault(89_506), 1) == 86_400)
    #expect(delay(fault(89_507), 3) == 3_600)
    #expect(delay(.misconfigured(cause: ""), 1) == nil)
    for error in [
      fault(40_013), fault(40_066), fault(41_003), fault(89_501), fault(40_164), fault(48_001), fault(61_501),
      .noToken(cause: ""),
    ] {
      #expect((1...3).map { delay(error, $0) } == [3_600, 3_600, 3_600], "nobody may be there to ask for it")
    }
  }

  @Test func `the wait for a late day grows from 20 minutes to two hours`() {
    let table = [
      (7 * 3_600, 3_600), (8 * 3_600, 1_200), (42_900, 300), (12 * 3_600, 1_800), (100_000, 1_800),
      (32 * 3_600 - 1, 1_800), (32 * 3_600, 7_200), (900_000, 7_200),
    ]
    for (second, expected) in table {
      let moment = (day + 1).start + second
      for error in [APIError.emptyDay, fault(61_503)] {
        let next = RetrySchedule.next(after: error, attempts: 3, at: moment, day: day, chance: 0.9)
        #expect(next.map { $0 - moment } == expected)
      }
    }
  }

  @Test func `a failure reaches as far as its cause`() {
    let table: [(APIError, FailureScope)] = [
      (fault(40_013, .token), .account), (fault(-1, .token), .account), (.noToken(cause: ""), .account),
      (.tokenSource(cause: ""), .account),
      (.unreachable(host: "h", cause: "c"), .account), (.tls(host: "h", cause: "c"), .account),
      (fault(48_001), .endpoint), (fault(45_009), .endpoint), (fault(-1), .endpoint),
      (.timedOut(seconds: 1), .endpoint),
      (fault(42_001), .endpoint), (.truncated, .endpoint), (fault(61_503), .day), (.emptyDay, .day),
      (fault(61_501), .day), (fault(61_004), .account),
    ]
    for (error, scope) in table { #expect(FailureScope(error) == scope) }
  }
}
