import Dashboard
import Testing
import WeixinModel
import WeixinSimulator

@testable import wxtop

/// `wxtop doctor` with everything in order, half of it, and nothing.
struct DoctorTests {
  private static let terminal = ["TERM": "xterm-256color"]

  /// The result of each check.
  private func results(_ run: Wxtop.Run) -> [String: String] {
    Dictionary(
      run.output.matches(of: #/"check":"(\w+)","result":"(\w+)"/#).map { (String($0.1), String($0.2)) },
      uniquingKeysWith: { first, _ in first })
  }

  private func expect(_ run: Wxtop.Run, _ expected: [Check: Finding.Outcome], else other: Finding.Outcome = .ok) {
    let found = results(run)
    for check in Check.allCases {
      #expect(found[check.rawValue] == (expected[check] ?? other).rawValue, "\(check): \(run.output)")
    }
  }

  @Test(.processes) func `everything in order`() async throws {
    try await withSimulator { simulator, place in
      let run = try await Wxtop.run("doctor", in: place, simulator, adding: Self.terminal)
      #expect(run.status == 0)
      #expect(run.error.isEmpty)
      let checks = run.lines.prefix { !$0.isEmpty }
      #expect(checks.count == Check.allCases.count)
      #expect(checks.allSatisfy { $0.hasPrefix("ok ") }, "\(run.output)")
      #expect(
        run.output.contains("quota            mass-send speed 1/10,000, hourly messages 1/10,000 calls used today\n"))
      #expect(run.output.contains(", appid wxdemo…\n  15 ok, 0 warning, 0 fail, 0 skipped\n"))
      #expect(await simulator.calls == [.token: 1, .speed: 1, .hourly: 1, .quota: 2])
      // It looks, and leaves nothing behind.
      #expect(try place.files(in: "data").isEmpty)
      #expect(try place.files(in: "state").isEmpty)
    }
  }

  @Test func `with an archive it uses the token that others have fetched`() async throws {
    try await withSimulator { simulator, place in
      #expect(await Wxtop.call("speed", in: place, simulator).status == 0)
      let run = await Wxtop.call("doctor", in: place, simulator, adding: Self.terminal)
      #expect(run.status == 0, "\(run.output)")
      #expect(await simulator.calls == [.token: 1, .speed: 2, .hourly: 1, .quota: 2])
    }
  }

  @Test func `without an account`() async throws {
    let run = await Wxtop.call("doctor", "--format", "json", in: try Place(), adding: Self.terminal)
    #expect(run.status == 78)
    expect(
      run, [.configuration: .ok, .account: .fail, .archive: .ok, .log: .ok, .terminal: .ok], else: .skipped)
  }

  @Test func `with a broken configuration`() async throws {
    let place = try Place()
    try place.write("acounts: 1\n", to: "config/wxtop/config.yaml")
    let run = await Wxtop.call("doctor", "--lang", "zh", in: place)
    #expect(run.status == 78)
    #expect(run.output.contains("config.yaml 第 1 行：未知的键 acounts"))
    #expect(run.output.contains("需要先解决：配置"))
  }

  @Test func `without a network`() async throws {
    let simulator = try await Simulator.start()
    await simulator.stop()
    let run = await Wxtop.call("doctor", "--format", "json", in: try Place(), simulator, adding: Self.terminal)
    #expect(run.status == 69)
    expect(
      run,
      [
        .network: .fail, .clock: .skipped, .whitelist: .skipped, .token: .skipped, .speed: .skipped, .hourly: .skipped,
        .quota: .skipped,
      ])
    #expect(run.output.contains("127.0.0.1 could not be reached: Connection refused."))
  }

  private static let faults: [(Fault, Int32, [Check: Finding.Outcome], calls: [Simulator.Endpoint: Int])] = [
    (
      Fault(.errcode(40_164)), 77,
      [.whitelist: .fail, .token: .skipped, .speed: .skipped, .hourly: .skipped, .quota: .skipped], [.token: 1]
    ),
    (
      Fault(.errcode(40_125)), 77,
      [.whitelist: .skipped, .token: .fail, .speed: .skipped, .hourly: .skipped, .quota: .skipped], [.token: 1]
    ),
    (
      Fault(.html), 65,
      [
        .network: .fail, .clock: .ok, .whitelist: .skipped, .token: .skipped, .speed: .skipped, .hourly: .skipped,
        .quota: .skipped,
      ], [.token: 1]
    ),
    (Fault(.errcode(48_001), on: .speed), 77, [.speed: .fail], [.token: 1, .speed: 1, .hourly: 1, .quota: 2]),
    (Fault(.notReady), 0, [.hourly: .warning], [.token: 1, .speed: 1, .hourly: 1, .quota: 2]),
    (
      // A kept connection that dies under a call is made anew once, by libcurl.
      Fault(.reset, on: .hourly), 69, [.hourly: .fail], [.token: 1, .speed: 1, .hourly: 2, .quota: 2]
    ),
    (Fault(.truncated, on: .quota), 0, [.quota: .warning], [.token: 1, .speed: 1, .hourly: 1, .quota: 2]),
    (
      // Whatever it tries again, there are five calls.
      Fault(.errcode(40_001), on: .speed), 77,
      [.token: .fail, .speed: .skipped, .hourly: .skipped, .quota: .skipped],
      [.token: 2, .speed: 2]
    ),
  ]

  @Test(arguments: faults)
  func `what is wrong is named where it is`(
    fault: Fault, status: Int32, expected: [Check: Finding.Outcome], calls: [Simulator.Endpoint: Int]
  ) async throws {
    try await withSimulator(fault: fault) { simulator, place in
      let run = await Wxtop.call("doctor", "--format", "json", in: place, simulator, adding: Self.terminal)
      #expect(run.status == status)
      #expect(run.error.isEmpty)
      expect(run, expected)
      #expect(await simulator.calls == calls)
    }
  }

  @Test func `who must do what stands below`() async throws {
    try await withSimulator(fault: Fault(.errcode(40_164))) { simulator, place in
      let run = await Wxtop.call("doctor", in: place, simulator, adding: Self.terminal)
      let index = try #require(run.lines.firstIndex { $0.hasPrefix("fail     whitelist") })
      #expect(run.lines[index + 1].contains("An administrator must add 203.0.113.169"))
      #expect(run.output.contains("\n  fail: whitelist: Weixin refused the address 203.0.113.169"))
    }
  }

  @Test func `a secret never shows`() async throws {
    var options = Simulator.Options()
    options.accounts = [.init(secret: "s3cr3t-0f-the-account")]
    try await withSimulator(options) { simulator, place in
      for fault in [Fault.none, Fault(.errcode(40_125)), Fault(.html)] {
        await simulator.setFault(fault)
        for format in ["text", "json"] {
          let run = await Wxtop.call(
            "doctor", "--format", format, in: place, simulator, adding: ["WXTOP_SECRET": "s3cr3t-0f-the-account"])
          #expect(!run.output.contains("s3cr3t") && !run.output.contains("wxdemo0000000001+/"))
        }
      }
    }
  }

  @Test func `credentials that cannot be had keep it from calling`() async throws {
    try await withSimulator { simulator, place in
      let program = try place.write("#!/bin/sh\necho locked >&2\nexit 2\n", to: "print", mode: 0o700)
      try place.write(
        "accounts:\n  acme:\n    appid: wx1\n    secret_command: [\(program)]\n    api_base: \(simulator.baseURL)\n",
        to: "config/wxtop/config.yaml")
      let run = await Wxtop.call("doctor", in: place, adding: Self.terminal)
      #expect(run.status == 77)
      #expect(run.output.contains("fail     credentials      secret_command \(program) ended with status 2: locked\n"))
      #expect(run.output.contains("skipped  network          needs credentials\n"))
      #expect(await simulator.calls.isEmpty)
    }
  }

  @Test(.processes) func `an archive that is none, and a terminal that draws nothing`() async throws {
    try await withSimulator { simulator, place in
      let archive = try place.write("no database at all, but some text", to: "archive.sqlite")
      let run = try await Wxtop.run(
        "doctor", "--offline", "--archive", archive, in: place, simulator, adding: ["TERM": "dumb"])
      #expect(run.status == 65)
      #expect(run.output.contains("fail     archive          \(archive) is no archive that can be read\n"))
      #expect(run.output.contains("warning  terminal         TERM=dumb draws no screen\n"))
      #expect(run.output.contains("skipped  network          --offline\n"))
      #expect(place.text(of: "archive.sqlite") == "no database at all, but some text")
      #expect(await simulator.calls.isEmpty)
    }
  }

  @Test func `a wrong clock is a warning, and a failure where wxtop asks for other days by it`() {
    let words = CallWords(address: "", language: .en)
    let evening = BeijingDay(ordinal: 20_685).start(ofHour: 20)
    #expect(words.clock(nil).outcome == .skipped)
    #expect(words.clock(-60).outcome == .ok)
    let slow = words.clock(-3_601, at: evening)
    #expect(slow.outcome == .warning && slow.detail == "this server's clock is 60 min behind the API's")
    #expect(words.clock(61, at: evening).outcome == .warning)
    #expect(CallWords(address: "", language: .zh).clock(61, at: evening).detail == "本机时钟比接口快 61 秒")
    let old = words.clock(-50 * 365 * 86_400, at: evening + -50 * 365 * 86_400)
    #expect(old.outcome == .fail && old.status == 78)
    #expect(
      old.detail == "this server's clock is 18250 d behind the API's, so that wxtop asks for the wrong days")
  }
}
