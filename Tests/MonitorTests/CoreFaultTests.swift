import MessageArchive
import Testing
import WeixinAPI
import WeixinModel
import WeixinSimulator

@testable import Monitor

/// Every fault against the core, for an hour: what the status says, how many calls it costs, and that nothing is lost.
@Suite("Faults and the core", .serialized)
struct CoreFaultTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var fault: Fault
    /// The class of the failure that the speed shows; nil where it is not affected.
    var speed: ErrorClass?
    /// The class of the failure that a missing day shows; nil where the days come all the same.
    var day: ErrorClass?
    /// Calls of all endpoints in the hour, at most.
    var calls: Int

    init(_ fault: Fault, speed: ErrorClass? = nil, day: ErrorClass? = nil, calls: Int) {
      self.fault = fault
      self.speed = speed
      self.day = day
      self.calls = calls
    }

    var testDescription: String { fault.description }
  }

  /// An hour without a fault: 31 polls, 7 days and their neighbours, a token.
  private static let usual = 60

  private static func both(_ kind: Fault.Kind, _ errorClass: ErrorClass, calls: Int) -> Case {
    Case(Fault(kind), speed: errorClass, day: errorClass, calls: calls)
  }

  static let cases: [Case] = [
    Case(.none, calls: usual),
    // Backing off: 1, 2, 4 … 300 seconds, for the speed, for the days, and a token for either.
    both(.errcode(-1), .transient, calls: 60), both(.http(502), .transient, calls: 60),
    both(.empty, .transient, calls: 60), both(.reset, .transient, calls: 60), both(.silent, .transient, calls: 60),
    both(.slow, .transient, calls: 60), both(.control, .transient, calls: 60),
    // Broken replies: each day five times at most, one at a time.
    both(.html, .reply, calls: 80), both(.truncated, .reply, calls: 80), both(.garbage, .reply, calls: 80),
    both(.redirect, .reply, calls: 80), both(.http(403), .reply, calls: 80),
    Case(Fault(.truncated, on: .hourly), day: .reply, calls: usual + 40),
    Case(Fault(.otherDay), day: .reply, calls: usual + 40), Case(Fault(.overflow), day: .reply, calls: usual + 40),
    Case(Fault(.negative, on: .speed), speed: .reply, calls: usual),
    // Final until somebody acts.
    both(.errcode(40_125), .credentials, calls: 4), both(.errcode(40_013), .credentials, calls: 4),
    both(.errcode(40_001), .credentials, calls: 4), both(.errcode(40_164), .networkPolicy, calls: 4),
    both(.errcode(89_506), .networkPolicy, calls: 4), both(.errcode(50_002), .accountState, calls: 4),
    Case(Fault(.errcode(48_001), on: .hourly), day: .accountState, calls: usual),
    Case(Fault(.errcode(48_001), on: .speed), speed: .accountState, calls: 30),
    Case(Fault(.errcode(61_501), on: .hourly), day: .request, calls: usual),
    // A token that is refused again and again: one more each time, then minutes.
    Case(Fault(.errcode(40_001), on: .hourly), day: .staleToken, calls: usual + 60),
    Case(Fault(.errcode(42_001), on: .speed), speed: .staleToken, calls: usual + 30),
    // Quotas and lateness.
    Case(Fault(.errcode(45_009), on: .hourly), day: .dayQuota, calls: usual),
    Case(Fault(.errcode(45_009), on: .speed), speed: .dayQuota, calls: 30),
    Case(Fault(.errcode(45_011), on: .hourly), day: .minuteQuota, calls: usual),
    Case(Fault(.notReady), day: .notReady, calls: usual + 20),
    // Answers that are used all the same.
    Case(Fault(.strings), calls: usual), Case(Fault(.skew(seconds: 86_400)), calls: usual),
    Case(Fault(.duplicates), calls: usual), Case(Fault(.foreignDates), calls: usual),
    Case(Fault(.errcode(42_001), on: .speed, times: 1), calls: usual),
    Case(Fault(.errcode(-1), times: 3), calls: usual + 6),
  ]

  @Test(arguments: cases)
  func `an hour of it, and then all is well again`(item: Case) async throws {
    try await CoreScene.run([item.fault]) { scene in
      let newest = Scene.monday - 1
      await scene.monitor.show(newest)
      try await scene.advance(.hours(1))
      let status = await scene.monitor.status()
      #expect(status.speedFailure?.error.errorClass == item.speed)
      #expect((status.speed == nil) == (item.speed != nil))
      #expect(status[newest].failure?.error.errorClass == item.day)
      #expect((status[newest].record == nil) == (item.day != nil))
      let calls = await scene.simulator.calls
      #expect(calls.values.reduce(0, +) <= item.calls, "\(calls)")
      #expect(await scene.simulator.forcedRefreshes == 0)
      try Self.expectTrue(scene)

      // The fault ends and the user asks again: every day that is wanted comes, with the numbers that Weixin has.
      await scene.simulator.setFault(.none)
      await scene.monitor.retry()
      try await scene.advance(.seconds(600))
      let mended = await scene.monitor.status()
      #expect(mended.speedFailure == nil && mended.speed != nil)
      #expect(mended.days.values.allSatisfy { $0.failure == nil })
      #expect(mended[newest].record != nil)
      #expect(mended.archivedDays >= 8)
      try Self.expectTrue(scene)
    }
  }

  /// Whatever is kept is what Weixin has, and nothing was kept twice.
  private static func expectTrue(_ scene: CoreScene) throws {
    for offset in 0..<60 {
      let day = Scene.monday - 1 - offset
      guard let record = try scene.archive.record("acme", day: day) else { continue }
      #expect(record.messages == scene.messages(on: day), "\(day)")
      #expect(record.revision == 1)
      #expect(try scene.archive.supersededRecords("acme", day: day).isEmpty)
    }
  }

  @Test(arguments: [Fault.Kind.unpublished, .otherDay, .html, .reset])
  func `what was kept stays while everything fails`(kind: Fault.Kind) async throws {
    try await CoreScene.run([Fault(kind)], keeping: 60) { scene in
      for offset in 0..<20 {
        let day = Scene.monday - 1 - offset
        await scene.monitor.refetch(day)
        try await scene.advance(.seconds(30))
        #expect(await scene.monitor.status()[day].record?.messages == scene.messages(on: day))
      }
      try Self.expectTrue(scene)
      #expect(try scene.archive.dayCount("acme") == 60)
    }
  }

  @Test func `yesterday comes late: it is asked for at 08:00, every 20 minutes, and comes once`() async throws {
    try await CoreScene.run([Fault(.late(hour: 10))], at: Scene.monday.start(ofHour: 7), keeping: 60) { scene in
      let sunday = Scene.monday - 1
      await scene.monitor.show(sunday)
      try await scene.advance(.hours(2))
      #expect(await scene.monitor.status()[sunday].failure?.error.isNotReady == true)
      let asked = await scene.simulator.calls[.hourly] ?? 0
      #expect((3...5).contains(asked))
      try await scene.advance(.hours(2))
      #expect(await scene.monitor.status()[sunday].record?.messages == scene.messages(on: sunday))
      try await scene.advance(.hours(4))
      #expect((await scene.simulator.calls[.hourly] ?? 0) <= asked + 6)
      #expect(await scene.monitor.status()[sunday].record?.isFinal == true)
    }
  }

  @Test func `a day that differs at noon becomes a revision, and the first stays`() async throws {
    try await CoreScene.run([Fault(.revised(hour: 11))], at: Scene.monday.start(ofHour: 7), keeping: 60) { scene in
      let sunday = Scene.monday - 1
      let first = scene.messages(on: sunday)
      await scene.monitor.show(sunday)
      try await scene.advance(.hours(2))
      #expect(await scene.monitor.status()[sunday].record?.messages == first)
      try await scene.advance(.hours(4))
      let record = await scene.monitor.status()[sunday].record
      #expect(record?.messages.total == first.total + first.rows.count)
      #expect(record?.revision == 2 && record?.isFinal == true)
      #expect(try scene.archive.supersededRecords("acme", day: sunday).map(\.messages) == [first])
    }
  }

  @Test(arguments: [(89_506, 24), (89_507, 1)])
  func `an administrator's refusal is waited out, and then one call finds out`(code: Int, hours: Int) async throws {
    try await CoreScene.run([Fault(.errcode(code))], keeping: 60) { scene in
      try await scene.advance(.seconds(hours * 3_600 - 60))
      let before = await scene.simulator.calls.values.reduce(0, +)
      #expect(before <= 2)
      try await scene.advance(.seconds(300))
      #expect(await scene.simulator.calls.values.reduce(0, +) == before + 1)
      await scene.simulator.setFault(.none)
      try await scene.advance(.hours(hours + 1))
      #expect(await scene.monitor.status().speed != nil)
    }
  }
}
