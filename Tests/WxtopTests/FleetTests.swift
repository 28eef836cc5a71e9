import Glibc
import Testing
import WeixinModel
import WeixinSimulator

@testable import MessageArchive

/// Many accounts: where they come from, and `wxtop monitor`, which watches them without a screen.
@Suite(.processes)
struct FleetTests {
  /// A configuration whose accounts are one simulator's.
  private static func entry(_ number: Int, secret: String = "demo-secret", _ simulator: RunningSimulator) -> String {
    "{appid: wxdemo000000000\(number), secret: \(secret), api_base: \"\(simulator.baseURL)\"}"
  }

  static func options(accounts: Int) -> Simulator.Options {
    var options = Simulator.Options()
    options.accounts = (1...accounts).map { Simulator.Account(number: $0, seed: UInt64($0)) }
    return options
  }

  @Test func `accounts stand in the configuration, in files of their own, and in what a command lists`() async throws {
    try await withSimulator(Self.options(accounts: 3)) { simulator, place in
      let list = try place.write(
        "#!/bin/sh\necho '{\"third\": {\"appid\": \"wxdemo0000000003\", \"token\": \"a-token-that-is-long\"}}'\n",
        to: "list", mode: 0o700)
      try place.write(
        "accounts_command: [\(list)]\naccounts:\n  first: \(Self.entry(1, simulator))\n", to: "config/wxtop/config.yaml"
      )
      try place.write(Self.entry(2, simulator), to: "config/wxtop/accounts.d/second.yaml")
      try place.write("appid: [", to: "config/wxtop/accounts.d/broken.yaml")
      try place.write("appid: x", to: "config/wxtop/accounts.d/.second.yaml.swp")
      let run = try await Wxtop.run("accounts", "--format", "json", in: place)
      #expect(run.status == 0)
      let names = run.output.split(separator: "\n").compactMap { line in
        line.firstRange(of: "\"account\":\"").map { String(line[$0.upperBound...].prefix { $0 != "\"" }) }
      }
      #expect(names == ["first", "second", "third"])
      #expect(run.output.contains("accounts_command \(list)") && !run.output.contains("a-token-that-is-long"))
      #expect(run.error.contains("broken.yaml") && run.error.contains("Account broken cannot be watched"))
      // Each can be used alone, the broken one says why not.
      #expect(try await Wxtop.run("speed", "--account", "second", in: place).status == 0)
      let broken = try await Wxtop.run("speed", "--account", "broken", in: place)
      #expect(broken.status == 78 && broken.error.contains("accounts.d/broken.yaml"))
    }
  }

  @Test func `a listed token that Weixin refuses is asked for again`() async throws {
    var options = Self.options(accounts: 1)
    options.readyTokens = ["the-second-token-of-the-list"]
    try await withSimulator(options) { simulator, place in
      // The first run gives a token that is no longer good.
      let list = try place.write(
        """
        #!/bin/sh
        if [ -e \(place.file("again")) ]; then token=the-second-token-of-the-list; else token=the-first-token-of-the-list; fi
        touch \(place.file("again"))
        printf 'only:\\n  appid: wxdemo0000000001\\n  token: %s\\n  api_base: \(simulator.baseURL)/\\n' $token

        """, to: "list", mode: 0o700)
      try place.write(
        "accounts_command: [\(list)]\napi_base: \(simulator.baseURL)\n", to: "config/wxtop/config.yaml")
      let refused = try await Wxtop.run("speed", in: place)
      #expect(refused.status == 77 && !refused.error.contains("token-of-the-list"))
      let run = try await Wxtop.run("speed", in: place)
      #expect(run.status == 0 && run.error.isEmpty)
    }
  }

  @Test(arguments: [
    ("{\"x\": {\"appid\": \"wx1\", \"token_command\": [\"touch\", \"PWNED\"]}}", "token_command"),
    ("{\"x\": {\"appid\": \"wx1\", \"secret_command\": [\"touch\", \"PWNED\"]}}", "secret_command"),
    ("{\"x\": {\"appid\": \"wx1\", \"secret_file\": \"/etc/hostname\"}}", "secret_file"),
    ("{\"x\": {\"token_file\": \"/etc/hostname\"}}", "token_file"),
    ("{\"x\": {\"token\": \"a-token-that-is-long\", \"proxy\": \"p:1\"}}", "proxy"),
    ("{\"x\": {\"token\": \"a-token-that-is-long\", \"ca_file\": \"/x\"}}", "ca_file"),
    ("{\"x\": {\"token\": \"a-token-that-is-long\", \"api_base\": \"http://127.0.0.1:9\"}}", "127.0.0.1:9"),
    ("{\"x\": {\"appid\": \"wx1\", \"token\": \"classic\"}}", "account x"),
    ("{\"x\": {\"token\": \"cloud\"}}", "account x"),
    (
      "{\"shop\": {\"token\": \"a-token-that-is-long\"}, \"sh\u{200B}op\": {\"token\": \"b-token-that-is-long\"}}",
      "shop"
    ),
    ("{\"\u{200B}\": {\"token\": \"a-token-that-is-long\"}}", "needs a name"),
  ])
  func `a list is data, and what else it holds is refused by its name`(text: String, named: String) async throws {
    let place = try Place()
    let mark = place.file("pwned")
    try place.write(text.replacing("PWNED", with: mark), to: "listed")
    let list = try place.write("#!/bin/sh\ncat \(place.file("listed"))\n", to: "list", mode: 0o700)
    try place.write("accounts_command: [\(list)]\n", to: "config/wxtop/config.yaml")
    let run = try await Wxtop.run("speed", "--account", "x", in: place)
    #expect(run.status == 78 && run.error.contains(named), "\(run.status) \(run.error)")
    #expect(place.text(of: "pwned").isEmpty && access(mark, F_OK) != 0)
  }

  @Test func `a command that lists no account is named`() async throws {
    let place = try Place()
    let list = try place.write("#!/bin/sh\necho '{}'\n", to: "list", mode: 0o700)
    try place.write("accounts_command: [\(list)]\n", to: "config/wxtop/config.yaml")
    for command in ["speed", "accounts", "monitor", "--once"] {
      let run = await Wxtop.call(command, in: place)
      #expect(run.status == 78 && run.output.isEmpty, "\(command)")
      #expect(run.error.hasPrefix("wxtop: accounts_command (\(list)) listed no account"), "\(command) \(run.error)")
    }
  }

  @Test func `an account without calls left is missing from list, frame and paragraph`() async throws {
    try await withSimulator(Self.options(accounts: 2)) { simulator, place in
      try place.write(
        "accounts:\n  a1: \(Self.entry(1, simulator))\n  a2: \(Self.entry(2, simulator))\n",
        to: "config/wxtop/config.yaml")
      let archive = try MessageArchive.open(at: place.file("data/wxtop/archive.sqlite")).archive
      try await archive.saveQuota(
        QuotaReading(
          quota: CallQuota(limit: 1_000, used: 999, remaining: 1), at: MessageArchive.systemTime(), ownCalls: 0),
        "wxdemo0000000002", endpoint: .speed)
      try archive.close()
      let list = await Wxtop.call("--once", "--view", "accounts", "--size", "120x12", in: place)
      #expect(list.status == 75 && list.error.hasPrefix("wxtop: a2: "), "\(list.error)")
      #expect(list.lines.contains { $0.contains("a2") && $0.contains("quota") }, "\(list.output)")
      #expect(!list.output.contains("2 ok"))
      for words in ["--once", "--plain"] {
        let whole = await Wxtop.call(words, "--account", "a1", in: place)
        #expect(whole.status == 0 && whole.error.isEmpty, "\(words) \(whole.error)")
        let run = await Wxtop.call(words, "--account", "a2", in: place)
        #expect(run.status == 75 && run.error.hasPrefix("wxtop: "), "\(words) \(run.error)")
        let words = words == "--plain" ? "spent its part of what the account may still call" : "quota"
        #expect(run.output.contains(words), "\(words) \(run.output)")
      }
    }
  }

  @Test func `a command that lists accounts may fail, hang or print rubbish`() async throws {
    let place = try Place()
    for (script, sentence) in [
      ("exit 3", "ended with status 3"), ("echo '['", "is no YAML"), ("echo 'x: 1'", "must hold keys"),
      ("head -c 10000000 /dev/zero", "printed more than 4096 KiB"),
    ] {
      let list = try place.write("#!/bin/sh\n\(script)\n", to: "list", mode: 0o700)
      try place.write("accounts_command: [\(list)]\n", to: "config/wxtop/config.yaml")
      let run = try await Wxtop.run("accounts", in: place)
      #expect(run.status != 0 && run.error.contains(sentence), "\(script): \(run.status) \(run.error)")
    }
  }

  @Test func `it watches all, says what happens, and takes over what changes`() async throws {
    try await withSimulator(Self.options(accounts: 4)) { simulator, place in
      // By itself it has another at each time of the day.
      await simulator.setSpeed(level: 3, realspeed: 30)
      try place.write(
        "interval: 5\naccounts:\n  one: \(Self.entry(1, simulator))\n", to: "config/wxtop/config.yaml")
      try place.write(Self.entry(2, secret: "wrong", simulator), to: "config/wxtop/accounts.d/refused.yaml")
      try place.write(Self.entry(1, simulator), to: "config/wxtop/accounts.d/twice.yaml")
      let child = try Child.start(
        Wxtop.path, ["monitor"], environment: place.environment(), output: place.file("out"), error: place.file("err"))
      defer { child.signal(SIGKILL) }
      func said(_ text: String) async throws {
        _ = try await until("“\(text)”, said by \(place.text(of: "out"))\(place.text(of: "err"))") {
          place.text(of: "out").contains(text) || place.text(of: "err").contains(text) ? true : nil
        }
      }
      try await said("Watching 3 accounts")
      try await said("account twice is the same as one")
      try await said("refused: speed: 40125")
      let archive = try MessageArchive.open(at: place.file("data/wxtop/archive.sqlite")).archive
      _ = try await until("the first speed") { try archive.latestSpeed("wxdemo0000000001") }
      await simulator.setSpeed(level: 4, realspeed: 10)
      try await said("one: mass-send speed")
      // A new file is noticed, and a mended one; SIGHUP does the same.
      try place.write(Self.entry(3, simulator), to: "config/wxtop/accounts.d/new.yaml")
      try place.write("accounts: 1", to: "config/wxtop/config.yaml")
      try await said("config.yaml:1")
      try place.write(
        "interval: 5\naccounts:\n  one: \(Self.entry(1, simulator))\n  four: \(Self.entry(4, simulator))\n",
        to: "config/wxtop/config.yaml")
      child.signal(SIGHUP)
      for key in ["wxdemo0000000003", "wxdemo0000000004"] {
        _ = try await until("the speed of \(key)") { try archive.latestSpeed(key) }
      }
      child.signal(SIGTERM)
      #expect(try await child.ended() == 0)
      #expect(!place.text(of: "out").contains("demo-secret") && !place.text(of: "err").contains("demo-secret"))
    }
  }

  @Test func `another interval and other alerts hold from the moment on in which the file says so`() async throws {
    try await withSimulator(Self.options(accounts: 1)) { simulator, place in
      await simulator.setSpeed(level: 4, realspeed: 10)
      let hook = try place.write("#!/bin/sh\ncat >>\(place.file("told"))\n", to: "hook", mode: 0o700)
      let accounts = "accounts:\n  one: \(Self.entry(1, simulator))\n"
      try place.write("interval: 86400\nalerts: off\n" + accounts, to: "config/wxtop/config.yaml")
      let child = try Child.start(
        Wxtop.path, ["monitor"], environment: place.environment(), error: place.file("err"))
      defer { child.signal(SIGKILL) }
      _ = try await until("the first poll") { await simulator.calls[.speed].map { $0 > 0 } }
      // A slip changes nothing.
      try place.write("interval: soon\n" + accounts, to: "config/wxtop/config.yaml")
      child.signal(SIGHUP)
      _ = try await until("what is wrong") { place.text(of: "err").contains("config.yaml:1") ? true : nil }
      try place.write("interval: 5\nalerts: {command: [\(hook)]}\n" + accounts, to: "config/wxtop/config.yaml")
      child.signal(SIGHUP)
      _ = try await until("polls at the new interval") { await (simulator.calls[.speed] ?? 0) >= 3 ? true : nil }
      _ = try await until("the alert") { place.text(of: "told").contains("slower_than") ? true : nil }
      try place.write("interval: 5\nalerts: {rules: {slower_than: off}}\n" + accounts, to: "config/wxtop/config.yaml")
      let archive = try MessageArchive.open(at: place.file("data/wxtop/archive.sqlite")).archive
      _ = try await until("the end of what is told no more") { try archive.openAlerts().isEmpty ? true : nil }
      child.signal(SIGTERM)
      #expect(try await child.ended() == 0)
    }
  }

  @Test func `a dashboard beside it doubles no call and shows at once what it keeps`() async throws {
    try await withSimulator(Self.options(accounts: 2)) { simulator, place in
      try place.write(
        "interval: 5\naccounts:\n  one: \(Self.entry(1, simulator))\n  two: \(Self.entry(2, secret: "wrong", simulator))\n",
        to: "config/wxtop/config.yaml")
      let child = try Child.start(Wxtop.path, ["monitor"], environment: place.environment())
      defer { child.signal(SIGKILL) }
      let archive = try await until("the archive") {
        try? MessageArchive.open(at: place.file("data/wxtop/archive.sqlite")).archive
      }
      _ = try await until("its first poll") { try archive.latestSpeed("wxdemo0000000001") }
      _ = try await until("its days") { await simulator.calls[.hourly].map { $0 >= 14 } }
      let window = try await TerminalWindow.open("--lang en", place: place, size: (100, 30))
      // Yesterday is provisional until noon in Beijing.
      try await window.sees("the day") { $0.has("messages") && ($0.has("final") || $0.has("provisional")) }
      let polls = try await until("more polls") { await simulator.calls[.speed].flatMap { $0 >= 3 ? $0 : nil } }
      await simulator.setSpeed(level: 4, realspeed: 10)
      try await window.sees("the level as the other saw it") { $0.has("L4") }
      // The other's failure is shown too, with its cure.
      try await window.press("A")
      try await window.sees("the list") { $0.has("2 accounts") && $0.has("40125") }
      // One process polls: no more calls than its interval allows.
      #expect(await (simulator.calls[.speed] ?? 0) < polls + 8)
      child.signal(SIGTERM)
      #expect(try await child.ended() == 0)
      // The dashboard takes its place.
      let before = await simulator.calls[.speed] ?? 0
      _ = try await until("a poll by the dashboard") { await (simulator.calls[.speed] ?? 0) > before ? true : nil }
      await window.close()
    }
  }

  @Test func `an alert reaches the command, the journal and the screen beside it, and is seen there`() async throws {
    try await withSimulator(Self.options(accounts: 1)) { simulator, place in
      await simulator.setSpeed(level: 4, realspeed: 10)
      let hook = try place.write("#!/bin/sh\ncat >>\(place.file("told"))\n", to: "hook", mode: 0o700)
      try place.write(
        "interval: 5\nalerts: {command: [\(hook)]}\naccounts:\n  one: \(Self.entry(1, simulator))\n",
        to: "config/wxtop/config.yaml")
      let child = try Child.start(
        Wxtop.path, ["monitor"], environment: place.environment(), output: place.file("out"))
      defer { child.signal(SIGKILL) }
      _ = try await until("the alert") { place.text(of: "told").contains("\"state\":\"raised\"") ? true : nil }
      #expect(place.text(of: "told").contains("\"account\":\"one\"") && place.text(of: "told").contains("slower_than"))
      _ = try await until("its line") { place.text(of: "out").contains("one: alert: ") ? true : nil }
      let window = try await TerminalWindow.open("--lang en", place: place, size: (100, 30))
      try await window.sees("the alert") { $0.rows.first?.contains("!1") == true && $0.has("K seen") }
      try await window.press("K")
      try await window.sees("that it was seen") { !$0.has("K seen") }
      let archive = try MessageArchive.open(at: place.file("data/wxtop/archive.sqlite")).archive
      _ = try await until("the mark in the archive") { try archive.openAlerts().first?.acknowledgedAt }
      await simulator.setSpeed(level: 1, realspeed: 60)
      _ = try await until("its end") { place.text(of: "told").contains("\"state\":\"cleared\"") ? true : nil }
      try await window.sees("the end of it") { $0.rows.first?.contains("!1") == false }
      // The dashboard told nobody: one process does.
      #expect(place.text(of: "told").split(separator: "\n").count == 2)
      await window.close()
      child.signal(SIGTERM)
      #expect(try await child.ended() == 0)
    }
  }
}
