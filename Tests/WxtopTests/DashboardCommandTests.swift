import ArgumentParser
import Dashboard
import Testing

@testable import wxtop

struct DashboardCommandTests {
  private static func command(_ words: [String]) throws -> DashboardCommand {
    try #require(try Main.parse(words) as? DashboardCommand)
  }

  @Test func `without a word the day is shown, else the view that is named`() throws {
    #expect(try Self.command([]).views.view == .day)
    for view in ViewName.allCases {
      #expect(try Self.command(["--view", view.rawValue]).views.view == view)
      #expect(try Self.command(["--demo", "--view=\(view.rawValue)"]).views.view == view)
    }
  }

  @Test(arguments: [["--view"], ["--view", "soon"], ["--view", ""], ["week"], ["--once", "week"]])
  func `what names no view is refused`(_ words: [String]) {
    #expect(throws: (any Error).self) { try Self.command(words) }
  }

  @Test(
    arguments: [
      [], ["--help"], ["--once", "--help"], ["--version"], ["--once", "--version"], ["help", "speed"],
      ["speed", "--json"], ["hours", "--days", "3"], ["dashboard", "--once"], ["--once", "speed"], ["--date", "speed"],
      ["--", "speed"], ["spede"], ["--onec"], ["--hour", "24"], ["--size", "1x"], ["--once", "--plain"],
      ["--generate-completion-script", "fish"], ["---completion", "--", "--view", "0", "0"],
    ])
  func `what the dashboard reads first comes out as from the tree of all commands`(_ words: [String]) {
    #expect(Self.outcome { try Main.parse(words) } == Self.outcome { try WxtopCommand.parseAsRoot(words) })
  }

  /// Which command it is and what it was given, or what is said instead.
  private static func outcome(_ parse: () throws -> any ParsableCommand) -> String {
    do {
      return "\(try parse())"
    } catch {
      return "\(WxtopCommand.exitCode(for: error)) \(WxtopCommand.fullMessage(for: error))"
    }
  }
}
