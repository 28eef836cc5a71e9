import Glibc
import LoopbackServer
import Synchronization
import Testing
import WeixinModel
import WeixinSimulator

@testable import MessageArchive
@testable import wxtop

/// What goes on where nobody watches: files behind links, commands that failed once, pages that are read slowly.
@Suite(.processes) struct AlwaysOnTests {
  @Test func `a change behind a link is a change, of the link and of what it leads to`() throws {
    let place = try Place()
    let target = try place.write("a", to: "dot/config.yaml")
    let link = place.file("config.yaml")
    try #require(symlink("dot/config.yaml", link) == 0)
    let sight = FileSight([link])
    #expect(sight.places.paths.isSuperset(of: [place.path + "/", place.path + "/dot/", link]))
    #expect(sight.places.names.isSuperset(of: ["config.yaml", ""]))
    #expect(!sight.hasChanged)
    try place.write("a longer one", to: "dot/config.yaml")
    #expect(sight.hasChanged)
    let again = FileSight([link])
    try place.write("other", to: "dot/other.yaml")
    unlink(link)
    #expect(again.hasChanged)
    let gone = FileSight([link])
    symlink("dot/other.yaml", link)
    #expect(gone.hasChanged && !FileSight([link]).hasChanged)
    // A link to itself ends too.
    unlink(target)
    symlink("config.yaml", target)
    #expect(!FileSight([target, link]).places.paths.isEmpty)
  }

  private static func entry(_ number: Int, _ simulator: RunningSimulator, secret: String = "secret: demo-secret")
    -> String
  {
    "{appid: wxdemo000000000\(number), \(secret), api_base: \"\(simulator.baseURL)\"}"
  }

  private func withMonitor(
    _ place: Place, _ body: (_ child: Child, MessageArchive) async throws -> Void
  ) async throws {
    let child = try Child.start(
      Wxtop.path, ["monitor"], environment: place.environment(), output: place.file("out"), error: place.file("err"))
    defer { child.signal(SIGKILL) }
    let archive = try await until("the archive") {
      try? MessageArchive.open(at: place.file("data/wxtop/archive.sqlite")).archive
    }
    try await body(child, archive)
    child.signal(SIGTERM)
    #expect(try await child.ended() == 0)
  }

  @Test func `accounts behind links are taken over, and again after the link leads elsewhere`() async throws {
    try await withSimulator(FleetTests.options(accounts: 3)) { simulator, place in
      try place.write("interval: 5\naccounts:\n  one: \(Self.entry(1, simulator))\n", to: "dot/config.yaml")
      try place.write("appid: [", to: "dot/shop.yaml")
      try place.write("", to: "config/wxtop/accounts.d/.keep")
      symlink(place.file("dot/config.yaml"), place.file("config/wxtop/config.yaml"))
      symlink(place.file("dot/shop.yaml"), place.file("config/wxtop/accounts.d/shop.yaml"))
      try await withMonitor(place) { _, archive in
        _ = try await until("the first poll") { try archive.latestSpeed("wxdemo0000000001") }
        try place.write(Self.entry(2, simulator), to: "dot/shop.yaml")
        _ = try await until("the account behind a link") { try archive.latestSpeed("wxdemo0000000002") }
        try place.write(
          "interval: 5\naccounts:\n  one: \(Self.entry(1, simulator))\n  mall: \(Self.entry(3, simulator))\n",
          to: "dot/config.yaml")
        _ = try await until("the account of a linked configuration") { try archive.latestSpeed("wxdemo0000000003") }
      }
    }
  }

  @Test func `what failed is tried at once on SIGHUP: a command, a secret, a file that was away at the start`()
    async throws
  {
    try await withSimulator(FleetTests.options(accounts: 3)) { simulator, place in
      let command = try place.write(
        "#!/bin/sh\n[ -e \(place.file("seen")) ] && { echo demo-secret; exit; }\ntouch \(place.file("seen")); exit 1\n",
        to: "secret", mode: 0o700)
      let file = place.file("later/secret")
      try place.write("x", to: "later/.keep")
      try place.write(
        """
        interval: 5
        accounts:
          a: \(Self.entry(1, simulator, secret: "secret_command: [\(command)]"))
          b: \(Self.entry(2, simulator, secret: "secret_file: \(file)"))
        """, to: "config/wxtop/config.yaml")
      try await withMonitor(place) { child, archive in
        _ = try await until("the failure") { place.text(of: "out").contains("a: speed: no access token") ? true : nil }
        #expect(place.text(of: "err").contains("secret file does not exist"))
        child.signal(SIGHUP)
        _ = try await until("the speed after SIGHUP") { try archive.latestSpeed("wxdemo0000000001") }
        // No signal is needed for a file that comes.
        try place.write("demo-secret", to: "later/secret")
        _ = try await until("the speed with the file") { try archive.latestSpeed("wxdemo0000000002") }
      }
    }
  }

  @Test func `where nothing can be watched yet, a monitor waits for it, and for a slip it does not`() async throws {
    try await withSimulator { simulator, place in
      try place.write(
        "interval: 5\naccounts:\n  a: \(Self.entry(1, simulator, secret: "secret_file: \(place.file("s"))"))\n",
        to: "config/wxtop/config.yaml")
      try await withMonitor(place) { _, archive in
        try place.write("demo-secret", to: "s")
        _ = try await until("the speed") { try archive.latestSpeed("wxdemo0000000001") }
      }
      try place.write("interval: 5\naccounts:\n  a: {appid: wx1}\n", to: "config/wxtop/config.yaml")
      #expect(try await Wxtop.run("monitor", in: place).status == 78)
    }
  }

  @Test func `a report tries again what passes, and never what needs a person`() async throws {
    for fault in [
      "errcode=-1*1:token", "reset*1:token", "errcode=-1*2:hourly", "http=502*1", "truncated*1:hourly",
      "reset*1:hourly",
    ] {
      try await withSimulator(fault: try #require(Fault(fault))) { simulator, place in
        let run = await Wxtop.call("hours", "2024-03-01", "--format", "csv", "--deadline", "30", in: place, simulator)
        #expect(run.status == 0 && run.error.isEmpty, "\(fault): \(run.status) \(run.error)")
      }
    }
    for fault in ["errcode=40164", "errcode=40125", "errcode=48001", "errcode=45009", "http=403"] {
      try await withSimulator(fault: try #require(Fault(fault))) { simulator, place in
        let run = await Wxtop.call("speed", "--deadline", "30", in: place, simulator)
        #expect(run.status != 0 && run.error.contains("wxtop did not try again."))
        #expect(await simulator.calls.values.reduce(0, +) <= 2)
      }
    }
    try await withSimulator(fault: try #require(Fault("errcode=-1*1"))) { simulator, place in
      let run = await Wxtop.call("speed", "--deadline", "30", "--no-retry", in: place, simulator)
      #expect(run.status == 69 && run.error.contains("wxtop did not try again."))
    }
  }

  @Test func `three more tries, some 15 seconds in all`() async throws {
    let tries = Atomic(0)
    let waited = Mutex<[Duration]>([])
    var faults = PassingFaults()
    faults.sleep = { pause in waited.withLock { $0.append(pause) } }
    await #expect(throws: APIError.empty) {
      try await faults.trying { () throws -> Int in
        tries.add(1, ordering: .relaxed)
        throw APIError.empty
      }
    }
    #expect(tries.load(ordering: .relaxed) == 4 && waited.withLock { $0 } == [.seconds(1), .seconds(2), .seconds(4)])
    // One that takes long is not tried for ever.
    let slow = Atomic(0)
    let start = ContinuousClock.now
    faults.now = { start + .seconds(10 * slow.load(ordering: .relaxed)) }
    await #expect(throws: APIError.timedOut(seconds: 10)) {
      try await faults.trying { () throws -> Int in
        slow.add(1, ordering: .relaxed)
        throw APIError.timedOut(seconds: 10)
      }
    }
    #expect(slow.load(ordering: .relaxed) == 2)
    #expect(
      APIError.tokenSource(cause: "").passesSoon == false
        && APIError.http(status: 429, retryAfter: 60).passesSoon == false)
  }
}

extension MetricsPages {
  fileprivate init(
    _ clock: MetricsPagesTests.Clock, make: @escaping @Sendable (ExpositionFormat) async -> SharedBytes?
  ) {
    self.init(now: { clock.now }, make: make)
  }
}

/// Pages of metrics: how many are made and kept.
@Suite struct MetricsPagesTests {
  final class Clock: Sendable {
    private let moment = Mutex(ContinuousClock.now)
    var now: ContinuousClock.Instant { moment.withLock { $0 } }
    func advance(_ duration: Duration) { moment.withLock { $0 += duration } }
  }

  private static func page(_ size: Int) -> SharedBytes? {
    let line = String(repeating: "x", count: 1 << 10)
    return SharedBytes(limit: 256 << 20) { sink in for _ in 0..<(size >> 10) { sink.append(line) } }
  }

  @Test func `a page is made once a second for all who ask`() async throws {
    let clock = Clock()
    let made = Atomic(0)
    let pages = MetricsPages(clock) { _ in
      made.add(1, ordering: .relaxed)
      return Self.page(1 << 20)
    }
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<50 { group.addTask { #expect(await pages.page(.text)?.count == 1 << 20) } }
    }
    #expect(made.load(ordering: .relaxed) == 1)
    clock.advance(.seconds(1))
    _ = await pages.page(.text)
    _ = await pages.page(.openMetrics)
    #expect(made.load(ordering: .relaxed) == 3)
  }

  @Test func `few large pages are in memory however slowly they are read`() async throws {
    let clock = Clock()
    let made = Atomic(0)
    let pages = MetricsPages(clock) { _ in
      made.add(1, ordering: .relaxed)
      return Self.page(24 << 20)
    }
    var readers: [SharedBytes] = []
    for _ in 0..<9 {
      if let page = await pages.page(.text) { readers.append(page) }
      clock.advance(.seconds(1))
    }
    #expect(made.load(ordering: .relaxed) == 1 && readers.count == 9)
    clock.advance(.seconds(1))
    if let page = await pages.page(.text) { readers.append(page) }
    #expect(made.load(ordering: .relaxed) == 2, "no number is older than ten seconds")
    #expect(await pages.page(.openMetrics) == nil, "a third finds no room")
    readers = []
    clock.advance(.seconds(1))
    #expect(await pages.page(.openMetrics) != nil)
  }

  @Test func `bytes are all there, and too many are none`() throws {
    let write = { (sink: inout SharedBytes.Sink) in for text in ["12345", "67890"] { sink.append(text) } }
    let bytes = try #require(SharedBytes(limit: 10, write))
    #expect(bytes.count == 10 && bytes.bytes == Array("1234567890".utf8))
    #expect(SharedBytes(limit: 9, write) == nil)
    #expect(SharedBytes(limit: 0) { _ in }?.bytes == [])
  }

  @Test func `a day with thousands of types is a page of few lines`() {
    let day = BeijingDay(year: 2_026, month: 8, day: 20) ?? .firstKept
    let rows = (1...12_000).flatMap { type in
      [0, 23].map { HourlyRow(hour: $0, type: MessageType(type), users: 1, count: type) }
    }
    var status = AccountStatus(account: Account(name: "acme"))
    let messages = HourlyMessages(day: day, rows: rows)
    status.days[day] = DayStatus(record: DayRecord(messages: messages, isFinal: true, fetchedAt: day.start))
    status.newestDay = day
    let text = ExpositionFormat.text.text(
      of: MetricsPage([.init(name: "acme", status: status)], at: (day + 1).start(ofHour: 12)).families)
    let lines = text.split(separator: "\n").filter { $0.hasPrefix("wxtop_upstream_messages{") }
    #expect(lines.count == 32 * 24 && lines.contains { $0.contains("type=\"other\"") })
    let sum = lines.compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }.reduce(0, +)
    #expect(sum == 2 * 12_000 * 12_001 / 2)
  }
}
