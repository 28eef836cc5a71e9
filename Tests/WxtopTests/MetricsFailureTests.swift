import Glibc
import LoopbackClient
import Synchronization
import Testing
import WeixinModel
import WeixinSimulator

/// `wxtop metrics` when something is wrong, and how it ends.
@Suite(.processes)
struct MetricsFailureTests {
  private static let secret = "s3cr3t-0f-the-account"

  @Test func `a port in use, addresses that cannot be, and rights that are missing`() async throws {
    try await withSimulator { simulator, place in
      try await withEndpoint(place, simulator) { endpoint in
        let other = try Place()
        let taken = "127.0.0.1:\(endpoint.port)"
        let run = try await Wxtop.run("metrics", "--listen", taken, in: other, simulator)
        #expect(run.status == 69 && run.output.isEmpty)
        #expect(run.error.contains("Another program listens on \(taken)") && run.error.contains("--listen"))
        let chinese = try await Wxtop.run("metrics", "--listen", taken, "--lang", "zh", in: other, simulator)
        #expect(chinese.error.contains("\(taken) 已被其他程序占用"))
        let calls = await simulator.calls[.token]
        let elsewhere = try await Wxtop.run("metrics", "--listen", "192.0.2.1:9414", in: other, simulator)
        #expect(elsewhere.status == 69 && elsewhere.error.contains("no address of this machine"))
        // It has no token of its own, so any call would begin with that.
        #expect(await simulator.calls[.token] == calls)
      }
      for wrong in [
        "9414", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "example.org:80", "::1:80", "127.0.0.1:+1",
      ] {
        let run = try await Wxtop.run("metrics", "--listen=\(wrong)", in: place, simulator)
        #expect(run.status == 64 && run.error.contains("write it like 127.0.0.1:9414"), "\(wrong): \(run.error)")
      }
      #expect(try await Wxtop.run("metrics", "--offline", in: place, simulator).status == 64)
      let empty = try Place()
      #expect(try await Wxtop.run("metrics", in: empty).status == 78)
      // Ports below 1024 are open to root.
      if getuid() != 0 {
        let run = try await Wxtop.run("metrics", "--listen", "127.0.0.1:1", in: place, simulator)
        #expect(run.status == 77 && run.error.contains("may not listen"))
      }
    }
  }

  @Test func `an address that others can reach is said to be one`() async throws {
    try await withSimulator { simulator, place in
      let child = try Child.start(
        Wxtop.path, ["metrics", "--listen", "0.0.0.0:0"], environment: place.environment(simulator),
        output: place.file("out"), error: place.file("err"))
      _ = try await until("its address") { place.text(of: "out").contains("http://0.0.0.0:") ? true : nil }
      #expect(place.text(of: "err").contains("other machines can reach 0.0.0.0:"))
      child.signal(SIGINT)
      #expect(try await child.ended() == 0)
    }
  }

  private func configuration(_ simulator: RunningSimulator, _ accounts: [(name: String, secretFile: String)]) -> String
  {
    var text = "accounts:\n"
    for (index, account) in accounts.enumerated() {
      text += "  \(account.name):\n    appid: wxdemo000000000\(index + 1)\n    secret_file: \(account.secretFile)\n"
      text += "    api_base: \(simulator.baseURL)\n"
    }
    return text
  }

  private func options(accounts: Int) -> Simulator.Options {
    var options = Simulator.Options()
    options.accounts = (1...accounts).map { .init(appID: "wxdemo000000000\($0)", secret: Self.secret) }
    return options
  }

  @Test func `broken accounts are down, and the good one goes on`() async throws {
    try await withSimulator(options(accounts: 1)) { simulator, place in
      let good = try place.write(Self.secret, to: "secret")
      let bad = try place.write("another-secret", to: "bad-secret")
      try place.write(
        configuration(
          simulator, [("good", good), ("missing", place.file("nowhere")), ("refused", bad)]) + """
              again:
                appid: wxdemo0000000001
                secret_file: \(good)

            """, to: "config/wxtop/config.yaml")
      try await withEndpoint(place) { endpoint in
        let metrics = try await endpoint.metrics("the good account") {
          $0.value("wxtop_account_up", ["account": "good"]) == 1
            && $0.value("wxtop_mass_send_speed_level", ["account": "good"]) != nil
            && !$0.all("wxtop_api_errors_total", ["account": "refused", "endpoint": "token"]).isEmpty
        }
        #expect(metrics.value("wxtop_account_up", ["account": "missing"]) == 0)
        #expect(metrics.value("wxtop_account_up", ["account": "refused"]) == 0)
        #expect(metrics.value("wxtop_account_up", ["account": "again"]) == 0)
        #expect(metrics.all("wxtop_account_up").count == 4)
        #expect(try endpoint.ask("/-/ready").status == 200)
        #expect(endpoint.said.contains("Account missing cannot be watched; the others go on"))
        #expect(endpoint.said.contains("account again is the same as good"))
      }
      // One that is named must be good.
      let run = try await Wxtop.run("metrics", "--account", "missing", in: place)
      #expect(run.status == 78 && run.output.isEmpty)
      try await withEndpoint(place, nil, ["--account", "good"]) { endpoint in
        let up = try endpoint.metrics().all("wxtop_account_up")
        #expect(up.map(\.labels) == [["account": "good"]])
      }
    }
  }

  @Test func `names of accounts cannot break out of their labels`() async throws {
    try await withSimulator(options(accounts: 4)) { simulator, place in
      let secret = try place.write(Self.secret, to: "secret")
      let names = [#"a"} 1 #"#, #"b\"#, "c{x=\"y\"},\\n", "艾克美 %s <b>"]
      let quoted = names.map { "'\($0)'" }
      try place.write(
        configuration(simulator, quoted.map { ($0, secret) }), to: "config/wxtop/config.yaml")
      try await withEndpoint(place) { endpoint in
        let metrics = try await endpoint.metrics("all accounts") {
          $0.all("wxtop_account_up").count { $0.value == 1 } == names.count
        }
        #expect(metrics.all("wxtop_account_up").compactMap { $0.labels["account"] } == names)
        let reply = try endpoint.ask("/metrics", accept: "application/openmetrics-text")
        _ = try Exposition(reply.text, isOpenMetrics: true)
        try place.write(try endpoint.ask("/metrics").text, to: "page")
        if Prometheus.has("promtool") { try await Prometheus.expectAccepted("check metrics <page", in: place) }
      }
    }
  }

  @Test func `no secret and no token in any answer, nor on stderr`() async throws {
    var options = options(accounts: 1)
    options.faults = ["echo*3", "errcode=40125*2:token"].compactMap { Fault($0) }
    try await withSimulator(options) { simulator, place in
      try await withEndpoint(place, simulator, adding: ["WXTOP_SECRET": Self.secret]) { endpoint in
        let answers = { try ["/metrics", "/-/ready", "/-/healthy", "/x"].map { try endpoint.ask($0).text } }
        var seen: [String] = []
        // From before the first call until some have failed.
        _ = try await until("the third failure") { () -> Bool? in
          seen += try answers()
          return await simulator.calls.values.reduce(0, +) >= 3 ? true : nil
        }
        seen += try answers()
        for text in seen + [endpoint.said] { #expect(!text.contains(Self.secret) && !text.contains("access_token")) }
      }
    }
  }

  @Test func `a fault is an error with its code, and the account is down until it passes`() async throws {
    try await withSimulator(fault: Fault("errcode=40164") ?? .none) { simulator, place in
      try await withEndpoint(place, simulator) { endpoint in
        let metrics = try await endpoint.metrics("the error") { !$0.all("wxtop_api_errors_total").isEmpty }
        #expect(metrics.all("wxtop_api_errors_total").allSatisfy { $0.labels["code"] == "40164" })
        #expect(metrics.value("wxtop_account_up") == 0)
        #expect(metrics.all("wxtop_mass_send_speed_level").isEmpty)
        #expect(try endpoint.ask("/-/ready").status == 200)
      }
    }
  }

  @Test func `scrapes during the stop are whole or refused`() async throws {
    try await withSimulator { simulator, place in
      let endpoint = try await MetricsEndpoint.start(place, simulator)
      _ = try await endpoint.settled()
      // One that has begun to ask, and never ends, must not hold it.
      let unfinished = try LoopbackClient(port: endpoint.port)
      defer { unfinished.hangUp() }
      unfinished.send("GET /metrics HTTP/1.1\r\nHost:")
      let count = Atomic(0)
      async let scrapes = {
        var replies: [LoopbackClient.Reply] = []
        while let reply = try? LoopbackClient.answer(endpoint.port, "/metrics") {
          replies.append(reply)
          count.add(1, ordering: .relaxed)
        }
        return replies
      }()
      _ = try await until("the first scrapes") { count.load(ordering: .relaxed) > 1 ? true : nil }
      #expect(try await endpoint.stop() == 0)
      let replies = await scrapes
      #expect(replies.count > 1)
      #expect(replies.allSatisfy { $0.status == 200 && $0.isWhole })
      #expect(endpoint.said.isEmpty)
    }
  }

  @Test func `a slow reader gets the rest of its answer during the stop, and one that never reads holds nothing`()
    async throws
  {
    var options = Simulator.Options()
    options.accounts = (10...59).map { .init(appID: "wxdemo00000000\($0)", secret: Self.secret) }
    try await withSimulator(options) { simulator, place in
      let secret = try place.write(Self.secret, to: "secret")
      var text = "accounts:\n"
      for account in options.accounts {
        text +=
          "  \(account.appID): {appid: \(account.appID), secret_file: \(secret), api_base: '\(simulator.baseURL)'}\n"
      }
      try place.write(text, to: "config/wxtop/config.yaml")
      for reads in [true, false] {
        // The accounts begin within one interval.
        let endpoint = try await MetricsEndpoint.start(place, nil, ["--interval", "5"])
        _ = try await endpoint.metrics("a long page") { $0.all("wxtop_newest_day_final").count > 40 }
        let slow = try LoopbackClient(port: endpoint.port, buffer: 4_096)
        defer { slow.hangUp() }
        slow.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
        let first = try slow.read()
        endpoint.child.signal(SIGTERM)
        _ = try await until("the end of listening") { () -> Bool? in
          (try? LoopbackClient(port: endpoint.port)) == nil ? true : nil
        }
        if reads {
          let reply = String(decoding: first + (try slow.rest()), as: UTF8.self)
          let length = reply.firstMatch(of: /Content-Length: ([0-9]+)/).flatMap { Int($0.1) }
          let body = try #require(reply.firstRange(of: "\r\n\r\n")).upperBound
          #expect(reply[body...].utf8.count == length && (length ?? 0) > 500_000)
        }
        #expect(try await endpoint.child.ended() == 0)
      }
    }
  }
}
