import TerminalScreen
import Testing
import WeixinModel

@testable import Dashboard

/// What is hidden is not zero, and a sum without it says so.
@Suite struct HiddenTypeTests {
  private static func state(_ hidden: Set<Series>, view: ViewName = .day, _ width: Int = 80) -> State {
    var state = Samples.state(width, 24)
    state.view = view
    state.hidden = hidden
    state.settle()
    return state
  }

  @Test func `a day whose types are all hidden claims no zero`() {
    // The sixth layer has no messages on this day, and nobody thinks of its key.
    let rows = Self.state([.text, .image, .voice, .video, .link]).rows
    #expect(rows.contains { $0.contains("all types are hidden, 0 shows them") })
    #expect(!rows.contains { $0.contains("no message in this hour") })
    #expect(rows.contains { $0.contains("0 of 2,0") }, "\(rows)")
    #expect(!rows.contains { $0.contains("usual") && $0.contains("[0") })
    #expect(!rows[21].contains("╌"))
  }

  @Test(arguments: [ViewName.week, .month, .year, .all])
  func `a total says which types it leaves out`(view: ViewName) {
    #expect(Self.state([.link], view: view).rows[1].contains("without link"))
    #expect(Self.state([.text, .link], view: view).rows[1].contains("without text, link"))
    #expect(Self.state([.text, .image, .link], view: view).rows[1].contains("3 types hidden"))
    #expect(!Self.state([], view: view).rows[1].contains("without"))
  }

  @Test func `a copied line says which types it leaves out`() {
    #expect(copyText(Self.state([.link])).hasSuffix("  without link"))
    #expect(!copyText(Self.state([])).contains("without"))
    #expect(copyText(Self.state(Set(Series.allCases).subtracting([.text]))).hasSuffix("  only text"))
  }
}
