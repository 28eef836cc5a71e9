import Testing
import WeixinModel
import WeixinSimulator

/// The ways to an access token that the configuration knows, through the real binary.
struct CredentialTests {
  private func configure(_ place: Place, _ simulator: RunningSimulator, _ keys: String) throws {
    let lines = keys.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
    try place.write(
      "accounts:\n  acme:\n\(lines)\n    api_base: \(simulator.baseURL)\n", to: "config/wxtop/config.yaml")
  }

  private var options: Simulator.Options {
    var options = Simulator.Options()
    options.readyTokens = ["READY-T0KEN"]
    return options
  }

  @Test func `a command prints the secret`() async throws {
    try await withSimulator { simulator, place in
      let program = try place.write("#!/bin/sh\necho \"$1\"\necho more\n", to: "print", mode: 0o700)
      // A shell would take this word apart.
      try configure(place, simulator, "appid: wxdemo0000000001\nsecret_command: [\(program), demo-secret, '; exit 1']")
      let run = await Wxtop.call("speed", in: place)
      #expect(run.status == 0, "\(run.error)")
      #expect(await simulator.calls == [.token: 1, .speed: 1])
    }
  }

  @Test(.processes) func `a command prints the token, and sees no secret of wxtop's`() async throws {
    try await withSimulator(options) { simulator, place in
      let program = try place.write(
        "#!/bin/sh\nenv > \(place.file("seen"))\necho '  READY-T0KEN '\n", to: "print", mode: 0o700)
      try configure(place, simulator, "token_command: [\(program)]")
      let run = try await Wxtop.run(
        "hours", "2024-11-11", "--account", "acme", in: place,
        adding: [
          "WXTOP_SECRET": "s3cr3t-one", "WXTOP_TOKEN": "s3cr3t-two", "WXTOP_APPID": "wx1", "PASSWORD_STORE_DIR": "/x/y",
        ])
      #expect(run.status == 0, "\(run.error)")
      #expect(await simulator.calls == [.hourly: 1])
      #expect(place.text(of: "seen").contains("HOME=\(place.file("home"))"))
      // What wxtop itself has no use for too: pass and gpg live on it.
      #expect(place.text(of: "seen").contains("PASSWORD_STORE_DIR=/x/y"))
      #expect(!place.text(of: "seen").contains("s3cr3t"))
    }
  }

  private static let failures: [(script: String, cause: String)] = [
    (
      "echo S3CR3T; echo \"it is \\033[31mS3CR3T, secret=abc\" >&2; exit 3",
      "ended with status 3: it is [31m•••, secret=•••"
    ),
    ("kill -9 $$", "was ended by signal 9"),
    ("echo gone >&2", "printed nothing: gone"),
    ("head -c 100000 /dev/zero", "printed more than 64 KiB"),
  ]

  @Test(arguments: failures)
  func `a command that fails is named with what it said`(script: String, cause: String) async throws {
    try await withSimulator { simulator, place in
      let program = try place.write("#!/bin/sh\n\(script)\n", to: "print", mode: 0o700)
      try configure(place, simulator, "appid: wxdemo0000000001\nsecret_command: [\(program)]")
      let run = await Wxtop.call("speed", in: place)
      #expect(run.status == 77)
      #expect(
        run.error == "wxtop: No access token could be had: secret_command \(program) \(cause). "
          + "wxtop did not try again. Check the configured token source.\n")
      #expect(await simulator.calls.isEmpty)
    }
  }

  @Test func `a program that is not there`() async throws {
    try await withSimulator { simulator, place in
      try configure(place, simulator, "token_command: [no-such-program-of-anybody]")
      let run = await Wxtop.call("speed", "--lang", "zh", in: place)
      #expect(run.status == 77)
      #expect(run.error.hasPrefix("wxtop: 无法取得 access_token：token_command no-such-program-of-anybody 不存在或不可执行。"))
    }
  }

  @Test func `the classic call only when asked for, with a warning`() async throws {
    try await withSimulator { simulator, place in
      for (token, warns) in [("classic", true), ("stable", false)] {
        try configure(place, simulator, "appid: wxdemo0000000001\nsecret: demo-secret\ntoken: \(token)")
        let run = await Wxtop.call("speed", in: place)
        #expect(run.status == 0, "\(run.error)")
        #expect(run.error.hasPrefix("wxtop: token: classic is set. Each token that wxtop fetches ends") == warns)
        #expect(run.error.split(separator: "\n").count == (warns ? 1 : 0))
      }
      #expect(await simulator.calls == [.classicToken: 1, .token: 1, .speed: 2])
    }
  }

  @Test func `the cloud call sends no token, and has no speed`() async throws {
    try await withSimulator { simulator, place in
      try configure(place, simulator, "token: cloud")
      let speed = await Wxtop.call("speed", in: place)
      #expect(speed.status == 77)
      #expect(speed.error.hasPrefix("wxtop: Weixin's cloud call does not have this call"))
      #expect(await simulator.calls.isEmpty)
      // Here nobody signs it.
      let hours = await Wxtop.call("hours", "2024-11-11", in: place)
      #expect(hours.error.contains("(41001)"))
      #expect(await simulator.calls == [.hourly: 1])
    }
  }

  @Test func `certificates are looked at before any call`() async throws {
    try await withSimulator { simulator, place in
      let file = try place.write("no certificate\n", to: "ca.pem")
      try configure(place, simulator, "appid: wxdemo0000000001\nsecret: demo-secret\nca_file: \(file)")
      let run = await Wxtop.call("speed", in: place)
      #expect(run.status == 78)
      #expect(run.error == "wxtop: \(file): the file holds no PEM certificate.\n")
      #expect(await simulator.calls.isEmpty)
    }
  }
}
