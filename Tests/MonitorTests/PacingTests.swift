import MessageArchive
import Testing
import WeixinAPI
import WeixinModel

@testable import Monitor

@Suite("Pacing")
struct PacingTests {
  private let monday = Scene.monday

  @Test(arguments: [0, 40, 900])
  func `a held arrow over 60 unfetched days makes at most one call per 250 ms`(latency: Int) async throws {
    let scene = try Scene(at: Scene.monday.start(ofHour: 20))
    try await scene.keep((monday - 60)...(monday - 1))
    try await scene.run { scene in
      scene.api.script { $0.latency = .milliseconds(latency) }
      try await scene.advance(.seconds(10))
      scene.api.forget()
      let start = scene.time.elapsed
      for step in 0..<60 {
        await scene.monitor.show(Scene.monday - 200 - step)
        try await scene.advance(.milliseconds(33))
      }
      let held = scene.api.dayCalls
      #expect(held.first?.at == start, "the first key press calls at once")
      for (earlier, later) in zip(held, held.dropFirst()) { #expect(later.at - earlier.at >= .milliseconds(250)) }
      #expect((3...9).contains(held.count))
      try await scene.advance(.seconds(15))
      let status = await scene.monitor.status()
      let last = Scene.monday - 259
      #expect(status[last].record != nil)
      #expect((0...14).allSatisfy { status[last - $0].record != nil })
      #expect(status[last + 1].record != nil)
      #expect(status[last + 7].record != nil)
    }
  }

  @Test func `single key presses call at once`() async throws {
    let scene = try Scene(at: Scene.monday.start(ofHour: 20), settings: MonitorSettings(prefetches: false))
    try await scene.run { scene in
      try await scene.advance(.seconds(5))
      for step in 0..<10 {
        scene.api.forget()
        let now = scene.time.elapsed
        await scene.monitor.show(Scene.monday - 100 - step)
        try await scene.settle()
        #expect(scene.api.dayCalls.map(\.at) == [now])
        try await scene.advance(.milliseconds(600))
      }
    }
  }

  @Test func `the shown day overtakes slow prefetches; never more than two of those at once`() async throws {
    let scene = try Scene(at: Scene.monday.start(ofHour: 20))
    scene.api.script { $0.latency = .seconds(5) }
    try await scene.run { scene in
      try await scene.advance(.seconds(1))
      #expect(scene.api.dayCalls.count == 2)
      await scene.monitor.show(Scene.monday - 100)
      try await scene.settle()
      #expect(scene.api.dayCalls.last?.day == Scene.monday - 100)
      try await scene.advance(.seconds(3))
      #expect(scene.api.dayCalls.count == 3)
    }
  }

  @Test func `the pacer's rules`() {
    var pacer = FetchPacer()
    func now(_ milliseconds: Int) -> Duration { .seconds(100) + .milliseconds(milliseconds) }
    #expect(pacer.verdict(at: now(0), inFlight: 0, isShown: true) == .now)
    pacer.changeFocus(at: now(0))
    #expect(pacer.verdict(at: now(10), inFlight: 0, isShown: false) == .after(.milliseconds(240)))
    #expect(pacer.verdict(at: now(10), inFlight: 0, isShown: true) == .now)
    pacer.start(at: now(10))
    #expect(pacer.verdict(at: now(20), inFlight: 1, isShown: true) == .after(.milliseconds(240)))
    #expect(pacer.verdict(at: now(300), inFlight: 2, isShown: false) == .whenCallEnds)
    #expect(pacer.verdict(at: now(300), inFlight: 2, isShown: true) == .now)
    #expect(pacer.verdict(at: now(300), inFlight: 3, isShown: true) == .whenCallEnds)
    var started = 0
    for millisecond in 1_000..<11_000 where pacer.verdict(at: now(millisecond), inFlight: 0, isShown: false) == .now {
      pacer.start(at: now(millisecond))
      started += 1
    }
    #expect((55...56).contains(started), "sixteen at once, then four a second")
  }

  @Test func `weeks of idleness need no wake-up but the polls'`() throws {
    var watch = AccountWatch(settings: MonitorSettings(), now: monday.start, chance: { 0.5 })
    watch.isPaused = true
    let moment = Moment(wall: monday.start, monotonic: .zero)
    #expect(watch.begin(at: moment).isEmpty)
    #expect(watch.rest(at: moment) == nil)
    watch.budget.calls = [.speed: 1]
    #expect(watch.rest(at: moment) == .days(1))
  }

  @Test func `waking from a night's sleep brings a few calls, not a burst`() {
    var watch = AccountWatch(settings: MonitorSettings(), now: monday.start, chance: { 0.5 })
    watch.budget = .ample(on: monday)
    _ = watch.begin(at: Moment(wall: monday.start, monotonic: .zero))
    watch.arrived(watch.span(with: MassSendSpeed(level: 0, realspeed: 80), at: monday.start), at: monday.start)
    for call in watch.inFlight.keys { watch.ended(call) }
    let morning = Moment(wall: (monday + 1).start(ofHour: 9), monotonic: .hours(33))
    watch.budget = .ample(on: monday + 1)
    let calls = watch.begin(at: morning)
    #expect(calls.count { $0 == .speed } == 1)
    #expect(calls.count { $0.isForDay } <= FetchPacer.atOnce + 1)
    #expect(watch.begin(at: morning).isEmpty)
  }

  /// The plan is a value: no task, no sleep.
  @Test func `a week makes exactly the calls it needs`() {
    var watch = AccountWatch(settings: MonitorSettings(), now: monday.start, chance: { 0.5 })
    for day in (monday - 30)...(monday - 2) {
      watch.records[day] = DayRecord(
        messages: reply(day).messages, isFinal: true, fetchedAt: Publication.settles(day))
    }
    var now = monday.start
    var polls = 0
    var fetches: [BeijingDay: [Timestamp]] = [:]
    while now < (monday + 7).start {
      watch.budget = .ample(on: now.beijingDay)
      let moment = Moment(wall: now, monotonic: .seconds(now - monday.start))
      for call in watch.begin(at: moment) {
        switch call {
        case .speed:
          polls += 1
          watch.arrived(watch.span(with: MassSendSpeed(level: 0, realspeed: 80), at: now), at: now)
        case .day(let day):
          fetches[day, default: []].append(now)
          let isFinal = now >= Publication.settles(day)
          watch.arrived(DayRecord(messages: reply(day).messages, isFinal: isFinal, fetchedAt: now), at: now)
        case .quota: watch.ended(call)
        }
      }
      let rest = watch.rest(at: Moment(wall: now, monotonic: .seconds(now - monday.start)))
      now = now + max(1, Int(rest?.components.seconds ?? 3_600))
    }
    #expect(polls == 5_040)
    // Sunday to the next Saturday, each at 08:00 and at 12:00 of the next day, ten seconds late by jitter.
    let expected = (-1...5).map { monday + $0 }.map { day in (day, [8, 12].map { (day + 1).start(ofHour: $0) + 10 }) }
    #expect(fetches == Dictionary(uniqueKeysWithValues: expected))
    #expect(watch.speedSpans.count == 1)
  }

  @Test func `what a key can reach is loaded, and not much more`() throws {
    var day = BeijingDay.firstKept
    while day < monday {
      let ranges = DayWindow.reachable(from: day, newest: monday - 1, open: monday - 1)
      for (left, right) in zip(ranges, ranges.dropFirst()) { #expect(left.upperBound < right.lowerBound) }
      #expect(ranges.map(\.count).reduce(0, +) <= 200)
      let reached =
        [-45, -7, -1, 0, 1, 7, 45].map { day + $0 } + [-12, -1, 1, 12].map { day.adding(months: $0) }
        + [.firstKept, monday - 1]
      #expect(reached.allSatisfy { day in ranges.contains { $0.contains(day) } })
      let wanted = DayWindow.wanted(shown: day, open: monday - 1, prefetches: true)
      #expect(Set(wanted).count == wanted.count)
      #expect(wanted.first == day)
      #expect(wanted.allSatisfy { day in ranges.contains { $0.contains(day) } })
      day = day + 97
    }
  }
}
