import MessageArchive
import Monitor
import Testing
import WeixinAPI
import WeixinModel

@Suite("Polling and fetching in time")
struct PollingTests {
  private let monday = Scene.monday

  /// A week of it is a value's affair: `PacingTests`.
  @Test func `a morning makes exactly the calls it needs, and keeps what they bring`() async throws {
    let scene = try Scene(at: monday.start(ofHour: 7))
    try await scene.keep((monday - 60)...(monday - 2))
    try await scene.run { scene in
      try await scene.advance(.hours(6))
      #expect(scene.api.speedCalls.count == 181)
      // Sunday at 08:00 and at 12:00, ten seconds late by jitter.
      let sunday = Scene.monday - 1
      #expect(scene.api.dayCalls.map(\.day) == [sunday, sunday])
      #expect(scene.api.dayCalls.map(\.wall) == [8, 12].map { Scene.monday.start(ofHour: $0) + 10 })
      let status = await scene.monitor.status()
      #expect(status.newestDay == sunday)
      #expect(status.archivedDays == 60)
      #expect(status[sunday].record?.isFinal == true)
      #expect(status.speed?.from == Scene.monday.start(ofHour: 7))
      #expect(status.speed?.to == Scene.monday.start(ofHour: 13))
    }
  }

  @Test func `another interval holds at once, and what it makes overdue comes within it`() async throws {
    let scene = try Scene(settings: MonitorSettings(interval: 3_600))
    try await scene.keep((monday - 60)...(monday - 2))
    try await scene.run { scene in
      try await scene.advance(.seconds(1_800))
      #expect(scene.api.speedCalls.count == 1)
      await scene.monitor.setInterval(60)
      try await scene.advance(.seconds(29))
      #expect(scene.api.speedCalls.count == 1, "not at once: a fleet has many accounts")
      try await scene.advance(.seconds(1))
      #expect(scene.api.speedCalls.count == 2)
      try await scene.advance(.seconds(600))
      #expect(scene.api.speedCalls.count == 12)
      await scene.monitor.setInterval(3_600)
      try await scene.advance(.seconds(3_599))
      #expect(scene.api.speedCalls.count == 12)
      try await scene.advance(.seconds(1))
      #expect(scene.api.speedCalls.count == 13)
    }
  }

  @Test func `at 08:00 yesterday comes provisionally, at noon with a new revision finally`() async throws {
    let scene = try Scene()
    try await scene.keep((monday - 60)...(monday - 2))
    try await scene.run { scene in
      let sunday = Scene.monday - 1
      await scene.monitor.show(sunday)
      try await scene.advance(to: Scene.monday.start(ofHour: 8))
      #expect(scene.api.dayCalls.isEmpty)
      try await scene.advance(.seconds(10))
      var status = await scene.monitor.status()
      #expect(status[sunday].state(of: sunday, at: scene.time.wall) == .provisional)
      scene.api.script { $0.day = { day, _ in reply(day, plus: 1) } }
      try await scene.advance(to: Scene.monday.start(ofHour: 12) + 9)
      #expect(scene.api.dayCalls.count == 1)
      try await scene.advance(.seconds(1))
      status = await scene.monitor.status()
      #expect(status[sunday].record?.revision == 2)
      #expect(status[sunday].state(of: sunday, at: scene.time.wall) == .final)
      #expect(try scene.archive.supersededRecords("acme", day: sunday).count == 1)
    }
  }

  @Test func `not ready and empty before noon mean unpublished, every 20 minutes, then every 30`() async throws {
    for isEmpty in [false, true] {
      let scene = try Scene(chance: { 0 })
      try await scene.keep((monday - 60)...(monday - 2))
      try await scene.run { scene in
        let sunday = Scene.monday - 1
        scene.api.script {
          $0.day = { day, now in
            if now < Scene.monday.start(ofHour: 13) || !isEmpty {
              if !isEmpty { throw fault(61_503) }
              return empty(day)
            }
            return reply(day)
          }
        }
        try await scene.advance(to: Scene.monday.start(ofHour: 11))
        let status = await scene.monitor.status()
        #expect(status[sunday].state(of: sunday, at: scene.time.wall) == .unpublished)
        #expect(status[sunday].failure?.error == (isEmpty ? .emptyDay : fault(61_503)))
        #expect(scene.api.dayCalls.count == 10, "08:00, 08:20 … 11:00")
        try await scene.advance(to: Scene.monday.start(ofHour: 14))
        // An empty answer after noon is kept provisionally until it settles a day later.
        #expect(scene.api.dayCalls.count == (isEmpty ? 13 : 17))
        try await scene.advance(to: (Scene.monday + 1).start(ofHour: 8) + 60)
        let later = await scene.monitor.status()
        #expect(later[sunday].state(of: sunday, at: scene.time.wall) == (isEmpty ? .final : .unpublished))
      }
    }
  }

  @Test func `an empty re-check does not take messages away`() async throws {
    let scene = try Scene()
    try await scene.keep((monday - 60)...(monday - 2))
    try await scene.run { scene in
      let sunday = Scene.monday - 1
      try await scene.advance(to: Scene.monday.start(ofHour: 9))
      scene.api.script { $0.day = { day, _ in empty(day) } }
      try await scene.advance(to: Scene.monday.start(ofHour: 13))
      var status = await scene.monitor.status()
      #expect(status[sunday].record?.messages == reply(sunday).messages)
      #expect(status[sunday].record?.isFinal == false)
      #expect(status[sunday].failure?.error == .emptyDay)
      try await scene.advance(to: (Scene.monday + 1).start(ofHour: 9))
      status = await scene.monitor.status()
      #expect(status[sunday].record?.messages == reply(sunday).messages)
      #expect(status[sunday].record?.isFinal == true)
    }
  }

  @Test func `the first status comes from the archive before any call`() async throws {
    let scene = try Scene(at: Scene.monday.start(ofHour: 20))
    try await scene.keep((monday - 30)...(monday - 3))
    var statuses = await scene.monitor.statuses().makeAsyncIterator()
    let first = try #require(await statuses.next())
    #expect(first.newestDay == monday - 3)
    #expect(first.archivedDays == 28)
    #expect(first[monday - 3].record?.isFinal == true)
    #expect(first[monday - 1].isFetching)
    #expect(scene.api.calls.isEmpty)
  }

  @Test func `pausing stops everything but what the user asks for`() async throws {
    let scene = try Scene(at: Scene.monday.start(ofHour: 20))
    try await scene.keep((monday - 60)...(monday - 1))
    try await scene.run { scene in
      try await scene.advance(.hours(1))
      await scene.monitor.setPaused(true)
      scene.api.forget()
      await scene.monitor.show(Scene.monday - 100)
      try await scene.advance(.days(1))
      #expect(scene.api.calls.isEmpty)
      var status = await scene.monitor.status()
      #expect(status.isPaused)
      #expect(status.nextPoll == nil)
      await scene.monitor.refresh()
      try await scene.advance(.hours(1))
      #expect(scene.api.dayCalls.map(\.day) == [Scene.monday - 100])
      #expect(scene.api.speedCalls.count == 1)
      await scene.monitor.setPaused(false)
      try await scene.advance(.seconds(1))
      #expect(scene.api.speedCalls.count == 2)
      status = await scene.monitor.status()
      #expect(status.nextPoll == scene.time.wall + 119)
    }
  }

  @Test func `offline makes no call and still shows the archive`() async throws {
    let scene = try Scene(at: Scene.monday.start(ofHour: 20), settings: MonitorSettings(isOffline: true))
    try await scene.keep((monday - 10)...(monday - 5))
    try await scene.run { scene in
      await scene.monitor.show(Scene.monday - 7)
      await scene.monitor.refresh()
      try await scene.advance(.days(2))
      #expect(scene.api.calls.isEmpty)
      let status = await scene.monitor.status()
      #expect(status[Scene.monday - 7].record != nil)
      #expect(!status.days.values.contains { $0.isFetching })
      #expect(status.nextPoll == nil)
    }
  }

  @Test func `cancelling ends the run, also during a call that never answers`() async throws {
    let scene = try Scene(at: Scene.monday.start(ofHour: 20))
    scene.api.script { $0.latency = .days(1_000) }
    try await scene.run { scene in
      #expect(scene.api.blocked == 3)
    }
    #expect(scene.api.blocked == 0)
  }

  @Test func `the day's calls restart from zero at Beijing midnight`() async throws {
    let scene = try Scene(at: Scene.monday.start(ofHour: 23))
    try await scene.keep((monday - 60)...(monday - 1))
    try await scene.run { scene in
      await scene.monitor.setPaused(true)
      #expect(await scene.monitor.status().callsToday == 1, "the first poll")
      try await scene.advance(.hours(1))
      var statuses = await scene.monitor.statuses().makeAsyncIterator()
      #expect(await statuses.next()?.callsToday == 0)
    }
  }
}
