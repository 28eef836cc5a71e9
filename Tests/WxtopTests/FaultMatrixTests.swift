import Dashboard
import Testing
import WeixinModel
import WeixinSimulator

@testable import wxtop

/// Every fault against every command, with the real binary.
struct FaultMatrixTests {
  /// What `cli.md` says of a fault: the exit status, and words that the sentence must have.
  struct Expected: Sendable {
    var status: Int32
    var words: [String]

    init(_ status: Int32, _ words: String...) {
      self.status = status
      self.words = words
    }

    static let fine = Expected(0)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var fault: Fault
    /// Of `speed`; nil where it is not affected.
    var speed: Expected?
    /// Of the commands that show a day.
    var day: Expected

    var testDescription: String { fault.description }

    /// Of a frame and a paragraph, which show the day and the speed.
    var frame: Expected { day.status == 0 ? speed ?? .fine : day }

    /// Of `doctor`: what it asks for first fails first, and days that are not out yet are no failure.
    var doctor: Int32 {
      if let speed, speed.status != 0 { return speed.status }
      return day.status == 75 && fault.kind.isOfUnfinishedDays ? 0 : day.status
    }

    var sitsOut: Bool { [.errcode(45_011), .errcode(40_001), .errcode(40_014), .errcode(42_001)].contains(fault.kind) }
  }

  /// Of each error code of Weixin: what a script is told, and the words that a person looks for.
  static let codes: [(Int, Expected)] = [
    (-1, Expected(69, "busy")), (61_450, Expected(69, "busy")),
    (40_001, Expected(77, "AppSecret")), (40_014, Expected(77)), (42_001, Expected(77)),
    (41_001, Expected(77, "access token")), (40_125, Expected(77, "AppSecret", "mp.weixin.qq.com")),
    (40_013, Expected(77, "AppID")), (41_002, Expected(77, "AppID")), (41_003, Expected(77, "refresh token")),
    (41_004, Expected(77, "AppSecret")), (40_002, Expected(77)),
    (40_164, Expected(77, "203.0.113.169", "whitelist", "administrator")),
    (61_004, Expected(77, "203.0.113.7", "whitelist")),
    (89_501, Expected(77, "administrator")), (89_503, Expected(77, "administrator")),
    (89_504, Expected(77, "administrator")), (89_505, Expected(77, "administrator")),
    (89_506, Expected(77, "24 hours")), (89_507, Expected(77, "hour")),
    (48_001, Expected(77, "verified")), (48_004, Expected(77, "mp.weixin.qq.com")), (50_002, Expected(77, "limited")),
    (50_004, Expected(77)), (50_005, Expected(77)), (40_243, Expected(77, "frozen", "ten minutes")),
    (42_007, Expected(77, "authorise")), (61_003, Expected(77, "platform")), (61_007, Expected(77, "platform")),
    (61_023, Expected(77, "authorise")),
    (45_011, Expected(75, "minute")), (45_009, Expected(75, "midnight")), (48_006, Expected(75)),
    (61_503, Expected(75, "counting")),
    (43_001, Expected(70, "report")), (76_021, Expected(70, "report")), (76_022, Expected(70, "report")),
    (43_002, Expected(70, "report")), (43_003, Expected(70, "HTTPS")), (44_002, Expected(70, "report")),
    (47_001, Expected(70, "report")), (61_451, Expected(70, "report")), (61_500, Expected(70, "date")),
    (61_501, Expected(70, "date")), (45_083, Expected(70, "report")), (45_084, Expected(70, "report")),
    (40_033, Expected(70, "report")), (40_066, Expected(70, "api_base")), (76_003, Expected(70, "report")),
    (48_017, Expected(77, "api.weixin.qq.com")), (99_998, Expected(69, "system error")),
  ]

  private static func both(_ kind: Fault.Kind, _ expected: Expected) -> Case {
    Case(fault: Fault(kind), speed: expected, day: expected)
  }

  private static func days(_ kind: Fault.Kind, _ expected: Expected) -> Case {
    Case(fault: Fault(kind), speed: nil, day: expected)
  }

  static let kinds: [Case] = [
    both(.none, .fine), both(.strings, .fine), both(.skew(seconds: 3), .fine),
    both(.http(502), Expected(69, "502")), both(.http(429), Expected(75, "429")),
    both(.http(403), Expected(69, "403", "proxy")), both(.html, Expected(65, "not JSON", "proxy")),
    both(.redirect, Expected(69, "redirect", "api_base")), both(.truncated, Expected(65, "ended in the middle")),
    both(.empty, Expected(69, "empty")), both(.garbage, Expected(65, "not JSON")),
    both(.huge, Expected(65, "larger", "1024 KiB")), both(.reset, Expected(69, "127.0.0.1", "reset")),
    both(.slow, Expected(69, "1 second")), both(.silent, Expected(69, "1 second")),
    both(.control, Expected(69, "99999")),
    both(.echo, Expected(69, "99999")), both(.echoPage, Expected(65, "not JSON")),
    days(.unpublished, .fine), days(.notReady, Expected(75, "61503")), days(.late(hour: 1_000), Expected(75, "61503")),
    days(.revised(hour: 0), .fine), days(.unknownType, .fine), days(.duplicates, .fine), days(.foreignDates, .fine),
    days(.badHours, .fine),
    days(.negative, .fine), days(.enormous, .fine), days(.otherDay, Expected(65, "ref_date")),
    days(.overflow, Expected(65, "more than any account")),
    Case(fault: Fault(.negative, on: .speed), speed: Expected(65, "speed"), day: .fine),
    Case(fault: Fault(.enormous, on: .speed), speed: Expected(65, "speed"), day: .fine),
    Case(fault: Fault(.negative, on: .token), speed: Expected(65, "expires_in"), day: Expected(65, "expires_in")),
    Case(fault: Fault(.enormous, on: .token), speed: Expected(65, "expires_in"), day: Expected(65, "expires_in")),
    Case(fault: Fault(.truncated, on: .token), speed: Expected(65, "middle"), day: Expected(65, "middle")),
    Case(fault: Fault(.silent, on: .token), speed: Expected(69, "1 second"), day: Expected(69, "1 second")),
    // A token that is refused once is fetched once more, and then all is well.
    Case(fault: Fault(.errcode(42_001), on: .speed, times: 1), speed: .fine, day: .fine),
    Case(fault: Fault(.errcode(40_001), on: .hourly, times: 1), speed: .fine, day: .fine),
  ]

  /// One for each class of error, with each way in which a reply can be none.
  static let classes: [Case] = [
    both(.errcode(-1), Expected(69, "busy", "-1")), both(.errcode(61_501), Expected(70, "date", "61501")),
    both(.errcode(45_011), Expected(75, "minute", "45011")), both(.errcode(45_009), Expected(75, "midnight", "45009")),
    both(.errcode(40_125), Expected(77, "AppSecret", "40125")), both(.errcode(40_164), Expected(77, "203.0.113.169")),
    both(.errcode(48_001), Expected(77, "verified", "48001")),
    Case(fault: Fault(.errcode(42_001), on: .hourly), speed: nil, day: Expected(77, "42001")),
    Case(fault: Fault(.errcode(42_001), on: .speed), speed: Expected(77, "42001"), day: .fine),
    days(.notReady, Expected(75, "61503")), both(.html, Expected(65, "not JSON", "proxy")),
    both(.reset, Expected(69, "127.0.0.1", "reset")), both(.silent, Expected(69, "1 second")),
    both(.none, .fine),
  ]

  /// The same codes at the two calls only, where a token was had: 40001 is another error there.
  static let atTheCalls: [Case] = [40_001, 40_014, 42_001, 48_001, 45_009, -1].map { code in
    let status: Int32 = code == 45_009 ? 75 : code == -1 ? 69 : 77
    return Case(
      fault: Fault(.errcode(code), on: .hourly), speed: nil,
      day: Expected(status, code == -1 ? "busy" : code == 45_009 ? "quota" : "\(code)"))
  }

  @Test(.processes, arguments: classes)
  func `each class of error ends each command's process with its status`(item: Case) async throws {
    try await Self.check(item, isProcess: true)
  }

  @Test(arguments: kinds + atTheCalls)
  func `every reply that is none ends each command with its status`(item: Case) async throws {
    try await Self.check(item, isProcess: false)
  }

  /// Nothing about a code depends on the command: it stands in an error, of which sentence and status are made.
  @Test(arguments: codes)
  func `every error code of Weixin has its status and a harmless sentence`(code: Int, expected: Expected) throws {
    let address = code == 61_004 ? "203.0.113.7" : "203.0.113.169"
    for endpoint in [WeixinFault.Endpoint.token, .speed, .hourly] {
      let fault = WeixinFault(
        endpoint: endpoint, code: code, message: "system error", rid: "5fa26c60-1a0ebdd5-32fd1cd0", address: address)
      // Without a token call they are told of a token that is stale.
      let isStale = [40_001, 40_014, 42_001].contains(code) && endpoint != .token
      for failure in [CommandFailure.api(.weixin(fault)), .daysMissing(first: .weixin(fault))] {
        #expect(failure.exitStatus == expected.status)
      }
      for language in Language.allCases {
        let sentence = try #require(CommandFailure.api(.weixin(fault)).sentence(language))
        #expect(sentence.contains("\(code)") && !sentence.contains("\n"))
        if language == .en, !isStale { for word in expected.words { #expect(sentence.contains(word), "\(sentence)") } }
        Self.expectHarmless(sentence, sentence)
      }
    }
  }

  @Test func `every known code is in the table`() {
    let untold = Set(WeixinFault.knownCodes.map(\.code)).subtracting(Self.codes.map(\.0))
    #expect(untold == [], "what a script is told")
  }

  private static func check(_ item: Case, isProcess: Bool) async throws {
    let day = (Simulator.systemTime().beijingDay - 2).description
    // Short only where it is waited for: on a busy machine a good answer may take its time.
    let deadline = [.slow, .silent].contains(item.fault.kind) ? ["--deadline", "1", "--no-retry"] : []
    var commands = [
      (["speed"], item.speed ?? .fine), (["hours", day, "--format", "csv"], item.day),
      (["--once", "--date", day, "--size", "80x24"], item.frame), (["--plain", "--date", day], item.frame),
    ]
    // What passes by itself a backfill sits out for a minute and more.
    if item.day.status != 69, !item.sitsOut, item.fault.kind != .http(429) {
      commands.append((["backfill", "--from", day, "--to", day], item.day))
    }
    try await withSimulator(fault: item.fault) { simulator, _ in
      for (arguments, expected) in commands {
        let place = try Place()
        await simulator.setFault(item.fault)
        let before = await simulator.calls
        let run = try await Self.run(arguments + deadline, place, simulator, isProcess: isProcess)
        let what = "\(item.fault) \(arguments[0]): \(run.status) \(run.error)"
        #expect(run.status == expected.status, "\(what)")
        for word in expected.words { #expect(run.error.contains(word), "\(what)") }
        if expected.status != 0 {
          #expect(run.error.hasPrefix("wxtop: "), "\(what)")
          #expect(run.error.split(separator: "\n").count == 1, "\(what)")
        }
        Self.expectHarmless(run.error, what)
        Self.expectHarmless(run.output, what)
        let calls = await simulator.calls.map { $0.value - before[$0.key, default: 0] }
        #expect(calls.allSatisfy { $0 <= 3 }, "\(what) \(calls)")
        #expect(await simulator.forcedRefreshes == 0)
      }
      try await checkDoctor(item, deadline, simulator, isProcess: isProcess)
    }
  }

  private static func run(
    _ arguments: [String], _ place: Place, _ simulator: RunningSimulator, isProcess: Bool
  ) async throws -> Wxtop.Run {
    let environment = place.environment(simulator)
    if isProcess { return try await Wxtop.run(Wxtop.path, arguments, in: place, environment: environment) }
    return await Wxtop.call(arguments, in: place, environment: environment)
  }

  /// The doctor comes to its end whatever is wrong, with at most five calls, and its status is that of what it found first.
  private static func checkDoctor(
    _ item: Case, _ deadline: [String], _ simulator: RunningSimulator, isProcess: Bool
  ) async throws {
    await simulator.setFault(item.fault)
    let before = await simulator.calls
    let run = try await Self.run(["doctor"] + deadline, try Place(), simulator, isProcess: isProcess)
    let what = "\(item.fault) doctor: \(run.status) \(run.output)"
    #expect(run.status == item.doctor, "\(what)")
    #expect(run.output.contains("For a ticket; it holds no secret:"), "\(what)")
    Self.expectHarmless(run.error, what)
    Self.expectHarmless(run.output, what)
    let calls = await simulator.calls.map { $0.value - before[$0.key, default: 0] }
    #expect(calls.reduce(0, +) <= 5, "\(what) \(calls)")
  }

  @Test func `commands that need no network make no call`() async throws {
    try await withSimulator(fault: Fault(.silent)) { simulator, place in
      for (arguments, status) in [
        (["accounts"], 0), (["audit"], 0), (["errors"], 0), (["export"], 73), (["hours", "--offline"], 69),
      ] {
        let run = await Wxtop.call(arguments, in: place, environment: place.environment(simulator))
        #expect(run.status == status, "\(arguments) \(run.error)")
        Self.expectHarmless(run.output + run.error, "\(arguments)")
      }
      #expect(await simulator.calls.isEmpty)
    }
  }

  /// No crash, no trace, nothing that drives a terminal, no secret and no token.
  private static func expectHarmless(_ text: String, _ what: String) {
    for word in ["Fatal error", "Swift runtime", "Thread 0", "0x0000", "demo-secret", "access_token=", "99_wxdemo"] {
      #expect(!text.contains(word), "\(what)")
    }
    let driving: Set<Unicode.GeneralCategory> = [.control, .format, .lineSeparator, .paragraphSeparator, .privateUse]
    let bad = text.unicodeScalars.filter { $0 != "\n" && driving.contains($0.properties.generalCategory) }
    #expect(bad.isEmpty, "\(what)")
  }

  /// Thirty days are wanted, and each of them would fail: a range is given up as soon as that is clear.
  @Test(arguments: [
    (Fault.Kind.errcode(-1), 3, 3), (.html, 3, 3), (.truncated, 3, 3), (.errcode(61_501), 3, 3), (.silent, 1, 1),
    // A kept connection that dies under a call is made anew once, by libcurl.
    (.reset, 1, 2), (.errcode(45_009), 1, 1), (.errcode(45_011), 1, 1), (.errcode(48_001), 1, 1),
    (.errcode(40_164), 1, 1),
  ])
  func `a range of days is given up`(kind: Fault.Kind, days: Int, calls: Int) async throws {
    try await withSimulator(fault: Fault(kind, on: .hourly)) { simulator, place in
      let run = await Wxtop.call(
        "hours", "--days", "30", "--deadline", kind == .silent ? "1" : "600", "--no-retry", in: place, simulator)
      #expect(run.status != 0)
      #expect(run.error.split(separator: "\n").count == days, "\(run.error)")
      #expect(await simulator.calls[.hourly] == calls)
    }
  }

  @Test(
    .processes,
    arguments: [
      (Fault.Kind.errcode(40_125), 77), (.errcode(48_001), 77), (.errcode(45_009), 75), (.errcode(61_501), 70),
      (.redirect, nil), (.errcode(-1), nil), (.html, nil), (.errcode(45_011), nil),
    ] as [(Fault.Kind, Int32?)])
  func `--watch ends where somebody must act, and else waits`(kind: Fault.Kind, status: Int32?) async throws {
    try await withSimulator(fault: Fault(kind)) { simulator, place in
      let child = try Child.start(
        Wxtop.path, ["speed", "--watch", "--interval", "5"], environment: place.environment(simulator),
        output: place.file("out"), error: place.file("err"))
      _ = try await until("the sentence") { place.text(of: "err").hasSuffix("\n") ? true : nil }
      if status == nil { child.signal(15) }
      #expect(try await child.ended() == status ?? 143)
      #expect(place.text(of: "err").split(separator: "\n").count == 1)
      #expect(await simulator.calls == [.token: 1])
    }
  }

  @Test func `what had to be left out is said`() async throws {
    let day = "2024-11-11"
    for (kind, english, chinese) in [
      (Fault.Kind.duplicates, "given twice.", "重复"), (.foreignDates, "of other dates.", "日期不符"),
      (.badHours, "3 rows of Weixin's answer were left out: 3 out of range or unreadable.", "3 行被舍弃"),
      (.negative, "3 rows of Weixin's answer were left out: 3 out of range", "超出范围"),
      (.enormous, "3 rows of Weixin's answer were left out: 3 out of range", "超出范围"),
    ] {
      try await withSimulator(fault: Fault(kind)) { simulator, place in
        let hours = await Wxtop.call("hours", day, "--format", "csv", in: place, simulator)
        #expect(hours.status == 0)
        #expect(hours.error.hasPrefix("wxtop: \(day): ") && hours.error.contains(english), "\(kind): \(hours.error)")
        let plain = await Wxtop.call("--plain", "--date", day, "--lang", "zh", in: place, simulator)
        #expect(plain.output.contains(chinese), "\(kind): \(plain.output)")
        // Nothing of it reaches the numbers: what is left is what Weixin said first.
        let known = Set(SimulatedHistory().rows(on: try #require(BeijingDay(day))).map(\.count))
        let counts = hours.lines.dropFirst().compactMap { Int($0.split(separator: ",")[5]) }
        #expect(counts.count >= known.count - 3 && counts.allSatisfy(known.contains))
      }
    }
  }

  @Test func `types that no page names are kept`() async throws {
    try await withSimulator(fault: Fault(.unknownType)) { simulator, place in
      let run = await Wxtop.call("hours", "2024-11-11", "--format", "csv", in: place, simulator)
      #expect(run.error.isEmpty)
      for line in ["2024-11-11,9,5,type 5,1,3,final", "2024-11-11,11,99,type 99,1,3,final"] {
        #expect(run.lines.contains { $0 == line })
      }
    }
  }
}

extension Fault.Kind {
  fileprivate var isOfUnfinishedDays: Bool {
    switch self {
    case .notReady, .late: true
    default: false
    }
  }
}
