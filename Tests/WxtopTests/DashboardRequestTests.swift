import Dashboard
import Glibc
import Testing

@testable import wxtop

/// What is understood without the parser, which takes longer than a first frame.
struct DashboardRequestTests {
  private static func request(_ words: [String]) -> DashboardRequest? {
    var pointers = words.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeMutableBufferPointer { pointers in
      pointers.baseAddress.flatMap { DashboardRequest.ofFewWords($0, count: Int32(words.count)) }
    }
  }

  @Test func `no word, and the name of a view alone`() {
    #expect(Self.request(["wxtop"])?.view.view == .day)
    for view in ViewName.allCases { #expect(Self.request(["wxtop", "--view", view.rawValue])?.view.view == view) }
  }

  @Test(arguments: [
    ["--view"], ["--view", "soon"], ["--view", ""], ["--view=week"], ["--once", "week"], ["--view", "week", "--demo"],
  ])
  func `all else is the parser's`(_ words: [String]) {
    #expect(Self.request(["wxtop"] + words) == nil)
  }
}
