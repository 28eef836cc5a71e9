import FoundationEssentials
import Testing

/// The README's table of keys, the manual page, and the commands that write them.
struct KeyTableTests {
  @Test func `the README has what the command prints`() async throws {
    let run = await Wxtop.call("keys", "--format", "markdown", "--lang", "en", in: try Place())
    #expect(run.status == 0)
    let folder = String(#filePath.dropLast("/Tests/WxtopTests/KeyTableTests.swift".count))
    let data = try #require(FileManager.default.contents(atPath: folder + "/README.md"))
    let readme = String(decoding: data, as: UTF8.self)
    let begin = try #require(readme.firstRange(of: "<!-- keys -->\n"))
    let end = try #require(readme.firstRange(of: "<!-- /keys -->"))
    #expect(
      readme[begin.upperBound..<end.lowerBound] == "\n\(run.output)\n",
      "put the output of: wxtop keys --format markdown between the markers")
  }

  @Test func `keys of one's own stand in the table`() async throws {
    let place = try Place()
    try place.write("keys:\n  preset: htop\n  next-unusual: [w]\n", to: "config/wxtop/config.yaml")
    let run = await Wxtop.call("keys", "--lang", "zh", in: place)
    #expect(run.status == 0)
    #expect(run.lines.contains { $0.contains("w N") && $0.contains("next-unusual") })
    #expect(run.output.contains("F10") && run.output.contains("时间"))
  }

  @Test func `the manual names every command, option and key`() async throws {
    let manual = await Wxtop.call("manual", in: try Place())
    #expect(manual.status == 0)
    #expect(manual.output.hasPrefix(".TH WXTOP 1"))
    let keys = await Wxtop.call("keys", "--lang", "en", in: try Place())
    for line in keys.lines where line.hasPrefix("  ") {
      let explanation = String(line.split(separator: " ").last ?? "")
      #expect(manual.output.contains(explanation.replacing("-", with: "\\-")), "\(line)")
    }
    for command in [
      "speed", "hours", "backfill", "export", "accounts", "doctor", "audit", "simulate", "keys", "manual",
    ] {
      #expect(manual.output.contains(".SS wxtop \(command)\n"))
    }
    #expect(manual.output.contains(".B \\-\\-interval <seconds>\nSeconds between polls"))
    #expect(manual.lines.allSatisfy { !$0.hasPrefix("'") })
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `completions are made for every shell`(shell: String) async throws {
    let run = await Wxtop.call("--generate-completion-script", shell, in: try Place())
    #expect(run.status == 0)
    #expect(run.output.contains("backfill") && run.output.contains("--compare".dropFirst(2)))
  }
}
