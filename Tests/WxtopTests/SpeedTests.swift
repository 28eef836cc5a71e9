import FoundationEssentials
import Testing
import WeixinModel
import WeixinSimulator

struct SpeedReportTests {
  private static let sample: Simulator.Options = {
    var options = Simulator.Options()
    options.readyTokens = ["READY"]
    options.speed = { _ in MassSendSpeed(level: 3, realspeed: 15) }
    return options
  }()

  private struct Object: Decodable {
    var account: String
    var speed: Int
    var realspeed: Int
    var nominal: Int
    var unit: String
    var at: String
  }

  @Test(arguments: ["4", "86401", "9223372036854775807", "-1", "1e3"])
  func `an interval that is none is refused`(interval: String) async throws {
    let run = await Wxtop.call("speed", "--watch", "--interval=\(interval)", in: try Place())
    #expect(run.status == 64 && !run.error.isEmpty)
  }

  @Test func `certificates that the environment names are looked for`() async throws {
    try await withSimulator { simulator, place in
      let none = place.file("none.pem")
      let run = try await Wxtop.run(
        "speed", "--no-retry", in: place,
        adding: [
          "WXTOP_API_BASE": "https://127.0.0.1:\(simulator.port)", "WXTOP_TOKEN": "x", "SSL_CERT_FILE": none,
        ])
      #expect(run.status == 69 && run.error.contains(none), "\(run.error)")
    }
  }

  @Test func `JSON, CSV and text have the fields of the contract`() async throws {
    try await withSimulator(Self.sample) { simulator, place in
      let json = await Wxtop.call("speed", "--format", "json", in: place, simulator)
      #expect(json.status == 0)
      let object = try JSONDecoder().decode(Object.self, from: Data(json.output.utf8))
      #expect(object.account == "wxdemo0000000001" && object.unit == "10000/min")
      #expect(object.speed == 3 && object.realspeed == 15 && object.nominal == 30)
      #expect(object.at.firstMatch(of: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/) != nil)

      let csv = await Wxtop.call("speed", "--format", "csv", in: place, simulator)
      #expect(csv.lines.first == "account,speed,realspeed,nominal,unit,at")
      #expect(csv.lines.last?.hasPrefix("\"wxdemo0000000001\",3,15,30,10000/min,2") == true)
      #expect(csv.lines.count == 2)

      let text = await Wxtop.call("speed", in: place, simulator)
      #expect(text.output.hasPrefix("wxdemo0000000001  L3  150k/min  ≠ nominal 300k/min  2"))
      let chinese = await Wxtop.call("speed", "--lang", "zh", in: place, simulator)
      #expect(chinese.output.hasPrefix("wxdemo0000000001  L3  15万/分  ≠ 标称 30万/分  2"))
      #expect(text.error.isEmpty && csv.error.isEmpty && json.error.isEmpty)
      #expect(await simulator.calls == [.token: 1, .speed: 4])
    }
  }

  @Test func `a ready token is used as it is`() async throws {
    try await withSimulator(Self.sample) { simulator, place in
      let ready = ["WXTOP_TOKEN": "READY", "WXTOP_APPID": "", "WXTOP_SECRET": ""]
      let run = await Wxtop.call("speed", in: place, simulator, adding: ready)
      #expect(run.status == 0)
      #expect(await simulator.calls == [.speed: 1])
      // A bare token does not say whose history it would be, so none is written.
      let files = try place.files(in: "data")
      #expect(files.isEmpty)

      let stale = ready.merging(["WXTOP_TOKEN": "STALE"]) { $1 }
      let refused = await Wxtop.call("speed", in: place, simulator, adding: stale)
      #expect(refused.status == 77)
      #expect(refused.error.hasPrefix("wxtop: Weixin refused the access token (40001)."))
      #expect(await simulator.calls == [.speed: 2])
    }
  }

  @Test func `in a C locale every byte is ASCII`() async throws {
    try await withSimulator(Self.sample) { simulator, place in
      let run = await Wxtop.call("speed", in: place, simulator, adding: ["LANG": "C"])
      #expect(run.output.hasPrefix("wxdemo0000000001  L3  150k/min"))
      #expect(run.output.allSatisfy { $0.isASCII })
    }
  }

  @Test func `--watch keeps to half of a narrow quota, and says so`() async throws {
    var options = Self.sample
    // After the first poll one call is left, and half of one is none.
    options.dailyLimit = 2
    try await withSimulator(options) { simulator, place in
      let run = await Wxtop.call("speed", "--watch", in: place, simulator)
      #expect(run.status == 75)
      #expect(run.error.hasPrefix("wxtop: wxtop has spent its part"))
      #expect(await simulator.calls[.speed] == 1)
    }
  }

  @Test(.processes) func `--watch goes on through a fault that passes, and ends with ^C`() async throws {
    var options = Self.sample
    options.dailyLimit = 1_000_000
    try await withSimulator(options) { simulator, place in
      let child = try Child.start(
        Wxtop.path, ["speed", "--watch", "--interval", "5", "--format", "csv"],
        environment: place.environment(simulator), output: place.file("out"), error: place.file("err"))
      _ = try await until("the first line") { place.text(of: "out").split(separator: "\n").count == 2 ? true : nil }
      // Only there: the question for the quota follows the first line, and without its answer the interval is stretched.
      await simulator.setFault(Fault(.http(502), on: .speed))
      _ = try await until("the sentence") { place.text(of: "err").isEmpty ? nil : true }
      #expect(place.text(of: "err") == "wxtop: The API answered with HTTP status 502.\n")
      child.signal(2)
      #expect(try await child.ended() == 130)
    }
  }
}
