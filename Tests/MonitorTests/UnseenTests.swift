import Foundation
import MessageArchive
import Testing
import WeixinAPI
import WeixinModel

@testable import Monitor

@Suite("An account that no screen shows")
struct UnseenTests {
  private let monday = Scene.monday

  @Test func `it fetches its newest day at once, and older ones only when it has its turn`() async throws {
    let turns = FetchTurns(pause: .seconds(60))
    // Somebody else has the first turn.
    _ = turns.take(at: .zero)
    let scene = try Scene(at: monday.start(ofHour: 13), isOpen: false, turns: turns)
    try await scene.run { scene in
      #expect(scene.api.dayCalls.map(\.day) == [Scene.monday - 1])
      try await scene.advance(.seconds(60))
      #expect(scene.api.dayCalls.count == 2)
      try await scene.advance(.seconds(3_600))
      // Fourteen recent days, and the same weekdays of eight weeks of which one is among them.
      let recent = (1...14).map { Scene.monday - $0 }
      let weekdays = (2...8).map { Scene.monday - 1 - 7 * $0 }
      #expect(Set(scene.api.dayCalls.map(\.day)) == Set(recent + weekdays))
      #expect(scene.api.dayCalls.count == 21)
      let status = await scene.monitor.status()
      #expect(status.days.filter { $0.value.record != nil }.keys.sorted() == [Scene.monday - 1])
      #expect(status.history.count == 0)
      #expect(status.recent.count == 21)
      #expect(status.brief?.total == reply(Scene.monday - 1).messages.total)
      #expect(status.brief?.usual?.samples == 8)
    }
  }

  @Test func `the day that comes out at eight is fetched, and its re-check at noon`() async throws {
    let scene = try Scene(at: monday.start(ofHour: 7), isOpen: false, turns: FetchTurns())
    try await scene.keep((monday - 60)...(monday - 2))
    try await scene.run { scene in
      try await scene.advance(to: Scene.monday.start(ofHour: 9))
      var status = await scene.monitor.status()
      #expect(status.brief?.day == Scene.monday - 1)
      #expect(status.brief?.isFinal == false)
      try await scene.advance(to: Scene.monday.start(ofHour: 13))
      status = await scene.monitor.status()
      #expect(status.brief?.isFinal == true)
      #expect(scene.api.dayCalls.count == 2)
    }
  }

  @Test func `opened, it loads and fetches what a screen shows; closed, it forgets that`() async throws {
    let scene = try Scene(at: monday.start(ofHour: 13), isOpen: false, turns: FetchTurns(pause: .seconds(86_400)))
    try await scene.keep((monday - 400)...(monday - 2))
    try await scene.run { scene in
      #expect(await scene.monitor.status().days.count { $0.value.record != nil } == 1)
      await scene.monitor.setOpen(true)
      await scene.monitor.show(Scene.monday - 100)
      try await scene.settle()
      var status = await scene.monitor.status()
      while !status.history.isWhole {
        await Task.yield()
        status = await scene.monitor.status()
      }
      #expect(status.history.count == 400)
      #expect(status[Scene.monday - 100].record != nil)
      await scene.monitor.setOpen(false)
      status = await scene.monitor.status()
      #expect(status.history.count == 0)
      #expect(status.days.filter { $0.value.record != nil }.keys.sorted() == [Scene.monday - 1])
    }
  }

  @Test func `before its start it makes no call, unless somebody asks`() async throws {
    let scene = try Scene(at: monday.start(ofHour: 13), isOpen: false, turns: FetchTurns())
    await scene.monitor.start(after: 100)
    try await scene.run { scene in
      try await scene.advance(.seconds(99))
      #expect(scene.api.calls.isEmpty)
      await scene.monitor.retry()
      try await scene.settle()
      #expect(scene.api.speedCalls.count == 1)
    }
  }
}

@Suite("Two processes on one archive")
struct FollowingTests {
  @Test func `one polls, the other shows what that keeps, and takes its place when it ends`() async throws {
    let folder = NSTemporaryDirectory() + "wxtop-following-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let open = { try MessageArchive.open(at: folder + "/archive.sqlite").archive }
    let first = try Scene(at: Scene.monday.start(ofHour: 13), archive: try open())
    let second = try Scene(at: Scene.monday.start(ofHour: 13), archive: try open())
    try await first.keep((Scene.monday - 60)...(Scene.monday - 1))
    try await first.run { first in
      try await second.run { second in
        #expect(first.api.speedCalls.count == 1)
        #expect(second.api.calls.isEmpty && second.api.quotaCalls.isEmpty)
        #expect(await second.monitor.status().isFollower)
        first.api.script { $0.speed = { _ in MassSendSpeed(level: 4, realspeed: 10) } }
        try await first.advance(.seconds(150))
        try await second.advance(.seconds(150))
        let status = await second.monitor.status()
        #expect(status.speed?.speed == MassSendSpeed(level: 4, realspeed: 10))
        #expect(status.log.contains { if case .speedChanged = $0.happening { true } else { false } })
        #expect(second.api.calls.isEmpty)
        // What a person asks for is asked.
        await second.monitor.refresh()
        try await second.settle()
        #expect(second.api.speedCalls.count == 1)
        // A paused one leaves the account to the other.
        await first.monitor.setPaused(true)
        try await second.advance(.seconds(300))
        #expect(second.api.speedCalls.count > 1)
        #expect(await !second.monitor.status().isFollower)
      }
    }
  }

  @Test func `an edited account stays with this process, a removed one is released`() async throws {
    let folder = NSTemporaryDirectory() + "wxtop-edited-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/archive.sqlite"
    let (ours, theirs) = (try MessageArchive.open(at: path).archive, try MessageArchive.open(at: path).archive)
    let (before, after) = (try Scene(archive: ours), try Scene(archive: ours))
    let fleet = FleetMonitor(interval: 120, open: nil)
    await fleet.set([.init(Account(name: "acme"), before.monitor)])
    await before.monitor.watchOrFollow()
    #expect(!theirs.startWatching("acme"))
    await fleet.set([.init(Account(name: "acme"), after.monitor)])
    #expect(await !before.monitor.isWatching)
    #expect(!theirs.startWatching("acme"), "handed over")
    await fleet.set([])
    #expect(theirs.startWatching("acme"), "left")
  }
}

@Suite("The gate of a fleet's calls")
struct CallGateTests {
  @Test func `accounts that fail never hold up the others`() async throws {
    let gate = CallGate(sound: 2, failing: 1)
    let (hang, release) = AsyncStream.makeStream(of: Void.self)
    let (entered, enter) = AsyncStream.makeStream(of: String.self)
    var names = entered.makeAsyncIterator()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await gate.pass(.failing) {
          _ = enter.yield("hanging")
          for await _ in hang { break }
        }
      }
      #expect(await names.next() == "hanging")
      let waiting = Task { try await gate.pass(.failing) { _ = enter.yield("second failing") } }
      for name in ["one", "two", "three"] { try await gate.pass(.sound) { _ = enter.yield(name) } }
      #expect([await names.next(), await names.next(), await names.next()] == ["one", "two", "three"])
      waiting.cancel()
      await #expect(throws: CancellationError.self) { try await waiting.value }
      release.yield()
      try await group.waitForAll()
      try await gate.pass(.failing) { _ = enter.yield("free again") }
      #expect(await names.next() == "free again")
    }
  }
}
