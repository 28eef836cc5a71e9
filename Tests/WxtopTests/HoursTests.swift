import Dashboard
import FoundationEssentials
import MessageArchive
import Testing
import WeixinModel
import WeixinSimulator

@testable import wxtop

struct HoursTests {
  private static func csv(_ day: BeijingDay, state: String = "final") -> String {
    SimulatedHistory().rows(on: day).map { row in
      "\(day),\(row.hour),\(row.type.number),\(row.type.reportName),\(row.users),\(row.count),\(state)\n"
    }.joined()
  }

  private static let header = "date,hour,msg_type,type,msg_user,msg_count,state\n"

  @Test func `CSV is what the API gave, and the second time it comes from the archive`() async throws {
    let day = try #require(BeijingDay("2024-11-11"))
    try await withSimulator { simulator, place in
      let first = await Wxtop.call("hours", "2024-11-11", "--format", "csv", in: place, simulator)
      #expect(first.status == 0)
      #expect(first.error.isEmpty)
      #expect(first.output == Self.header + Self.csv(day))
      #expect(await simulator.calls == [.token: 1, .hourly: 1])

      let second = await Wxtop.call("hours", "2024-11-11", "--format", "csv", in: place, simulator)
      #expect(second.output == first.output)
      #expect(await simulator.calls == [.token: 1, .hourly: 1])

      await simulator.stop()
      let third = await Wxtop.call("hours", "2024-11-11", "--format", "csv", "--offline", in: place, simulator)
      #expect(third.status == 0)
      #expect(third.output == first.output)
    }
  }

  private struct Object: Decodable, Equatable {
    var date: String
    var hour: Int
    var messageType: Int
    var type: String
    var users: Int
    var count: Int
    var state: String

    enum CodingKeys: String, CodingKey {
      case date, hour, type, state
      case messageType = "msg_type"
      case users = "msg_user"
      case count = "msg_count"
    }
  }

  @Test func `JSON has the same numbers, over several days`() async throws {
    let day = try #require(BeijingDay("2024-11-10"))
    try await withSimulator { simulator, place in
      let run = await Wxtop.call(
        "hours", "--from", "2024-11-10", "--to", "2024-11-12", "--format", "json", in: place, simulator)
      #expect(run.status == 0)
      let objects = try JSONDecoder().decode([Object].self, from: Data(run.output.utf8))
      let expected = (0...2).flatMap { offset in
        SimulatedHistory().rows(on: day + offset).map { row in
          Object(
            date: "\(day + offset)", hour: row.hour, messageType: row.type.number, type: row.type.reportName,
            users: row.users, count: row.count, state: "final")
        }
      }
      #expect(objects == expected)
      #expect(await simulator.calls[.hourly] == 3)
    }
  }

  @Test func `the table has the day's total and every hour`() async throws {
    let day = try #require(BeijingDay("2024-11-11"))
    let messages = HourlyMessages(day: day, rows: SimulatedHistory().rows(on: day))
    try await withSimulator { simulator, place in
      let run = await Wxtop.call("hours", "11-11-2024", "--lang", "en", in: place, simulator)
      #expect(run.status == 64)
      let table = await Wxtop.call("hours", "20241111", in: place, simulator)
      #expect(table.status == 0)
      #expect(table.lines.first == "Mon 2024-11-11  52,635 messages  final")
      #expect(messages.total == 52_635)
      #expect(table.lines.count == 26)
      let sums = table.lines.dropFirst(2).map { line in
        line.split(separator: " ").last.flatMap { Int($0.replacing(",", with: "")) }
      }
      #expect(sums == messages.hourTotals)
      let chinese = await Wxtop.call("hours", "20241111", "--lang", "zh", in: place, simulator)
      #expect(chinese.lines.first == "2024-11-11 周一  52,635 条消息  已定稿")
    }
  }

  @Test func `--days counts back from the newest day that is out`() async throws {
    try await withSimulator { simulator, place in
      let newest = Publication.newestOpen(at: Simulator.systemTime())
      let run = await Wxtop.call("hours", "--days", "2", "--format", "csv", in: place, simulator)
      #expect(run.status == 0)
      let dates = Set(run.lines.dropFirst().map { String($0.prefix(10)) })
      #expect(dates.isSubset(of: ["\(newest - 1)", "\(newest)"]))
      #expect(await simulator.calls[.hourly] == 2)
    }
  }

  @Test func `a provisional day says so, and offline it is not asked for again`() async throws {
    let day = try #require(BeijingDay("2024-11-11"))
    let place = try Place()
    let archive = try MessageArchive.open(at: place.file("a.sqlite")).archive
    let rows = SimulatedHistory().rows(on: day)
    try await archive.save(
      DayRecord(messages: HourlyMessages(day: day, rows: rows), isFinal: false, fetchedAt: day.start + 120_000),
      account: Simulator.Account().appID)
    try archive.close()
    let arguments = ["hours", "2024-11-11", "--archive", place.file("a.sqlite")]
    try await withSimulator { simulator, _ in
      let environment = place.environment(simulator)
      let offline = await Wxtop.call(arguments + ["--offline", "--format", "csv"], in: place, environment: environment)
      #expect(offline.output == Self.header + Self.csv(day, state: "provisional"))
      #expect(await simulator.calls.isEmpty)
      // Online its re-check is long due.
      let online = await Wxtop.call(arguments + ["--format", "csv"], in: place, environment: environment)
      #expect(online.output == Self.header + Self.csv(day))
      #expect(await simulator.calls[.hourly] == 1)
    }
  }

  @Test func `offline a day that was never fetched is an error`() async throws {
    try await withSimulator { simulator, place in
      let run = await Wxtop.call("hours", "2016-01-01", "--offline", in: place, simulator)
      #expect(run.status == 69)
      #expect(
        run.error
          == "wxtop: 2016-01-01: The archive does not hold it, and wxtop is offline. Ask again without --offline.\n")
      #expect(await simulator.calls.isEmpty)
    }
  }

  @Test(.processes) func `a reader that goes away ends it in silence`() async throws {
    try await withSimulator { simulator, place in
      let run = try await Wxtop.script(
        "{ \"$WXTOP\" hours --from 2024-10-01 --to 2024-11-11 --format csv; echo \"status $?\" >&2; } | head -n 1",
        in: place, simulator)
      #expect(run.output == Self.header)
      #expect(run.error == "status 0\n")
    }
  }

  @Test(.processes) func `^C ends it between two days, and keeps what came`() async throws {
    var options = Simulator.Options()
    options.delay = 50
    try await withSimulator(options) { simulator, place in
      let child = try Child.start(
        Wxtop.path, ["hours", "--from", "2015-01-01", "--to", "2024-11-11", "--format", "csv"],
        environment: place.environment(simulator), output: place.file("out"), error: place.file("err"))
      _ = try await until("the second day") { place.text(of: "out").contains("\n2015-01-02,") ? true : nil }
      child.signal(2)
      #expect(try await child.ended() == 130)
      #expect(place.text(of: "err").isEmpty)
      let kept = await Wxtop.call("hours", "2015-01-01", "--offline", in: place, simulator)
      #expect(kept.status == 0)
    }
  }

  /// Else the archive would be opened as descriptor 1, and the report written into it.
  @Test(.processes) func `a closed stdout is an error and no file takes its place`() async throws {
    try await withSimulator { simulator, place in
      let run = try await Wxtop.script("\"$WXTOP\" hours 2024-11-11 >&-", in: place, simulator)
      #expect(run.status == 73)
      #expect(run.error == "wxtop: The output could not be written: Bad file descriptor.\n")
      let silent = try await Wxtop.script("\"$WXTOP\" hours 2024-11-12 <&- >&- 2>&-", in: place, simulator)
      #expect(silent.status == 73)
      let kept = await Wxtop.call(
        "hours", "--from", "2024-11-11", "--to", "2024-11-12", "--offline", in: place, simulator)
      #expect(kept.status == 0)
      #expect(kept.error.isEmpty)
    }
  }

  @Test(arguments: ["1970-01-02", "2014-11-30", "2014-12-01"])
  func `a clock from before all data is named, whatever days are asked for`(date: String) throws {
    let now = try #require(BeijingDay(date)).start(ofHour: 20)
    for days in [1, 10_000] {
      #expect {
        try DayRange(date: nil, from: nil, to: nil, days: days, now: now)
      } throws: {
        ($0 as? CommandFailure)?.exitStatus == 64 && ($0 as? CommandFailure)?.sentence(.zh)?.contains("时钟") == true
      }
    }
    #expect(throws: CommandFailure.self) { try DayRange(date: "yesterday", from: nil, to: nil, days: nil, now: now) }
    let later = try #require(BeijingDay("2014-12-02")).start(ofHour: 20)
    #expect(try DayRange(date: nil, from: nil, to: nil, days: 9, now: later).resolved == .firstKept ... .firstKept)
  }

  @Test(arguments: ["2100-01-01", "9999-12-31"])
  func `a clock that is far ahead is named, and not the days that it leads to`(date: String) throws {
    let now = try #require(BeijingDay(date)).start(ofHour: 20)
    for later in [now, now + 5_000 * 365 * 86_400] {
      let error = #expect(throws: CommandFailure.self) {
        try DayRange(date: nil, from: "2014-12-01", to: "\((later.beijingDay - 1))", days: nil, now: later)
      }
      #expect(error?.exitStatus == 64 && error?.sentence(.zh) == "本机时钟为 \(later.beijingDay)，远在未来。请校准时钟。")
      #expect(CommandFailure.DateProblem(clock: later) != nil)
    }
    #expect(CommandFailure.DateProblem(clock: try #require(BeijingDay("2099-12-31")).start(ofHour: 20)) == nil)
  }

  @Test(.processes) func `a full disk behind stdout is an error`() async throws {
    try await withSimulator { simulator, place in
      let run = try await Wxtop.script("\"$WXTOP\" hours 2024-11-11 >/dev/full", in: place, simulator)
      #expect(run.status == 73)
      #expect(run.error == "wxtop: The output could not be written: No space left on device.\n")
      for words in ["--version", "--help", "--generate-completion-script bash"] {
        let text = try await Wxtop.script("\"$WXTOP\" \(words) >/dev/full", in: place)
        #expect(text.status == 73 && text.error == run.error, "\(words)")
      }
      // The day was paid for with a call, so it is kept.
      let kept = await Wxtop.call("hours", "2024-11-11", "--offline", in: place, simulator)
      #expect(kept.status == 0)
    }
  }
}
