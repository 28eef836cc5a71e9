import FoundationEssentials
import Testing
import WeixinModel

/// The README's troubleshooting table, and the command that writes it.
struct ErrorTableTests {
  @Test func `the README has what the command prints`() async throws {
    let run = await Wxtop.call("errors", "--format", "markdown", "--lang", "en", in: try Place())
    #expect(run.status == 0)
    let folder = String(#filePath.dropLast("/Tests/WxtopTests/ErrorTableTests.swift".count))
    let data = try #require(FileManager.default.contents(atPath: folder + "/README.md"))
    let readme = String(decoding: data, as: UTF8.self)
    let begin = try #require(readme.firstRange(of: "<!-- errors -->\n"))
    let end = try #require(readme.firstRange(of: "<!-- /errors -->"))
    #expect(
      readme[begin.upperBound..<end.lowerBound] == "\n\(run.output)\n",
      "put the output of: wxtop errors --format markdown between the markers")
  }

  @Test(arguments: ["en", "zh"])
  func `every code is in it once`(language: String) async throws {
    let run = await Wxtop.call("errors", "--format", "markdown", "--lang", language, in: try Place())
    for (code, _) in WeixinFault.knownCodes {
      let cells = run.lines.map { $0.split(separator: "|").first ?? "" }
      let count = cells.count { $0.split { !"-0123456789".contains($0) }.contains("\(code)") }
      #expect(count == (code == 40_001 ? 2 : 1), "\(code)")
    }
    let text = await Wxtop.call("errors", "--lang", language, in: try Place())
    #expect(text.output.contains("40125") && !text.output.contains("|"))
  }
}
