import Testing
import WeixinAPI
import WeixinModel

@testable import MessageArchive
@testable import Monitor

@Suite("Failures and retries")
struct FailureTests {
  private let monday = Scene.monday

  @Test(arguments: [
    fault(40_013, .token), fault(40_164, .token), fault(50_002, .token), .noToken(cause: "no such file"),
    .tls(host: "h", cause: "expired"), fault(40_125), .notAllowed(address: "http://h"),
  ])
  func `a broken account is not asked for each day`(error: APIError) async throws {
    let scene = try Scene(at: Scene.monday.start(ofHour: 20))
    scene.api.script {
      $0.speed = { _ in throw error }
      $0.day = { _, _ in throw error }
    }
    try await scene.run { scene in
      for offset in 0..<60 {
        await scene.monitor.show(Scene.monday - 30 - offset)
        try await scene.advance(.seconds(50))
      }
      #expect(
        scene.api.calls.count <= 4, "one more than at once: what needs a person is asked again before anybody is called"
      )
      let status = await scene.monitor.status()
      #expect(status.speedFailure?.error == error)
      #expect(status[Scene.monday - 89].failure?.error == error, "the shown day says why it is not there")
      scene.api.forget()
      await scene.monitor.refresh()
      try await scene.advance(.seconds(3_000))
      #expect(scene.api.calls.count == 1, "one call finds out that nothing has changed")
      scene.api.script { $0 = ScriptedAPI.Script() }
      await scene.monitor.refresh()
      try await scene.advance(.seconds(60))
      let mended = await scene.monitor.status()
      #expect(mended[Scene.monday - 89].record != nil)
      #expect(mended.speedFailure == nil)
      #expect(mended.days.values.allSatisfy { $0.failure == nil })
    }
  }

  @Test func `what needs a person is asked again soon, and a restart goes on counting from its beginning`() async throws
  {
    let refused = fault(40_164, .token)
    let begun = Scene.monday.start(ofHour: 20)
    let first = try Scene(at: begun, chance: { 0 })
    first.api.script { ($0.speed, $0.day) = ({ _ in throw refused }, { _, _ in throw refused }) }
    try await first.run { scene in
      try await scene.advance(.seconds(20))
      #expect(await scene.monitor.status().speedFailure?.attempts == 1)
    }
    let second = try Scene(at: begun + 600, archive: first.archive, chance: { 0 })
    second.api.script { ($0.speed, $0.day) = ({ _ in throw refused }, { _, _ in throw refused }) }
    try await second.run { scene in
      try await scene.advance(.seconds(20))
      let failure = await scene.monitor.status().speedFailure
      #expect(failure?.attempts == 2)
      #expect(failure?.since == begun)
      #expect(failure?.error == refused)
    }
    let third = try Scene(at: begun, chance: { 0 })
    third.api.script { ($0.speed, $0.day) = ({ _ in throw refused }, { _, _ in throw refused }) }
    try await third.run { scene in
      try await scene.advance(.seconds(40))
      let failure = await scene.monitor.status().speedFailure
      #expect(failure?.attempts == 2 && failure?.since == begun)
    }
  }

  @Test func `a network that is away is tried with growing pauses, and then all goes on`() async throws {
    let scene = try Scene(at: Scene.monday.start(ofHour: 20), chance: { 0 })
    scene.api.script {
      $0.speed = { _ in throw APIError.unreachable(host: "h", cause: "refused") }
      $0.day = { _, _ in throw APIError.unreachable(host: "h", cause: "refused") }
    }
    try await scene.run { scene in
      try await scene.advance(.hours(1))
      #expect((15...25).contains(scene.api.calls.count))
      let gaps = zip(scene.api.calls.dropFirst(3), scene.api.calls.dropFirst(4)).map { $1.wall - $0.wall }
      #expect(gaps == gaps.sorted())
      #expect(gaps.last == 300)
      scene.api.script { $0 = ScriptedAPI.Script() }
      try await scene.advance(.seconds(310))
      let status = await scene.monitor.status()
      #expect(status.speedFailure == nil)
      #expect(status[Scene.monday - 1].record != nil)
      #expect(status.archivedDays == 15)
    }
  }

  @Test func `the poller outlives every error`() async throws {
    struct Odd: Error {}
    let errors: [any Error] = [
      fault(-1, .speed), APIError.empty, APIError.truncated, APIError.http(status: 502), APIError.timedOut(seconds: 10),
      fault(42_001, .speed), fault(45_011, .speed), Odd(), CancellationError(), APIError.notJSON(start: "<html>"),
    ]
    let scene = try Scene(at: Scene.monday.start(ofHour: 10))
    try await scene.keep((monday - 60)...(monday - 1))
    scene.api.script {
      $0.speed = { now in
        guard now.seconds % 3 == 0 else { throw errors[now.seconds % errors.count] }
        return MassSendSpeed(level: 3, realspeed: 15)
      }
    }
    try await scene.run { scene in
      try await scene.advance(.days(1))
      #expect(scene.api.speedCalls.count > 200)
      scene.api.script { $0 = ScriptedAPI.Script() }
      try await scene.advance(.hours(1))
      #expect(await scene.monitor.status().speedFailure == nil)
    }
  }

  @Test func `the day's quota ends all calls for days until Beijing midnight; the speed goes on`() async throws {
    let scene = try Scene(at: Scene.monday.start(ofHour: 20))
    scene.api.script { $0.day = { _, _ in throw fault(45_009) } }
    try await scene.run { scene in
      try await scene.advance(.hours(3))
      #expect(scene.api.dayCalls.count <= 2)
      #expect(scene.api.speedCalls.count > 80)
      let retryAt = await scene.monitor.status()[Scene.monday - 1].failure?.retryAt
      #expect(retryAt == (Scene.monday + 1).start + 30)
      scene.api.script { $0 = ScriptedAPI.Script() }
      try await scene.advance(.hours(2))
      #expect(await scene.monitor.status().archivedDays == 15)
    }
  }

  @Test func `a day whose reply stays unreadable is given up after five attempts, and holds nobody up`() async throws {
    let scene = try Scene(at: Scene.monday.start(ofHour: 20))
    let bad = monday - 3
    scene.api.script {
      $0.day = { day, _ in
        guard day == bad else { return reply(day) }
        throw APIError.truncated
      }
    }
    try await scene.run { scene in
      try await scene.advance(.hours(3))
      #expect(scene.api.dayCalls.filter { $0.day == bad }.count == 5)
      let status = await scene.monitor.status()
      #expect(status[bad].failure?.retryAt == (Scene.monday + 1).start + 30)
      #expect(status.archivedDays == 14)
      await scene.monitor.retry()
      try await scene.advance(.seconds(5))
      #expect(scene.api.dayCalls.filter { $0.day == bad }.count == 6)
      scene.api.script { $0 = ScriptedAPI.Script() }
      try await scene.advance(.hours(2))
      #expect(await scene.monitor.status().archivedDays == 15)
    }
  }

  @Test(
    arguments: [
      (fault(40_125, .token), 3_700), (fault(40_164, .token), 3_700), (fault(48_001), 3_700),
      (.tls(host: "h", cause: "expired"), 3_700), (.noToken(cause: "open to others"), 3_700),
      (.tokenSource(cause: "ended with status 1"), 31), (.tokenSource(cause: "no such file"), 31),
      (.notAllowed(address: "http://h"), 3_700),
    ] as [(APIError, Int)])
  func `no failure ends an account where nobody watches`(error: APIError, seconds: Int) async throws {
    let scene = try Scene(at: Scene.monday.start(ofHour: 20), chance: { 0 })
    scene.api.script {
      $0.speed = { _ in throw error }
      $0.day = { _, _ in throw error }
    }
    try await scene.run { scene in
      try await scene.advance(.seconds(5))
      scene.api.script { $0 = ScriptedAPI.Script() }
      try await scene.advance(.seconds(seconds))
      let status = await scene.monitor.status()
      #expect(status.speedFailure == nil && status.speed != nil)
      try await scene.advance(.seconds(60))
      #expect(await scene.monitor.status().archivedDays == 15)
    }
  }

  @Test func `what somebody has mended is tried at once, and what works is not asked for it`() async throws {
    let scene = try Scene(at: Scene.monday.start(ofHour: 20), chance: { 0 })
    scene.api.script { $0.speed = { _ in throw fault(40_164) } }
    try await scene.run { scene in
      try await scene.advance(.seconds(600))
      scene.api.script { $0 = ScriptedAPI.Script() }
      await scene.monitor.retryFailed()
      try await scene.advance(.seconds(5))
      #expect(await scene.monitor.status().speedFailure == nil)
      let before = scene.api.speedCalls.count
      await scene.monitor.retryFailed()
      try await scene.advance(.seconds(5))
      #expect(scene.api.speedCalls.count == before)
    }
  }

  @Test func `refused requests are not repeated for every day`() async throws {
    let scene = try Scene(at: Scene.monday.start(ofHour: 20))
    scene.api.script { $0.day = { _, _ in throw fault(61_501) } }
    try await scene.run { scene in
      try await scene.advance(.hours(6))
      // Three find out, and one an hour sees whether it has passed.
      #expect(scene.api.dayCalls.count <= 10)
    }
  }

  @Test func `an archive that cannot be written is said, and made good later`() async throws {
    let scene = try Scene(at: Scene.monday.start(ofHour: 20))
    try await scene.keep((monday - 60)...(monday - 9))
    for table in ["day", "speed_span"] {
      try await scene.archive.execute(
        "CREATE TRIGGER \(table)_full BEFORE INSERT ON \(table) BEGIN SELECT RAISE(FAIL, 'broken'); END")
    }
    try await scene.run { scene in
      try await scene.advance(.hours(1))
      var status = await scene.monitor.status()
      #expect(status.archiveFault == .other("broken"))
      #expect(status[Scene.monday - 1].record != nil, "what cannot be saved is still shown")
      #expect(scene.api.dayCalls.count == 8, "and is not fetched twice")
      await scene.monitor.show(Scene.monday - 2)
      status = await scene.monitor.status()
      #expect(status[Scene.monday - 1].record != nil)
      #expect(status.speed?.from == Scene.monday.start(ofHour: 20), "the span of the speed grows in memory")
      #expect(status.speed?.to == scene.time.wall)
      try await scene.archive.execute("DROP TRIGGER day_full; DROP TRIGGER speed_span_full")
      try await scene.advance(.seconds(130))
      status = await scene.monitor.status()
      #expect(status.archiveFault == nil)
      #expect(try scene.archive.dayCount("acme") == 60)
    }
  }

  @Test func `a monitor without an archive keeps what it fetched`() async throws {
    let time = FakeTime(start: Scene.monday.start(ofHour: 20))
    let watched = AccountMonitor(
      account: Account(name: "acme"), archiveKey: "acme", api: ScriptedAPI(time: time), archive: nil,
      archiveFault: .notWritable, clock: time.clock, random: { 0.5 })
    await watched.perform(.day(monday - 1))
    await watched.show(monday - 2)
    let status = await watched.status()
    #expect(status[monday - 1].record?.isFinal == true)
    #expect(status.archiveFault == .notWritable)
  }
}
