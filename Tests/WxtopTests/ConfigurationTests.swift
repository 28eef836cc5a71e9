import Glibc
import Testing
import WeixinSimulator

struct ConfigurationTests {
  private static let broken: [(String, Int?, String)] = [
    (
      "intervall: 60\n", 1,
      "unknown key intervall; allowed are "
        + "accounts, accounts_command, accounts_dir, alerts, api_base, ca_file, color, glyphs, interval, keys, language, marks, mouse, theme."
    ),
    (
      "accounts:\n  acme:\n    appid: wx1\n    sekret: x\n", 4,
      "unknown key sekret; allowed are accent, api_base, appid, ca_file, name, proxy, secret, secret_command, secret_file, "
        + "token, token_command, token_file."
    ),
    (
      "accounts:\n  acme:\n    accent: mauve\n", 3, "accent must be red or orange or green or blue or purple or pink."
    ),
    ("interval: soon\n", 1, "interval must be a whole number from 5 to 86400."),
    ("interval: 1\n", 1, "interval must be a whole number from 5 to 86400."),
    ("mouse: maybe\n", 1, "mouse must be true or false."),
    ("keys:\n  fly: w\n", 2, "there is no action fly for a key; `wxtop keys` lists them."),
    (
      "keys:\n  next-day: [l, Rigth]\n", 2,
      "next-day: Rigth is no key; write x, ^X, F5, PgUp, Space, Left and so on."
    ),
    ("keys:\n  next-day: q\n", 2, "the key q cannot be both next-day and close."),
    ("keys: {quit: [], close: []}\n", 1, "quit or close needs a key, else nobody gets out."),
    (
      "marks: [2024-02-30 x]\n", 1,
      "2024-02-30 is no date; write 2024-11-11 name, 2024-11-01..2024-11-11 name or 11-11 name."
    ),
    ("marks: {2024-11-11: ''}\n", 1, "marks must be a text."),
    ("marks: nowhere.txt\n", 1, "the marks file does not exist."),
    ("alerts: {comand: [x]}\n", 1, "unknown key comand; allowed are again_after, bell, command, quiet, rules."),
    (
      "alerts:\n  rules:\n    slow: 3\n", 3,
      "unknown key slow; allowed are below_nominal, failing_minutes, level_changed, quota_percent, slower_than, "
        + "unpublished_by, unusual_day, unusual_hour."
    ),
    (
      "alerts:\n  command: notify-send x\n", 2,
      "command must be a list of words, such as [pass, show, weixin]; no shell reads it."
    ),
    ("alerts:\n  bell: loud\n", 2, "bell must be on or off."),
    ("alerts:\n  quiet: 23-7\n", 2, "quiet must be off, or two times in Beijing such as 23:00-07:00."),
    ("alerts:\n  quiet: 07:00-07:00\n", 2, "quiet must be off, or two times in Beijing such as 23:00-07:00."),
    ("alerts:\n  again_after: -1\n", 2, "again_after must be a whole number from 0 to 1440."),
    ("alerts:\n  rules:\n    slower_than: 4\n", 3, "slower_than must be off, or a whole number from 0 to 3."),
    ("alerts:\n  rules: {unusual_day: 20}\n", 2, "unusual_day must be on or off."),
    (
      "alerts:\n  rules: {unpublished_by: 06:00}\n", 2,
      "unpublished_by must be off, or a time in Beijing such as \"10:00\", 08:00 or later."
    ),
    ("alerts:\n  rules: {quota_percent: 101}\n", 2, "quota_percent must be off, or a whole number from 10 to 100."),
    ("alerts: 7\n", 1, "alerts must hold keys with values."),
    ("language: fr\n", 1, "language must be en or zh."),
    ("accounts: 7\n", 1, "accounts must hold keys with values."),
    ("accounts:\n  acme:\n    appid: [1, 2]\n", 3, "appid must be a text."),
    ("interval: 60\ninterval: 90\n", 1, "the key interval stands twice in the keys that begin here."),
    (
      "accounts:\n  acme:\n    token: x\n    token: y\n", 3, "the key token stands twice in the keys that begin here."
    ),
    (
      "accounts:\n  acme:\n    appid: wx1\n", 2,
      "account acme needs appid with secret, secret_file or secret_command, or token, token_file or token_command."
    ),
    (
      "accounts:\n  acme:\n    token: clasic\n", 3,
      "token must be classic, stable, cloud, or an access token, which is longer."
    ),
    (
      "accounts:\n  acme:\n    token: classic\n", 2,
      "account acme needs appid with secret, secret_file or secret_command for token: classic."
    ),
    (
      "accounts:\n  acme:\n    token: stable\n    token_file: /t\n", 2,
      "account acme needs appid with secret, secret_file or secret_command for token: stable."
    ),
    (
      "accounts:\n  acme:\n    token: cloud\n    secret_file: /s\n", 2,
      "account acme has token: cloud, which takes no secret_file."
    ),
    (
      "accounts:\n  acme:\n    appid: wx1\n    secret_file: /s\n    secret_command: [s]\n", 2,
      "account acme has secret_file and secret_command; leave one of them."
    ),
    (
      "accounts:\n  acme:\n    token_command: pass show x\n", 3,
      "token_command must be a list of words, such as [pass, show, weixin]; no shell reads it."
    ),
    (
      "accounts:\n  acme:\n    token_command: []\n", 3,
      "token_command must be a list of words, such as [pass, show, weixin]; no shell reads it."
    ),
    (
      "accounts:\n  acme:\n    token_command: [pass, [show]]\n", 3,
      "token_command must be a list of words, such as [pass, show, weixin]; no shell reads it."
    ),
  ]

  @Test(arguments: broken)
  func `a mistake is named with file and line`(text: String, line: Int?, problem: String) async throws {
    let place = try Place()
    let file = try place.write(text, to: "config/wxtop/config.yaml")
    let run = await Wxtop.call("--once", in: place)
    #expect(run.status == 78)
    #expect(run.error == "wxtop: \(file)\(line.map { ":\($0)" } ?? ""): \(problem)\n")
    #expect(run.output.isEmpty)
  }

  @Test func `in Chinese too`() async throws {
    let place = try Place()
    let file = try place.write("interval: 60\nintervall: 60\n", to: "config/wxtop/config.yaml")
    let run = await Wxtop.call("speed", "--lang", "zh", in: place)
    #expect(run.status == 78)
    #expect(
      run.error
        == "wxtop: \(file) 第 2 行：未知的键 intervall，可用的有 accounts、accounts_command、accounts_dir、alerts、api_base、ca_file、color、glyphs、interval、keys、language、marks、mouse、theme。\n"
    )
  }

  @Test(.processes) func `a pipe that nobody writes into ends it`() async throws {
    let place = try Place()
    let pipe = place.file("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    let run = try await Wxtop.run("speed", "--config", pipe, in: place)
    #expect(run.status == 78)
    #expect(run.error == "wxtop: \(pipe): the configuration is a pipe or device that gave nothing within 5 s.\n")
  }

  @Test(.processes, arguments: ["printf demo-secret", "sleep 0.2; echo demo-secret"])
  func `a secret comes through a pipe`(writer: String) async throws {
    try await withSimulator { simulator, place in
      let environment = place.environment(
        adding: ["WXTOP": Wxtop.path, "WXTOP_API_BASE": simulator.baseURL, "WXTOP_APPID": "wxdemo0000000001"])
      let run = try await Wxtop.run(
        "bash", ["-c", "WXTOP_SECRET_FILE=<(\(writer)) $WXTOP speed"], in: place, environment: environment)
      #expect(run.status == 0, "\(run.error)")
    }
  }

  @Test func `broken YAML is named with its line`() async throws {
    let place = try Place()
    let file = try place.write("interval: 60\naccounts: [acme\n", to: "broken.yaml")
    let run = await Wxtop.call("speed", "--config", file, in: place)
    #expect(run.status == 78)
    #expect(run.error.firstMatch(of: #/broken\.yaml:[23]: the file is no YAML: /#) != nil)
    #expect(run.error.split(separator: "\n").count == 1)
  }

  @Test func `bytes that are no text are refused`() async throws {
    let place = try Place()
    let run = await Wxtop.call("speed", "--config", Wxtop.path, in: place)
    #expect(run.status == 78)
    #expect(run.error == "wxtop: \(Wxtop.path): the configuration is larger than 1 MiB.\n")
  }

  @Test func `a file that was named must exist`() async throws {
    let place = try Place()
    let named = await Wxtop.call("speed", "--config", place.file("none.yaml"), in: place)
    #expect(named.status == 78)
    #expect(named.error == "wxtop: \(place.file("none.yaml")): there is no such file.\n")
    let variable = await Wxtop.call("speed", in: place, adding: ["WXTOP_CONFIG": place.file("none.yaml")])
    #expect(variable.status == 78)
    #expect(variable.error == named.error)
    let folder = await Wxtop.call("speed", "--config", place.file("home"), in: place)
    #expect(folder.status == 78)
    #expect(folder.error == "wxtop: \(place.file("home")): the configuration cannot be read: Is a directory.\n")
  }

  @Test func `a secret that others may read is refused`() async throws {
    try await withSimulator { simulator, place in
      let file = try place.write(
        "accounts:\n  acme:\n    appid: wxdemo0000000001\n    secret: demo-secret\n",
        to: "config/wxtop/config.yaml", mode: 0o644)
      let base = ["WXTOP_API_BASE": simulator.baseURL]
      let run = await Wxtop.call("speed", in: place, adding: base)
      #expect(run.status == 78)
      #expect(
        run.error == "wxtop: \(file): the file holds a secret but others may read it. Run: chmod 600 \(file)\n")

      let secret = try place.write("demo-secret\n", to: "secret", mode: 0o644)
      let variables = base.merging(["WXTOP_APPID": "wxdemo0000000001", "WXTOP_SECRET_FILE": secret]) { $1 }
      try place.write("interval: 60\n", to: "config/wxtop/config.yaml")
      let beside = await Wxtop.call("speed", in: place, adding: variables)
      #expect(beside.status == 78)
      #expect(
        beside.error == "wxtop: \(secret): the secret file may be read by others. Run: chmod 600 \(secret); where that "
          + "cannot be done, as with a container's secret, write secret_command: [cat, \(secret)] instead.\n")
      #expect(await simulator.calls.isEmpty)

      try place.write("demo-secret\n", to: "secret", mode: 0o600)
      let closed = await Wxtop.call("speed", in: place, adding: variables)
      #expect(closed.status == 0)
    }
  }

  @Test func `half of the credentials is no account`() async throws {
    let run = await Wxtop.call("speed", in: try Place(), adding: ["WXTOP_APPID": "wx1"])
    #expect(run.status == 78)
    #expect(run.error == "wxtop: WXTOP_APPID: WXTOP_SECRET or WXTOP_SECRET_FILE must be given with it.\n")
  }

  @Test func `accounts come from the file, the first unless one is named`() async throws {
    var options = Simulator.Options()
    options.accounts = [.init(), .init(appID: "wxdemo0000000002", secret: "other-secret", seed: 7)]
    try await withSimulator(options) { simulator, place in
      try place.write("demo-secret\n", to: "config/secret")
      try place.write(
        """
        language: zh
        accounts:
          acme:
            name: 艾克美
            appid: wxdemo0000000001
            secret_file: \(place.file("config/secret"))
            api_base: \(simulator.baseURL)
          shop:
            appid: wxdemo0000000002
            secret: other-secret
            api_base: \(simulator.baseURL)
        """, to: "config/wxtop/config.yaml")
      let first = await Wxtop.call("speed", "--format", "csv", in: place)
      #expect(first.status == 0)
      #expect(first.lines.last?.hasPrefix("\"acme\",") == true)
      let named = await Wxtop.call("speed", "--format", "csv", "--account", "shop", in: place)
      #expect(named.lines.last?.hasPrefix("\"shop\",") == true)
      let unknown = await Wxtop.call("speed", "--account", "shpo", in: place)
      #expect(unknown.status == 64)
      #expect(unknown.error == "wxtop: There is no account shpo; the configuration has acme, shop.\n")
      let frame = await Wxtop.call("--once", "--size", "80x24", "--date", "2024-11-11", in: place)
      #expect(frame.status == 0)
      #expect(frame.lines.first?.hasPrefix(" wxtop 艾克美 acme") == true)
      #expect(frame.output.contains("52,635 条消息"))
    }
  }
}
