import Testing
import WeixinModel
import WeixinSimulator

/// A secret or token never leaves but for Weixin.
@Suite(.processes)
struct SecretTests {
  private static let secret = "s3cr3t-0f-the-account"

  private func expectHidden(
    _ place: Place, _ runs: [Wxtop.Run], words: [String] = [secret],
    in folders: [String] = ["data", "state", "tmp", "home"]
  ) throws {
    for word in words {
      for run in runs { #expect(!run.output.contains(word) && !run.error.contains(word)) }
      for folder in folders {
        for file in try place.files(in: folder) {
          #expect(place.bytes(of: "\(folder)/\(file)").firstRange(of: Array(word.utf8)) == nil, "\(file)")
        }
      }
    }
  }

  private var options: Simulator.Options {
    var options = Simulator.Options()
    options.accounts = [.init(secret: Self.secret)]
    options.readyTokens = ["READY-T0KEN"]
    return options
  }

  @Test func `not in reports, sentences, archive or log`() async throws {
    try await withSimulator(options) { simulator, place in
      let mine = ["WXTOP_SECRET": Self.secret]
      var runs = [
        await Wxtop.call("hours", "2024-11-11", in: place, simulator, adding: mine),
        await Wxtop.call("speed", "--format", "json", in: place, simulator, adding: mine),
      ]
      #expect(runs.allSatisfy { $0.status == 0 })
      for (word, status) in [
        ("errcode=40125", 77), ("html", 65), ("reset", 69), ("errcode=40001", 77), ("echo", 69), ("echo-page", 65),
        ("control", 69), ("echo:token", 69),
      ] as [(String, Int32)] {
        let fault = try #require(Fault(word))
        await simulator.setFault(fault)
        // A token is needed anew, and then it is asked for.
        if fault.endpoint == .token { await simulator.revokeTokens() }
        let dashboard = await Wxtop.call("--once", "--date", "2020-01-01", in: place, simulator, adding: mine)
        let speed = await Wxtop.call("speed", in: place, simulator, adding: ["WXTOP_TOKEN": "READY-T0KEN"])
        let hours = await Wxtop.call(
          "hours", "2020-01-02", "--format", "json", "--lang", "zh", in: place, simulator, adding: mine)
        #expect(dashboard.status == status && hours.status == status, "\(word): \(dashboard.error) \(hours.error)")
        // Whoever brings a token asks for none.
        #expect(speed.status == (fault.endpoint == .token ? 0 : status), "\(word): \(speed.error)")
        runs += [dashboard, speed, hours]
      }
      runs.append(
        await Wxtop.call(
          "backfill", "--from", "2024-11-10", "--to", "2024-11-11", in: place, simulator, adding: mine))
      await simulator.setFault(.none)
      for arguments in [
        ["backfill", "--from", "2024-11-10", "--to", "2024-11-11"], ["export"], ["export", "--format", "json"],
        ["export", "--format", "openmetrics"], ["errors"],
      ] {
        runs.append(
          await Wxtop.call(arguments, in: place, environment: place.environment(simulator, adding: mine)))
        #expect(runs.last?.status == 0)
      }
      // Failures of the dashboard are logged, so that there is a file to look through.
      #expect(try place.files(in: "state").contains("wxtop/wxtop.log"))
      try expectHidden(place, runs, words: [Self.secret, "READY-T0KEN"])
      // Fetched tokens begin with 99_ and the app ID. Only the archive may hold one, for other processes to share.
      try expectHidden(place, runs, words: ["99_wxdemo"], in: ["state", "tmp", "home"])
      for run in runs { #expect(!run.error.contains(/access_token=[^•]/) && !run.output.contains(/access_token=[^•]/)) }
    }
  }

  @Test(arguments: [["speed"], ["hours", "2024-11-11"], ["--once", "--date", "2024-11-11"], ["--plain"]])
  func `not in the arguments that everybody can see`(arguments: [String]) async throws {
    try await withSimulator(options, fault: Fault(.silent)) { simulator, place in
      let child = try Child.start(
        Wxtop.path, arguments, environment: place.environment(simulator, adding: ["WXTOP_SECRET": Self.secret]),
        output: place.file("out"), error: place.file("err"))
      _ = try await until("the call") { await simulator.calls[.token] }
      let line = try contents(of: "/proc/\(child.pid)/cmdline")
      #expect(line.contains("wxtop\0" + arguments.joined(separator: "\0")))
      #expect(!line.contains(Self.secret))
      child.signal(15)
      #expect(try await child.ended() == 143)
      #expect(place.text(of: "out") == "")
      #expect(place.text(of: "err") == "")
    }
  }

  @Test func `no option takes one`() async throws {
    for option in ["--secret", "--token", "--appsecret"] {
      let run = await Wxtop.call("speed", option, Self.secret, in: try Place())
      #expect(run.status == 64)
    }
  }
}
