import Foundation
import Testing
import WeixinModel
import WeixinSimulator

@testable import MessageArchive

/// `wxtop export` and what else works without the network.
struct ExportTests {
  private static let days = BeijingDay(ordinal: 20_000)...BeijingDay(ordinal: 20_004)

  /// An archive with five days, one of them provisional, and one speed.
  private func fill(_ place: Place) async throws {
    let archive = try MessageArchive.open(at: place.file("data/wxtop/archive.sqlite")).archive
    let account = Simulator.Account().appID
    for day in Self.days {
      let rows = [
        HourlyRow(hour: 9, type: .text, users: 2, count: 3),
        HourlyRow(hour: 20, type: MessageType(42), users: 1, count: 7),
      ]
      try await archive.save(
        DayRecord(
          messages: HourlyMessages(day: day, rows: rows), isFinal: day != Self.days.upperBound, fetchedAt: day.start),
        account: account)
    }
    try await archive.saveSpeed(
      MassSendSpeed(level: 3, realspeed: 15), at: Self.days.lowerBound.start, account: account, maxGap: 300)
    try archive.close()
  }

  /// No secret, and an address at which nothing answers: a call would fail.
  private static let offline = [
    "WXTOP_APPID": Simulator.Account().appID, "WXTOP_TOKEN": "x", "WXTOP_API_BASE": "http://127.0.0.1:9",
  ]

  @Test func `everything in the archive, in the words of hours`() async throws {
    let place = try Place()
    try await fill(place)
    let csv = await Wxtop.call("export", in: place, adding: Self.offline)
    #expect(csv.status == 0)
    #expect(csv.lines.count == 11)
    #expect(csv.lines[0] == "date,hour,msg_type,type,msg_user,msg_count,state")
    #expect(csv.lines[1] == "\(Self.days.lowerBound),9,1,text,2,3,final")
    #expect(csv.lines.last == "\(Self.days.upperBound),20,42,type 42,1,7,provisional")
    let hours = await Wxtop.call(
      "hours", "--offline", "--from", "\(Self.days.lowerBound)", "--to", "\(Self.days.upperBound)", "--format", "csv",
      in: place, adding: Self.offline)
    #expect(hours.output == csv.output)
    let one = await Wxtop.call(
      "export", "--format", "json", "--from", "\(Self.days.lowerBound)", "--to", "\(Self.days.lowerBound)", in: place,
      adding: Self.offline)
    #expect(one.lines.count == 4 && one.lines.first == "[" && one.lines.last == "]")
  }

  @Test func `OpenMetrics has the hour's moment, escaped labels and an end`() async throws {
    let place = try Place()
    try await fill(place)
    let run = await Wxtop.call("export", "--format", "openmetrics", in: place, adding: Self.offline)
    #expect(run.lines.count == 2 + 10 + 1)
    let moment = Self.days.lowerBound.start(ofHour: 9).seconds
    #expect(
      run.lines[2]
        == "weixin_upstream_messages{account=\"wxdemo0000000001\",msg_type=\"1\",type=\"text\",state=\"final\"} 3 \(moment)"
    )
    #expect(run.lines.last == "# EOF")
  }

  @Test func `the speed that was seen last, with its moment`() async throws {
    let place = try Place()
    try await fill(place)
    let run = await Wxtop.call("speed", "--offline", "--format", "csv", in: place, adding: Self.offline)
    #expect(run.status == 0)
    #expect(run.lines.last?.hasSuffix(",3,15,30,10000/min,\(Self.days.lowerBound)T00:00:00+08:00") == true)
  }

  @Test func `without an archive it says so and makes none`() async throws {
    let place = try Place()
    let run = await Wxtop.call("export", in: place, adding: Self.offline)
    #expect(run.status == 73)
    #expect(run.error.contains("there is no such file"))
    #expect(try place.files(in: "data").isEmpty)
  }

  @Test(arguments: [true, false])
  func `damage inside an archive is found by what looks at it and by what reads it`(isTable: Bool) async throws {
    let place = try Place()
    try await fill(place)
    let name = "data/wxtop/archive.sqlite"
    if isTable {
      let archive = try MessageArchive.open(at: place.file(name)).archive
      try await archive.execute("DROP TABLE day")
      try archive.close()
    } else {
      // All but the first pages, where the tables' names stand.
      var bytes = place.bytes(of: name)
      #expect(bytes.count > 60_000)
      for index in 20_000..<bytes.count { bytes[index] = UInt8(truncatingIfNeeded: index &* 167) }
      try Data(bytes).write(to: URL(filePath: place.file(name)))
    }
    for words in [["export"], ["alerts"], ["doctor", "--offline"], ["--once", "--offline", "--view", "all"]] {
      let run = await Wxtop.call(words, in: place, environment: place.environment(nil, adding: Self.offline))
      #expect(run.status == 65, "\(words) \(run.output)")
      #expect((run.output + run.error).contains("is damaged or no archive"), "\(words) \(run.output) \(run.error)")
      #expect(!run.output.contains("No alert is open"))
    }
  }

  @Test func `alerts of an archive or an account that is not there are not said to be none`() async throws {
    let place = try Place()
    try place.write(
      "accounts:\n  acme: {appid: wx0123456789abcdef, secret_command: [echo, x]}\n", to: "config/wxtop/config.yaml")
    #expect(await Wxtop.call("alerts", in: place).output == "No alert is open.\n", "nothing has been watched")
    #expect(await Wxtop.call("alerts", "--account", "acme", in: place).status == 0)
    let nobody = await Wxtop.call("alerts", "--account", "nope", in: place)
    #expect(nobody.status == 64 && nobody.output.isEmpty)
    #expect(nobody.error == "wxtop: There is no account nope; the configuration has acme.\n")
    let path = place.file("data/none.sqlite")
    let none = await Wxtop.call("alerts", "--archive", path, in: place)
    #expect(none.status == 73 && none.output.isEmpty)
    #expect(none.error == "wxtop: \(path) cannot be read: there is no such file, or it is empty. Check the path.\n")
    #expect(try place.files(in: "data").isEmpty)
  }

  @Test func `what only reads leaves a damaged archive where it is, and says so`() async throws {
    let place = try Place()
    try await fill(place)
    let path = place.file("data/wxtop/archive.sqlite")
    let whole = place.bytes(of: "data/wxtop/archive.sqlite")
    for bytes in [Array(whole.prefix(3_000)), Array("no database at all".utf8)] {
      try Data(bytes).write(to: URL(filePath: path))
      for words in [["export"], ["alerts"], ["hours", "yesterday", "--offline"], ["speed", "--offline"]] {
        let run = await Wxtop.call(words, in: place, environment: place.environment(nil, adding: Self.offline))
        #expect(
          [65, 69].contains(run.status) && run.error.contains("is damaged or no archive"), "\(words) \(run.error)")
        #expect(place.bytes(of: "data/wxtop/archive.sqlite") == bytes, "\(words)")
        #expect(try !place.files(in: "data/wxtop").contains { $0.contains("unreadable") }, "\(words)")
      }
    }
  }
}
