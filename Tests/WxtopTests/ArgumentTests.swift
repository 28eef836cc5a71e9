import Testing
import WeixinModel
import WeixinSimulator

/// Arguments, dates and the lack of an account: what is refused before any call is made.
struct ArgumentTests {
  private static let howToBegin = """
    wxtop: no account is configured. Give one of these:
      WXTOP_APPID=wx… WXTOP_SECRET_FILE=/path/to/secret wxtop     an AppID and its AppSecret
      WXTOP_TOKEN=… wxtop                                         a ready access token
      $XDG_CONFIG_HOME/wxtop/config.yaml                          accounts by name, see the README
    To look around without an account: wxtop --demo

    """

  @Test(arguments: [[], ["--once"], ["hours"], ["speed"]])
  func `without an account it says how to begin`(arguments: [String]) async throws {
    let place = try Place()
    let run = await Wxtop.call(arguments, in: place, environment: place.environment())
    #expect(run.status == 78)
    #expect(run.error == Self.howToBegin)
    #expect(run.output.isEmpty)
    #expect(try place.files(in: "data").isEmpty)
  }

  @Test(
    .processes,
    arguments: [([], 78), (["speed"], 78), (["hours", "--bogus"], 64), (["--version"], 0)] as [([String], Int32)])
  func `the process says the same as the call in this one`(arguments: [String], status: Int32) async throws {
    let place = try Place()
    let run = try await Wxtop.run(Wxtop.path, arguments, in: place, environment: place.environment())
    let call = await Wxtop.call(arguments, in: place, environment: place.environment())
    #expect(run == call)
    #expect(run.status == status)
  }

  @Test func `in Chinese too`() async throws {
    let run = await Wxtop.call("speed", in: try Place(), adding: ["LANG": "zh_CN.UTF-8"])
    #expect(run.status == 78)
    #expect(run.error.hasPrefix("wxtop: 尚未配置账号，请任选一种：\n"))
    #expect(run.error.hasSuffix("没有账号也能试用：wxtop --demo\n"))
  }

  @Test func `--lang chooses the language of the refusal`() async throws {
    let run = await Wxtop.call("speed", "--lang", "zh", in: try Place())
    #expect(run.status == 78)
    #expect(run.error.hasPrefix("wxtop: 尚未配置账号"))
  }

  private static var today: BeijingDay { Simulator.systemTime().beijingDay }

  private static let refusedDates: [([String], @Sendable () -> String)] = [
    (["2024-02-30"], { "There is no date 2024-02-30" }),
    (["2023-02-29"], { "There is no date 2023-02-29" }),
    (["2014-11-30"], { "2014-11-30 is before 2014-12-01, the first day that Weixin keeps." }),
    (
      ["today"],
      { "\(today) is not over in Beijing; the newest day that can be had is \(today - 1)." }
    ),
    (
      ["2100-01-01"],
      { "2100-01-01 is not over in Beijing; the newest day that can be had is \(today - 1)." }
    ),
    (
      ["--from", "2024-11-12", "--to", "2024-11-11"], { "--from 2024-11-12 is after --to 2024-11-11." }
    ),
    (
      ["--from", "2014-11-01", "--to", "2014-12-05"],
      { "2014-11-01 is before 2014-12-01, the first day that Weixin keeps." }
    ),
  ]

  @Test(arguments: refusedDates)
  func `a date without data is refused`(arguments: [String], sentence: @Sendable () -> String) async throws {
    try await withSimulator { simulator, place in
      let run = await Wxtop.call(["hours"] + arguments, in: place, environment: place.environment(simulator))
      #expect(run.status == 64)
      #expect(run.error == "wxtop: \(sentence())\n")
      #expect(run.output.isEmpty)
      #expect(await simulator.calls.isEmpty)
    }
  }

  @Test func `the dashboard refuses such dates before it takes the screen`() async throws {
    let run = await Wxtop.call("--demo", "--date", "2024-02-30", in: try Place())
    #expect(run.status == 64)
    #expect(run.error == "wxtop: There is no date 2024-02-30\n")
  }

  @Test func `what is no date is named, and what would be one`() async throws {
    let run = await Wxtop.call("hours", "gestern", in: try Place())
    #expect(run.status == 64)
    #expect(run.error.hasPrefix("wxtop: gestern is no date"))
    #expect(run.error.contains("2024-11-11"))
  }

  @Test func `control characters in an argument never reach the terminal`() async throws {
    let run = await Wxtop.call("hours", "\u{1B}]0;owned\u{7}", in: try Place())
    #expect(run.status == 64)
    #expect(!run.error.contains("\u{1B}") && !run.error.contains("\u{7}"))
  }

  @Test(arguments: [
    ["--bogus"], ["hours", "--bogus"], ["bogus"], ["hours", "2024-11-11", "--days", "3"], ["hours", "--days", "0"],
    ["hours", "--to", "2024-11-11"], ["--interval", "4"], ["--interval", "x"], ["--once", "--plain"],
    ["--once", "--size", "0x0"], ["--once", "--size", "80"], ["--once", "--size", "99999x99999"],
    ["--demo", "--offline"], ["--lang", "fr"], ["--color", "mauve"], ["speed", "--interval", "1"],
    ["speed", "--archive", ""], ["--config", ""], ["speed", "--api-base", ""],
    ["simulate", "--port", "70000"], ["simulate", "--fault", "nonsense"], ["simulate", "--fault", "errcode=0"],
  ])
  func `wrong options end with 64 and a word on usage`(arguments: [String]) async throws {
    let place = try Place()
    let run = await Wxtop.call(arguments, in: place, environment: place.environment())
    #expect(run.status == 64)
    #expect(run.error.hasPrefix("Error: "))
    #expect(run.error.contains("Usage: wxtop"))
    #expect(run.output.isEmpty)
  }

  @Test(arguments: [["--help"], ["hours", "--help"], ["--version"]])
  func `help and version go to stdout`(arguments: [String]) async throws {
    let place = try Place()
    let run = await Wxtop.call(arguments, in: place, environment: [:])
    #expect(run.status == 0)
    #expect(!run.output.isEmpty)
    #expect(run.error.isEmpty)
  }

  @Test(.processes) func `without a terminal the dashboard names what prints instead`() async throws {
    try await withSimulator { simulator, place in
      let run = try await Wxtop.run(in: place, simulator)
      #expect(run.status == 64)
      #expect(
        run.error == "wxtop: stdin and stdout are no terminal. Use --once for one frame, or --plain for text.\n")
      #expect(run.output.isEmpty)
    }
  }
}
