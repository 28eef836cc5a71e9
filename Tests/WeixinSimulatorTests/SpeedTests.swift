import Testing
import WeixinModel
import WeixinSimulator

@Suite struct SpeedTests {
  private let speed = SimulatedSpeed()
  private let start = BeijingDay.firstKept.start

  @Test func `spans agree with the speed at each moment`() {
    let end = start + 10 * 86_400 + 12_345
    let spans = speed.spans(from: start + 777, to: end)
    #expect(spans.first?.from == start + 777)
    #expect(spans.last?.to == end)
    for (span, next) in zip(spans, spans.dropFirst()) {
      #expect(span.to + 1 == next.from)
      #expect(span.speed != next.speed)
    }
    for span in spans {
      #expect(span.from <= span.to)
      #expect(speed.speed(at: span.from) == span.speed && speed.speed(at: span.to) == span.speed)
    }
  }

  @Test func `it changes a few times a day`() {
    for day in 0..<30 {
      let spans = speed.spans(from: start + day * 86_400, to: start + (day + 1) * 86_400)
      #expect((5...9).contains(spans.count))
    }
  }

  @Test func `it is mostly level three and sometimes off nominal`() {
    let spans = speed.spans(from: start, to: start + 90 * 86_400)
    func seconds(_ matches: (MassSendSpeed) -> Bool) -> Int {
      spans.filter { matches($0.speed) }.reduce(0) { $0 + ($1.to - $1.from) }
    }
    #expect(seconds { $0 == MassSendSpeed(level: 3, realspeed: 30) } > 90 * 86_400 * 6 / 10)
    #expect(seconds { $0 == MassSendSpeed(level: 3, realspeed: 15) } > 0)
    #expect(seconds { $0.level == 4 } > 0 && seconds { $0.level == 0 } > 0)
    #expect(spans.allSatisfy { (0...4).contains($0.speed.level) })
  }

  @Test func `it may change every few seconds`() {
    let quick = SimulatedSpeed(changeEvery: 5)
    let spans = quick.spans(from: start, to: start + 59)
    #expect(spans.count >= 12)
    #expect(quick.speed(at: start) == quick.speed(at: start + 30))
    #expect(quick.speed(at: start) != quick.speed(at: start + 5))
  }

  @Test func `there are no spans backward`() {
    #expect(speed.spans(from: start, to: start + -1).isEmpty)
  }
}
