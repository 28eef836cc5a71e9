import FoundationEssentials
import MessageArchive
import Testing
import WeixinModel

@testable import wxtop

/// `wxtop alerts`: what is open, and a made alert.
struct AlertsCommandTests {
  private let place: Place
  private let now = BeijingDay(ordinal: 20_685).start(ofHour: 9)

  init() throws { place = try Place() }

  private func raise(_ causes: Alert.Cause...) async throws {
    try FileManager.default.createDirectory(atPath: place.file("data/wxtop"), withIntermediateDirectories: true)
    let archive = try MessageArchive.open(at: place.file("data/wxtop/archive.sqlite")).archive
    let alerts = causes.enumerated().map { index, cause in
      Alert(account: Account(name: "club", title: "俱乐部"), cause: cause, raisedAt: now + index)
    }
    _ = try await archive.raiseAlerts(alerts)
    try archive.close()
  }

  private var refused: Alert.Cause {
    let fault = WeixinFault(endpoint: .token, code: 40_164, message: "", address: "203.0.113.7")
    return .failing(error: .weixin(fault), since: now)
  }
  private var unpublished: Alert.Cause { .unpublished(day: now.beijingDay - 1, by: 600) }

  @Test func `an alert that needs a person comes first, and the status is 1`() async throws {
    try await raise(refused, unpublished)
    let run = await Wxtop.call("alerts", "--lang", "en", in: place)
    #expect(run.status == 1)
    #expect(run.error.isEmpty)
    #expect(run.lines.count == 4)
    #expect(run.lines[0].hasPrefix("✗ ") && run.lines[0].contains("俱乐部 club"))
    #expect(run.lines[2].hasPrefix("· ") && run.lines[3].contains("Nobody: wxtop goes on asking."))
    let chinese = await Wxtop.call("alerts", "--lang", "zh", in: place)
    #expect(chinese.lines.count == 4 && chinese.lines[3].contains("wxtop 会"))
  }

  @Test func `where nobody has anything to do the status is 0`() async throws {
    #expect(await Wxtop.call("alerts", in: place).output == "No alert is open.\n")
    #expect(try place.files(in: "data").isEmpty, "a question makes no file")
    try await raise(unpublished)
    let run = await Wxtop.call("alerts", in: place)
    #expect(run.status == 0 && run.lines.count == 2)
    #expect(await Wxtop.call("alerts", "--account", "other", in: place, adding: ["WXTOP_LANG": "en"]).status != 1)
  }

  private struct Object: Decodable {
    var account: String
    var rule: String
    var needsPerson: Bool
    enum CodingKeys: String, CodingKey {
      case account, rule
      case needsPerson = "needs_person"
    }
  }

  @Test func `JSON is an array of what the command gets`() async throws {
    #expect(await Wxtop.call("alerts", "--format", "json", in: place).output == "[]\n")
    try await raise(unpublished, refused)
    let run = await Wxtop.call("alerts", "--format", "json", in: place)
    #expect(run.status == 1)
    let objects = try JSONDecoder().decode([Object].self, from: Data(run.output.utf8))
    #expect(objects.map(\.rule) == ["failing_minutes", "unpublished_by"])
    #expect(objects.map(\.needsPerson) == [true, false] && objects[0].account == "club")
  }

  @Test func `a made alert goes through the command, marked as a test, and a failure of it is told`() async throws {
    #expect(await Wxtop.call("alerts", "--test", in: place).status == 64)
    let taken = place.file("taken")
    try place.write("#!/bin/sh\ncat >\(taken)\n", to: "hand", mode: 0o700)
    let text =
      "alerts: {command: [\(place.file("hand"))]}\naccounts: {club: {appid: wx0123456789abcdef, secret_file: s}}\n"
    try place.write(text, to: "config/wxtop/config.yaml")
    let run = await Wxtop.call("alerts", "--test", "--lang", "en", in: place)
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output.contains("was handed to"))
    let object = place.text(of: "taken")
    #expect(object.contains("\"test\":true") && object.contains("\"account\":\"club\"") && object.contains("TEST "))
    try place.write("#!/bin/sh\necho no way >&2; exit 3\n", to: "hand", mode: 0o700)
    let failed = await Wxtop.call("alerts", "--test", "--lang", "en", in: place)
    #expect(failed.status == 69 && failed.error.contains("ended with status 3: no way"))
  }
}
