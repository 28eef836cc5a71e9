import Testing
import WeixinModel
import WeixinSimulator

@testable import wxtop

/// Everything that Weixin, a gateway or the network can answer instead of data: status and sentence.
struct FaultTests {
  private static let notJSON =
    "The reply is not JSON; it begins with “<!DOCTYPE html><html><head><title>Bad gateway</title></head>”. "
  private static let proxy = "Check whether a proxy or gateway answers in Weixin's place."

  /// The fault, the status, what `speed` says and what `hours` says behind its date. `speed` adds that it did not try again.
  private static let replies: [(Fault, Int32, what: String, remedy: String)] = [
    (Fault(.html), 65, notJSON, proxy),
    (Fault(.truncated), 65, "The reply ended in the middle.", ""),
    (Fault(.empty), 69, "Weixin sent an empty reply.", ""),
    (Fault(.huge), 65, "The reply was larger than 1024 KiB and was not read.", proxy),
    (Fault(.http(502)), 69, "The API answered with HTTP status 502.", ""),
    (
      Fault(.http(403)), 69, "The API answered with HTTP status 403.",
      "Check the address and any proxy between this server and Weixin."
    ),
    (
      Fault(.redirect), 69,
      "The API answered with a redirect (HTTP 302), which is never followed with a token.",
      "Set api_base to the address that answers by itself."
    ),
    (
      Fault(.reset), 69, "127.0.0.1 could not be reached: Connection reset by peer.",
      "If it lasts, check this server's network, DNS and proxy."
    ),
  ]

  @Test(arguments: replies)
  func `an unusable reply`(fault: Fault, status: Int32, what: String, remedy: String) async throws {
    let what = what.hasSuffix(" ") ? String(what.dropLast()) : what
    let tail = remedy.isEmpty ? "" : " \(remedy)"
    try await withSimulator(fault: fault) { simulator, place in
      let speed = await Wxtop.call("speed", in: place, simulator)
      #expect(speed.status == status)
      #expect(speed.error == "wxtop: \(what) wxtop did not try again.\(tail)\n")
      #expect(speed.output.isEmpty)

      let hours = await Wxtop.call("hours", "2024-11-11", "--format", "json", in: place, simulator)
      #expect(hours.status == status)
      #expect(hours.error == "wxtop: 2024-11-11: \(what)\(tail)\n")
      #expect(hours.output == "[]\n")
    }
  }

  @Test func `bytes that are no text are shown without harm`() async throws {
    try await withSimulator(fault: Fault(.garbage)) { simulator, place in
      let run = await Wxtop.call("speed", in: place, simulator)
      #expect(run.status == 65)
      #expect(run.error.hasPrefix("wxtop: The reply is not JSON; it begins with “"))
      #expect(run.error.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
    }
  }

  private static let codes: [(Int, Int32, [String])] = [
    (40_125, 77, ["Weixin refused the AppSecret (40125).", "Give the current AppSecret from mp.weixin.qq.com"]),
    (
      40_164, 77,
      ["Weixin refused the address 203.0.113.169: it is not on the account's IP whitelist (40164).", "IP白名单"]
    ),
    (45_009, 75, ["The day's quota of this call is used up (45009).", "midnight in Beijing"]),
    (45_011, 75, ["The minute's quota is used up (45011)."]),
    (61_503, 75, ["Weixin has not finished counting the day (61503)."]),
    (48_001, 77, ["The account may not use this call (48001).", "Only verified accounts may"]),
    (40_013, 77, ["Weixin does not know the AppID (40013).", "it begins with wx"]),
    (40_243, 77, ["The AppSecret is frozen (40243).", "after ten minutes"]),
    (-1, 69, ["Weixin's system is busy (-1)."]),
    (12_345, 69, ["Weixin answered 12345: system error rid: ", "Look the code up in Weixin's list."]),
  ]

  @Test(arguments: codes)
  func `an error of Weixin`(code: Int, status: Int32, parts: [String]) async throws {
    try await withSimulator(fault: Fault(.errcode(code))) { simulator, place in
      let run = await Wxtop.call("hours", "2024-11-11", "--format", "csv", in: place, simulator)
      #expect(run.status == status)
      #expect(run.error.hasPrefix("wxtop: 2024-11-11: "))
      for part in parts { #expect(run.error.contains(part)) }
      // Weixin's support asks for the request id.
      #expect(run.error.ranges(of: /rid:? [0-9a-f]{8}-/).count == 1)
      #expect(run.error.split(separator: "\n").count == 1)
      #expect(run.output == "date,hour,msg_type,type,msg_user,msg_count,state\n")
    }
  }

  @Test func `a wrong secret is asked for once`() async throws {
    try await withSimulator { simulator, place in
      let run = await Wxtop.call(
        "hours", "--from", "2024-11-01", "--to", "2024-11-11", in: place, simulator,
        adding: ["WXTOP_SECRET": "not-the-secret"])
      #expect(run.status == 77)
      #expect(run.error.hasPrefix("wxtop: 2024-11-01: Weixin refused the AppSecret (40125)."))
      #expect(run.error.split(separator: "\n").count == 1)
      #expect(await simulator.calls == [.token: 1])
    }
  }

  @Test func `a day's own failure leaves the other days`() async throws {
    try await withSimulator { simulator, place in
      _ = await Wxtop.call("hours", "2024-11-11", in: place, simulator)
      await simulator.setFault(Fault(.notReady))
      let run = await Wxtop.call(
        "hours", "--from", "2024-11-10", "--to", "2024-11-12", "--format", "csv", in: place, simulator)
      #expect(run.status == 75)
      #expect(run.error.split(separator: "\n").count == 2)
      #expect(run.lines.count > 50)
      #expect(run.lines.dropFirst().allSatisfy { $0.hasPrefix("2024-11-11,") })
    }
  }

  @Test(arguments: [["speed"], ["hours", "2024-11-11"], ["--once", "--date", "2024-11-11"]])
  func `nobody listens at the address`(arguments: [String]) async throws {
    let simulator = try await Simulator.start()
    let place = try Place()
    let environment = place.environment(simulator)
    await simulator.stop()
    let run = await Wxtop.call(arguments, in: place, environment: environment)
    #expect(run.status == 69)
    #expect(run.error.contains("127.0.0.1 could not be reached: Connection refused."))
    #expect(run.error.contains("If it lasts, check this server's network, DNS and proxy."))
    #expect(run.error.split(separator: "\n").count == 1)
  }

  @Test(arguments: [
    "http://api.weixin.qq.com", "http://127.0.0.1:99999", "http://127.0.0.1:0", "ftp://127.0.0.1", "nonsense",
    "https://", "http://me:pass@127.0.0.1",
  ])
  func `an address to which no token may go is refused`(address: String) async throws {
    let run = await Wxtop.call(
      "speed", "--api-base", address, in: try Place(), adding: ["WXTOP_TOKEN": "T"])
    #expect(run.status == 78)
    #expect(run.error.hasSuffix("Correct api_base, or the proxy.\n"))
    #expect(!run.error.contains("pass@"))
  }
}

/// On its own, since it takes the whole deadline.
struct SlowReplyTests {
  @Test func `a reply that drips is given up after the deadline`() async throws {
    try await withSimulator(fault: Fault(.slow, on: .speed)) { simulator, place in
      let begin = ContinuousClock.now
      let run = await Wxtop.call("speed", "--deadline", "1", "--no-retry", in: place, simulator)
      #expect(run.status == 69)
      #expect(run.error == "wxtop: Weixin did not answer within 1 second. wxtop did not try again.\n")
      #expect(ContinuousClock.now - begin >= .seconds(1))
      #expect(AccountChoice.usualDeadline == 10)
    }
  }
}
