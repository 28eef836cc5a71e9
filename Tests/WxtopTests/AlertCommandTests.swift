import Dashboard
import FoundationEssentials
import Glibc
import Synchronization
import Testing
import WeixinModel

@testable import wxtop

/// What the user's command is given, and what it may do wrong.
@Suite(.processes)
struct AlertCommandTests {
  private let place: Place
  private let faults = Faults()

  init() throws { place = try Place() }

  final class Faults: Sendable {
    private let taken = Mutex<[String]>([])
    var sentences: [String] { taken.withLock(\.self) }
    func take(_ fault: AlertCommand.Fault) { taken.withLock { $0.append(fault.sentence(.en)) } }
  }

  private static let moment = BeijingDay(ordinal: 20_685).start(ofHour: 9)

  private func alert(_ account: String = "acme", level: Int = 4, after seconds: Int = 0) -> Alert {
    Alert(
      account: Account(name: account, title: "艾克美"),
      cause: .slower(speed: MassSendSpeed(level: level, realspeed: 10), limit: 3), raisedAt: Self.moment + seconds)
  }

  private func command(_ script: String, deadline: Duration = .seconds(120), language: Language = .en) throws
    -> AlertCommand
  {
    let program = try place.write("#!/bin/sh\n" + script + "\n", to: "alert", mode: 0o700)
    return make([program], deadline, language)
  }

  private func make(_ words: [String], _ deadline: Duration = .seconds(120), _ language: Language = .en)
    -> AlertCommand
  {
    AlertCommand(
      OutsideCommand(key: "alert command", words: words), language: language, deadline: deadline
    ) { [faults] in faults.take($0) }
  }

  /// Runs the command for some alerts, until none is left.
  private func run(_ command: AlertCommand, _ alerts: [Alert]) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await command.run() }
      for alert in alerts { await command.take(alert) }
      await command.settle(within: .seconds(300))
      group.cancelAll()
    }
  }

  private struct Handed: Codable, Equatable {
    var id: String
    var state: String
    var account: String
    var title: String
    var rule: String
    var severity: String
    var subject: String
    var summary: String
    var text: String
    var who: String
    var at: String
    var raisedAt: String
    var clearedAt: String?
    var acknowledgedAt: String?
    var numbers: [String: Int]

    enum CodingKeys: String, CodingKey {
      case id, state, account, title, rule, severity, subject, summary, text, who, at, numbers
      case raisedAt = "raised_at"
      case clearedAt = "cleared_at"
      case acknowledgedAt = "acknowledged_at"
    }
  }

  private func handed(_ name: String = "handed") throws -> [Handed] {
    try place.text(of: name).split(separator: "\n").map {
      try JSONDecoder().decode(Handed.self, from: Data($0.utf8))
    }
  }

  @Test func `it gets one JSON object on stdin, for the alert and for its end`() async throws {
    var over = alert()
    over.clearedAt = over.raisedAt + 900
    await run(try command("cat >> \(place.file("handed"))"), [alert(), over])
    #expect(faults.sentences.isEmpty)
    let objects = try handed()
    let first = try #require(objects.first)
    #expect(
      first
        == Handed(
          id: alert().id, state: "raised", account: "acme", title: "艾克美", rule: "slower_than",
          severity: "warning", subject: "", summary: "mass send at L4 100k/min",
          text: "Mass sends go at level 4 (100k/min), slower than level 3.",
          who: "Whoever plans the mass sends: let them begin earlier, or have the level set.",
          at: "2026-08-20T09:00:00+08:00", raisedAt: "2026-08-20T09:00:00+08:00",
          numbers: ["level": 4, "realspeed": 10, "limit": 3]))
    #expect(objects.count == 2)
    #expect(objects.last?.id == first.id)
    #expect(objects.last?.state == "cleared")
    #expect(objects.last?.at == "2026-08-20T09:15:00+08:00")
    #expect(objects.last?.clearedAt == objects.last?.at)
  }

  @Test func `every cause makes JSON in both languages, with the numbers and no control characters`() throws {
    let earlier = (1...8).map { week in
      DayRecord(
        messages: HourlyMessages(
          day: BeijingDay(ordinal: 20_685 - 7 * week),
          rows: [HourlyRow(hour: 9, type: .text, users: 1, count: 100 + week)]), isFinal: true, fetchedAt: Self.moment)
    }
    let usual = try #require(DayBrief(earlier[0], after: earlier).usual)
    let day = BeijingDay(ordinal: 20_685)
    let fault = WeixinFault(
      endpoint: .token, code: 40_164, message: "invalid \"ip\"\u{1B}[31m", rid: "a-b", address: "203.0.113.7")
    let (slow, fast) = (MassSendSpeed(level: 4, realspeed: 10), MassSendSpeed(level: 0, realspeed: 80))
    let causes: [(Alert.Cause, [String: Int])] = [
      (.levelChanged(from: slow, to: fast), ["from_level": 4, "from_realspeed": 10, "level": 0, "realspeed": 80]),
      (.belowNominal(speed: slow), ["level": 4, "realspeed": 10, "nominal": 10]),
      (
        .unusualDay(day: day, count: 9, usual: usual),
        ["count": 9, "usual": usual.median, "usual_low": usual.low, "usual_high": usual.high]
      ),
      (
        .unusualHour(day: day, hour: 9, count: 9, usual: usual, hours: 2),
        [
          "hour": 9, "count": 9, "usual": usual.median, "usual_low": usual.low, "usual_high": usual.high,
          "unusual_hours": 2,
        ]
      ),
      (.unpublished(day: day, by: 600), ["by_minute": 600]),
      (.failing(error: .weixin(fault), since: Self.moment), ["since": Self.moment.seconds, "errcode": 40_164]),
      (.failing(error: .timedOut(seconds: 20), since: Self.moment), ["since": Self.moment.seconds]),
      (
        .quota(endpoint: .hourly, quota: CallQuota(limit: 500, used: 420, remaining: 80), limit: 80),
        ["used": 420, "limit": 500, "remaining": 80, "percent": 80]
      ),
    ]
    for (cause, numbers) in causes {
      for language in Language.allCases {
        let alert = Alert(account: Account(name: "a\"b", title: "\\"), cause: cause, raisedAt: Self.moment)
        let text = AlertJSON.text(alert, language)
        #expect(text.hasSuffix("}\n") && text.filter(\.isNewline).count == 1)
        let object = try JSONDecoder().decode(Handed.self, from: Data(text.utf8))
        #expect(object.numbers == numbers)
        #expect(object.account == "a\"b" && object.title == "\\")
        #expect(!object.summary.isEmpty && !object.text.isEmpty && !object.who.isEmpty)
        #expect(object.subject == alert.subject)
      }
    }
  }

  @Test func `one that hangs is killed at the deadline, with what it started, and said`() async throws {
    let command = try command(
      "trap '' TERM\nsleep 1000 &\necho $! > \(place.file("child"))\necho $$ > \(place.file("own"))\nwait\nwait",
      deadline: .seconds(2))
    await run(command, [alert()])
    #expect(
      faults.sentences == [
        "alert command \(place.file("alert")) took longer than 2 s and was killed; \(alert().id) was not handed on"
      ])
    for file in ["own", "child"] {
      let pid = try #require(pid_t(place.text(of: file).withoutSpaceAround))
      _ = try await until("the end of \(file)") { kill(pid, 0) == 0 ? nil : true }
    }
  }

  @Test func `ten megabytes on both streams harm nobody`() async throws {
    let command = try command(
      "head -c 10485760 /dev/zero\nhead -c 10485760 /dev/urandom >&2\ncat > \(place.file("handed"))")
    await run(command, [alert()])
    #expect(faults.sentences.isEmpty)
    #expect(try handed().count == 1)
  }

  @Test func `garbage that it prints is not shown`() async throws {
    await run(try command("printf '\\033[31m\\000\\377 boom\\033[2J' >&2\nexit 3"), [alert()])
    let sentence = try #require(faults.sentences.first)
    #expect(sentence.contains("ended with status 3"))
    #expect(sentence.hasSuffix("; \(alert().id) was not handed on"))
    #expect(sentence.unicodeScalars.allSatisfy { $0.value >= 0x20 })
  }

  @Test func `one that reads nothing, or closes its stdin, is as good as any`() async throws {
    await run(try command("exec <&-\nsleep 0.1\nexit 0"), [alert(), alert("zenith")])
    await run(try command("exit 0"), [alert()])
    #expect(faults.sentences.isEmpty)
  }

  @Test func `one that is not there, or may not be run, is named`() async throws {
    await run(make(["/nowhere/at/all"]), [alert()])
    #expect(
      faults.sentences == [
        "alert command /nowhere/at/all was not found, or may not be run; \(alert().id) was not handed on"
      ])
    let plain = try place.write("no program", to: "plain", mode: 0o600)
    await run(make([plain]), [alert()])
    #expect(faults.sentences.last?.hasPrefix("alert command \(plain) ") == true)
    #expect(faults.sentences.count == 2)
  }

  @Test func `no shell reads its words, and it sees no secret`() async throws {
    let program = try place.write(
      "#!/bin/sh\necho \"$1\" > \(place.file("word"))\nenv > \(place.file("env"))\n", to: "alert", mode: 0o700)
    let command = OutsideCommand(key: "alert command", words: [program, "; rm -rf / $HOME"])
    let environment = ["PATH": "/usr/bin:/bin", "WXTOP_SECRET": "s3cr3t-one", "WXTOP_TOKEN": "s3cr3t-two"]
    try await command.take("", environment: Environment(variables: environment))
    #expect(place.text(of: "word") == "; rm -rf / $HOME\n")
    #expect(!place.text(of: "env").contains("s3cr3t"))
    #expect(place.text(of: "env").contains("PATH="))
  }

  @Test func `one rule has one at a time, and another rule does not wait for it`() async throws {
    let command = try command(
      """
      read -r line
      case $line in
        *slower_than*)
          mkdir \(place.file("lock")) || echo overlap >> \(place.file("overlap"))
          while [ ! -e \(place.file("other")) ]; do sleep 0.05; done
          rmdir \(place.file("lock"))
          echo done >> \(place.file("order")) ;;
        *) touch \(place.file("other")) ;;
      esac
      """, deadline: .seconds(300))
    let other = Alert(
      account: Account(name: "acme"), cause: .unpublished(day: BeijingDay(ordinal: 20_684), by: 600),
      raisedAt: Self.moment)
    await run(command, [alert("a"), alert("b"), alert("c"), other])
    #expect(faults.sentences.isEmpty)
    #expect(place.text(of: "overlap").isEmpty)
    #expect(place.text(of: "order") == "done\ndone\ndone\n")
  }

  @Test func `too many waiting alerts drop the oldest, and that is said`() async throws {
    let command = try command("cat >> \(place.file("handed"))")
    for number in 0..<(AlertCommand.limit + 3) { await command.take(alert("a\(number)", after: number)) }
    #expect(faults.sentences.count == 3)
    #expect(
      faults.sentences.first
        == "64 alerts wait for alert command \(place.file("alert")); \(alert("a0").id) was not handed on")
    await run(command, [])
    #expect(try handed().map(\.account) == (3..<(AlertCommand.limit + 3)).map { "a\($0)" })
  }
}
