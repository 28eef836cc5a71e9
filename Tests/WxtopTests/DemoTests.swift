import Glibc
import Testing
import WeixinModel
import WeixinSimulator

@testable import wxtop

/// `--demo` and `simulate`: the stand-in for Weixin inside the binary.
@Suite(.processes)
struct DemoTests {
  @Test func `the demo needs no home and leaves nothing behind`() async throws {
    let place = try Place()
    let environment = ["PATH": "/usr/bin:/bin", "TMPDIR": place.file("tmp"), "LANG": "C.UTF-8"]
    let run = try await Wxtop.run(
      Wxtop.path, ["--demo", "--once", "--size", "80x24"], in: place, environment: environment)
    let newest = Publication.newestOpen(at: Simulator.systemTime())
    #expect(run.status == 0)
    #expect(run.error.isEmpty)
    #expect(run.lines.count == 24)
    #expect(run.lines.first?.contains("\(newest)") == true)
    #expect(run.output.contains(" messages"))
    for folder in ["tmp", "home", "data", "state", "config"] { #expect(try place.files(in: folder).isEmpty) }
  }

  @Test func `what a killed demo left behind goes with the next one`() async throws {
    let place = try Place()
    let child = try Child.start(Wxtop.path, ["simulate", "--port", "0"], environment: place.environment())
    child.signal(9)
    _ = try await child.ended()
    try place.write("x", to: "tmp/wxtop-demo-\(child.pid)-AbCdEf/archive.sqlite")
    // Another's, which still runs: this test's.
    try place.write("x", to: "tmp/wxtop-demo-\(getpid())-AbCdEf/archive.sqlite")
    let run = try await Wxtop.run("--demo", "--plain", in: place)
    #expect(run.status == 0)
    #expect(try place.files(in: "tmp").filter { !$0.contains("/") } == ["wxtop-demo-\(getpid())-AbCdEf"])
  }

  @Test func `a demo removes nothing behind a link or in a folder that others may write`() async throws {
    let place = try Place()
    let gone = "wxtop-demo-4190000-"
    try place.write("precious", to: "data/archive.sqlite")
    #expect(symlink(place.file("data"), place.file("tmp/\(gone)link")) == 0)
    try place.write("shared", to: "tmp/\(gone)open/archive.sqlite")
    #expect(chmod(place.file("tmp/\(gone)open"), 0o777) == 0)
    try place.write("own", to: "tmp/\(gone)own/archive.sqlite")
    #expect(chmod(place.file("tmp/\(gone)own"), 0o700) == 0)
    let leftovers = DemoFolder.leftovers(in: place.file("tmp"))
    #expect(leftovers.map(\.name).sorted() == ["link", "open", "own"].map { gone + $0 })
    for leftover in leftovers { leftover.remove() }
    #expect(place.text(of: "data/archive.sqlite") == "precious")
    #expect(try place.files(in: "tmp").filter { !$0.contains("/") } == [gone + "link", gone + "open"])
    #expect(place.text(of: "tmp/\(gone)open/archive.sqlite") == "shared")
  }

  @Test func `without an account and without a home there is still a sentence`() async throws {
    let place = try Place()
    let run = try await Wxtop.run(Wxtop.path, ["--once"], in: place, environment: [:])
    #expect(run.status == 78)
    #expect(run.error.hasPrefix("wxtop: no account is configured."))
  }

  @Test func `a demo without a temporary folder says so`() async throws {
    let place = try Place()
    let run = try await Wxtop.run("--demo", "--once", in: place, adding: ["TMPDIR": place.file("nowhere")])
    #expect(run.status == 69)
    #expect(run.error.hasPrefix("wxtop: No temporary folder could be made for the demo: No such file"))
  }

  @Test(arguments: [(2, 130), (15, 143), (1, 129)] as [(Int32, Int32)])
  func `simulate tells its address, answers, and stops at a signal`(signal: Int32, status: Int32) async throws {
    let place = try Place()
    let child = try Child.start(
      Wxtop.path, ["simulate", "--port", "0", "--today", "2025-03-01"], environment: place.environment(),
      output: place.file("out"), error: place.file("err"))
    let address = try await until("the address") {
      place.text(of: "out").firstMatch(of: #/WXTOP_API_BASE=(http://127\.0\.0\.1:\d+) /#).map { String($0.1) }
    }
    #expect(place.text(of: "out").hasPrefix("Simulated Weixin API on \(address), until ^C. To look at it:\n"))
    let account = Simulator.Account()
    let run = try await Wxtop.run(
      "hours", "2025-02-27", "--format", "csv", in: place,
      adding: ["WXTOP_API_BASE": address, "WXTOP_APPID": account.appID, "WXTOP_SECRET": account.secret])
    #expect(run.status == 0)
    #expect(run.lines.count > 50)
    child.signal(signal)
    #expect(try await child.ended() == status)
    #expect(place.text(of: "err").isEmpty)
  }

  @Test func `a port that is taken is named`() async throws {
    try await withSimulator { simulator, place in
      let run = try await Wxtop.run("simulate", "--port", "\(simulator.port)", in: place)
      #expect(run.status == 69)
      #expect(run.error.hasPrefix("wxtop: Port \(simulator.port) cannot be opened: "))
      #expect(run.error.hasSuffix("Choose another with --port.\n"))
    }
  }
}
