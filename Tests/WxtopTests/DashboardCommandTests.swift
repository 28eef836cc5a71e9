import ArgumentParser
import Dashboard
import Testing

@testable import wxtop

struct DashboardCommandTests {
  private static func command(_ words: [String]) throws -> DashboardCommand {
    try #require(try WxtopCommand.parseAsRoot(words) as? DashboardCommand)
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
}
