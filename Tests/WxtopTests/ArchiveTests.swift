import Glibc
import Testing
import WeixinModel
import WeixinSimulator

@testable import MessageArchive

/// Archives that cannot be used: the answer is given all the same, with a sentence.
struct ArchiveTests {
  private static let day = ["hours", "2024-11-11", "--format", "csv", "--archive"]

  private func run(_ place: Place, _ simulator: RunningSimulator, _ archive: String) async throws -> Wxtop.Run {
    await Wxtop.call(Self.day + [archive], in: place, environment: place.environment(simulator))
  }

  @Test func `a file that is no database is moved aside`() async throws {
    try await withSimulator { simulator, place in
      let path = try place.write("not a database\n", to: "data/a.sqlite")
      let run = try await run(place, simulator, path)
      #expect(run.status == 0)
      #expect(run.lines.count > 50)
      let files = try place.files(in: "data")
      let aside = try #require(files.first { $0.hasPrefix("a.sqlite.unreadable-") })
      #expect(
        run.error
          == "wxtop: \(path) was no readable archive. wxtop moved it to \(place.file("data/\(aside)")) and began a new one.\n"
      )
      #expect(place.text(of: "data/\(aside)") == "not a database\n")
      // The new archive keeps the day.
      let again = try await self.run(place, simulator, path)
      #expect(again.output == run.output)
      #expect(again.error.isEmpty)
      #expect(await simulator.calls[.hourly] == 1)
    }
  }

  @Test func `the archive of a newer wxtop is left untouched`() async throws {
    try await withSimulator { simulator, place in
      let path = place.file("data/a.sqlite")
      let archive = try MessageArchive.open(at: path).archive
      try await archive.execute("PRAGMA user_version = 9")
      try archive.close()
      let before = place.bytes(of: "data/a.sqlite")
      let run = try await run(place, simulator, path)
      #expect(run.status == 0)
      #expect(run.lines.count > 50)
      #expect(
        run.error
          == "wxtop: \(path) was written by a newer wxtop and was left untouched. Update wxtop, or choose another --archive.\n"
      )
      #expect(place.bytes(of: "data/a.sqlite") == before)
    }
  }

  @Test func `where no archive can be made it goes on without`() async throws {
    try await withSimulator { simulator, place in
      // Not a folder without permission: whoever runs the tests may be root.
      let path = try place.write("", to: "data/file") + "/a.sqlite"
      let run = try await run(place, simulator, path)
      #expect(run.status == 0)
      #expect(run.lines.count > 50)
      #expect(
        run.error
          == "wxtop: \(path) may not be written. wxtop goes on without saving; check its owner and permissions.\n")
      let speed = await Wxtop.call("speed", "--archive", path, in: place, simulator)
      #expect(speed.status == 0)
      #expect(speed.error == run.error)
    }
  }

  @Test func `what is no file is not said to be one that may not be written`() async throws {
    try await withSimulator { simulator, place in
      let path = place.file("data")
      let hours = try await run(place, simulator, path)
      #expect(hours.status == 0)
      #expect(hours.error == "wxtop: \(path) is no file. wxtop goes on without saving; name a file with --archive.\n")
      // A command that ends by it does not go on.
      let export = await Wxtop.call("export", "--archive", path, in: place, simulator)
      #expect(export.status == 73 && export.error == "wxtop: \(path) is no file. Name a file with --archive.\n")
      let offline = await Wxtop.call("hours", "2024-11-11", "--offline", "--archive", path, in: place, simulator)
      #expect(offline.status == 73 && offline.error == export.error)
      let chinese = await Wxtop.call("export", "--archive", path, "--lang", "zh", in: place, simulator)
      #expect(chinese.error == "wxtop: \(path) 不是文件，请用 --archive 指定一个文件。\n")
    }
  }

  @Test(.processes, arguments: [16, 64])
  func `with no room on the disk it goes on without and says so`(kilobytes: Int) async throws {
    try await withSimulator { simulator, place in
      // Writing beyond the limit fails as on a full disk, with a signal on top.
      let run = try await Wxtop.script(
        "(ulimit -f \(kilobytes * 2); \"$WXTOP\" hours --from 2024-10-01 --to 2024-11-11 --format csv) | cat",
        in: place, simulator)
      #expect(run.lines.count == 1 + Self.rowsFromOctober)
      #expect(run.error.contains("goes on without saving"))
      #expect(run.error.contains("archive.sqlite"))
      #expect(run.error.split(separator: "\n").count == 1)
    }
  }

  private static var rowsFromOctober: Int {
    guard let first = BeijingDay("2024-10-01"), let last = BeijingDay("2024-11-11") else { return 0 }
    return (first...last).reduce(0) { $0 + SimulatedHistory().rows(on: $1).count }
  }

  @Test(.processes) func `two at once share one archive`() async throws {
    try await withSimulator { simulator, place in
      let path = place.file("data/a.sqlite")
      let arguments = Self.day + [path]
      let environment = place.environment(simulator)
      async let one = Wxtop.run(Wxtop.path, arguments, in: place, environment: environment)
      async let other = Wxtop.run(Wxtop.path, arguments, in: place, environment: environment)
      let (first, second) = try await (one, other)
      #expect(first.status == 0 && second.status == 0)
      #expect(first.output == second.output)
      #expect(first.error.isEmpty && second.error.isEmpty)
    }
  }

  @Test func `the archive is nobody else's to read`() async throws {
    try await withSimulator { simulator, place in
      _ = await Wxtop.call("hours", "2024-11-11", in: place, simulator)
      var facts = stat()
      #expect(stat(place.file("data/wxtop/archive.sqlite"), &facts) == 0)
      #expect(facts.st_mode & 0o777 == 0o600)
      #expect(stat(place.file("data/wxtop"), &facts) == 0)
      #expect(facts.st_mode & 0o777 == 0o700)
    }
  }
}
