import FoundationEssentials
import LoopbackClient
import Testing
import WeixinModel
import WeixinSimulator

/// What a client gets while something goes wrong.
@Suite struct AnswerTests {
  private static let paths: [Simulator.Endpoint: String] = [
    .speed: "/cgi-bin/message/mass/speed/get", .hourly: "/datacube/getupstreammsghour",
    .quota: "/cgi-bin/openapi/quota/get", .token: "/cgi-bin/stable_token",
  ]
  private static let day = "2026-03-09"

  private struct Row: Decodable {
    var date: String
    var hour: Int
    var type: Int
    var count: Double

    enum CodingKeys: String, CodingKey {
      case date = "ref_date"
      case hour = "ref_hour"
      case type = "msg_type"
      case count = "msg_count"
    }
  }

  private struct List: Decodable { var list: [Row] }

  private func ask(
    _ faults: [Fault], _ endpoint: Simulator.Endpoint = .hourly, times: Int = 1, at hour: Int = 14,
    dailyLimit: Int = 10_000
  ) async throws -> [(text: String, date: String)] {
    let today = try #require(BeijingDay("2026-03-10"))
    let simulator = try await Simulator.start(
      .tested {
        $0.now = { today.start(ofHour: hour) }
        $0.faults = faults
        $0.dailyLimit = dailyLimit
      })
    var answers: [(text: String, date: String)] = []
    for _ in 0..<times {
      let body =
        endpoint == .token
        ? #"{"grant_type":"client_credential","appid":"wxdemo0000000001","secret":"demo-secret"}"#
        : #"{"begin_date":"\#(Self.day)","end_date":"\#(Self.day)","cgi_path":"/datacube/getupstreammsghour"}"#
      let path = (Self.paths[endpoint] ?? "") + "?access_token=READY"
      let reply = try #require(
        try await LoopbackClient.ask(simulator.port, path, method: "POST", body: body))
      #expect(reply.isWhole)
      answers.append((reply.text, reply.headers["date"] ?? ""))
    }
    await simulator.stop()
    return answers
  }

  private func rows(_ kind: Fault.Kind) async throws -> (sent: [Row], usual: [HourlyRow]) {
    let text = try #require(try await ask([Fault(kind)]).first).text
    let list = try JSONDecoder().decode(List.self, from: Data(text.utf8)).list
    return (list, SimulatedHistory().rows(on: try #require(BeijingDay(Self.day))))
  }

  @Test(arguments: [
    -1, 61_450, 40_001, 40_014, 42_001, 41_001, 40_125, 40_013, 41_002, 41_003, 41_004, 40_002, 40_164, 61_004, 89_501,
    89_503, 89_504, 89_505, 89_506, 89_507, 48_001, 48_004, 50_002, 50_004, 50_005, 40_243, 42_007, 61_003, 61_007,
    61_023, 45_011, 45_009, 48_006, 61_503, 43_002, 43_003, 44_002, 47_001, 61_451, 61_500, 61_501, 45_083, 45_084,
    40_033, 40_066, 76_003, 48_017,
  ])
  func `every code has its text`(code: Int) async throws {
    let text = try #require(try await ask([Fault(.errcode(code))]).first).text
    #expect(text.hasPrefix(#"{"errcode":\#(code),"errmsg":""#))
    #expect(text.contains("system error") == [-1, 61_450].contains(code))
  }

  @Test func `a fault may come for the first calls only`() async throws {
    let faults = [Fault(.errcode(-1), times: 2), Fault(.errcode(45_011), on: .hourly, times: 1), Fault(.unpublished)]
    let answers = try await ask(faults, times: 5).map(\.text)
    #expect(answers.prefix(2).allSatisfy { $0.hasPrefix(#"{"errcode":-1,"#) })
    #expect(answers[2].hasPrefix(#"{"errcode":45011,"#))
    #expect(answers[3...] == [#"{"list":[]}"#, #"{"list":[]}"#])
  }

  @Test func `numbers may come as strings`() async throws {
    let answers = try await ask([Fault(.strings)])
    #expect(answers.first?.text.firstMatch(of: /":-?[0-9]/) == nil)
    #expect(answers.first?.text.contains(#""ref_hour":"1800","user_source":"0","#) == true)
    let error = try await ask([Fault(.errcode(40_164)), Fault(.strings)])
    #expect(
      error.first?.text.hasPrefix(#"{"errcode":"40164","errmsg":"invalid ip 203.0.113.169 ipv6 ::ffff:203"#) == true)
    #expect(try await ask([Fault(.strings)], .token).first?.text.contains(#""expires_in":"7200"}"#) == true)
  }

  @Test func `rows too many, twice and of other days`() async throws {
    let types = try await rows(.unknownType)
    #expect(types.sent.count == types.usual.count + 3)
    #expect(types.sent.suffix(3).map(\.type) == [5, 7, 99])
    let hours = try await rows(.badHours)
    #expect(hours.sent.suffix(3).map(\.hour) == [2_400, 950, -100])
    let twice = try await rows(.duplicates)
    #expect(twice.sent.count == twice.usual.count * 2)
    #expect(twice.sent[0].hour == twice.sent[1].hour && twice.sent[0].count != twice.sent[1].count)
    let foreign = try await rows(.foreignDates)
    #expect(foreign.sent.count { $0.date != Self.day } == foreign.usual.count)
    #expect(foreign.sent.filter { $0.date == Self.day }.map { Int($0.count) } == foreign.usual.map(\.count))
  }

  @Test func `amounts below zero and beyond all bounds`() async throws {
    #expect(try await rows(.negative).sent.count { $0.count < 0 } == 3)
    let enormous = try #require(try await ask([Fault(.enormous)]).first).text
    #expect(enormous.contains(#""msg_count":1e300}"#) && enormous.contains(#""msg_count":99999999999999999999999}"#))
    #expect(try await ask([Fault(.negative, on: .speed)], .speed).first?.text.contains(#""realspeed":-"#) == true)
    #expect(
      try await ask([Fault(.enormous, on: .quota)], .quota).first?.text
        .contains(#""daily_limit":9000000000000000000,"#) == true)
  }

  @Test func `control characters, escaped and raw`() async throws {
    let text = try #require(try await ask([Fault(.control)]).first).text
    for part in [#"\u001b[31m"#, "\u{1B}[2J", #"\u202e"#, "\u{7F}"] { #expect(text.contains(part)) }
  }

  @Test(arguments: [(9, true), (10, false)])
  func `a late day comes at its hour`(hour: Int, isLate: Bool) async throws {
    let text = try #require(try await ask([Fault(.late(hour: 10))], at: hour).first).text
    #expect(text.hasPrefix(#"{"errcode":61503,"#) == isLate)
  }

  @Test(arguments: [0, 600, -86_400])
  func `the date of a reply is off by so many seconds`(seconds: Int) async throws {
    let begin = Int(Date().timeIntervalSince1970) + seconds
    let date = try #require(try await ask([Fault(.skew(seconds: seconds))], .speed).first).date
    let sent = try #require(
      date.firstMatch(of: /[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT/))
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let month = try #require(months.firstIndex(of: String(sent.2))) + 1
    let numbers = [sent.3, sent.1, sent.4, sent.5, sent.6].compactMap { Int($0) }
    let day = try #require(BeijingDay(year: numbers[0], month: month, day: numbers[1]))
    let moment = day.ordinal * 86_400 + numbers[2] * 3_600 + numbers[3] * 60 + numbers[4]
    #expect((begin - 1...begin + 60).contains(moment))
  }

  @Test func `the day's last call is refused with 45009`() async throws {
    let answers = try await ask([], .speed, times: 3, dailyLimit: 2).map(\.text)
    #expect(answers.map { $0.hasPrefix(#"{"errcode":45009,"#) } == [false, false, true])
  }
}
