import Dashboard
import TerminalScreen
import Testing
import WeixinModel

/// What `Y` copies: a command with all that the screen was made to show.
@Suite struct CommandLineTests {
  private func copied(_ state: inout State) -> (line: String, what: Phrase) {
    guard case .copy(let line, let what)? = state.press("Y").first else {
      Issue.record("nothing was copied")
      return ("", .none)
    }
    return (line, what)
  }

  /// Sorts as the words of a command say.
  private func sort(_ state: inout State, _ line: String) {
    let words = line.split(separator: " ").map(String.init)
    let name = words.firstIndex(of: "--sort").map { words[$0 + 1] }
    let column = name.flatMap { SortColumn(rawValue: $0) }
    let isKnown = name == nil || column?.exists(in: state.view) == true
    #expect(isKnown, "\(line)")
    state.sort(by: column, isInverted: words.contains("--invert"))
  }

  @Test func `the filter is quoted for the shell`() {
    var state = Samples.state()
    #expect(!copied(&state).line.contains("--filter"))
    state.filter = Filter(">5000 it's")
    #expect(copied(&state).line.contains(" --filter '>5000 it'\\''s' "))
    state.filter = Filter("weekend")
    #expect(copied(&state).line.contains(" --filter weekend "))
    #expect(!copied(&state).line.contains("--sort"))
  }

  @Test func `the copied command sorts the table the same way`() {
    let status = Samples.longStatus
    var state = Samples.state(100, 40, status: status)
    state.view = .table
    #expect(!copied(&state).line.contains("--sort"))
    var lines: Set<String> = []
    for _ in 0..<10 {
      for _ in 0..<2 {
        let line = copied(&state).line
        lines.insert(line)
        var other = Samples.state(100, 40, status: status)
        other.view = .table
        sort(&other, line)
        #expect(other.rows == state.rows, "\(line)")
        _ = state.press("I")
      }
      _ = state.press("s")
    }
    #expect(lines.count == 18, "nine columns, both ways")
    #expect(lines.contains { $0.contains(" --sort messages --invert ") })
  }

  @Test func `the users column can be sorted by, a hidden one not`() {
    var state = Samples.state(100, 40)
    state.view = .table
    state.metric = .users
    state.sort(by: .messages, isInverted: false)
    #expect(copied(&state).line.contains(" --metric users --sort users "))
    state.hidden = [.voice]
    state.sort(by: .voice, isInverted: true)
    let line = copied(&state).line
    #expect(line.contains(" --invert ") && !line.contains("--sort"))
  }

  @Test func `the copied command sorts and filters the accounts the same way`() {
    var state = Samples.fleetState()
    state.accountFilter = Filter("acme")
    for _ in 0..<AccountOrder.Column.allCases.count {
      for _ in 0..<2 {
        let line = copied(&state).line
        #expect(line.hasPrefix("wxtop --view accounts --filter acme "))
        var other = Samples.fleetState()
        other.accountFilter = state.accountFilter
        sort(&other, line)
        #expect(other.rows == state.rows, "\(line)")
        _ = state.press("I")
      }
      _ = state.press("s")
    }
  }

  @Test func `the demo's other accounts are named`() {
    var state = Samples.state(status: Samples.fleet[0])
    state.isDemo = true
    #expect(copied(&state).line.hasPrefix("wxtop --demo --date "))
    state.fleet = Samples.fleet
    #expect(copied(&state).line.hasPrefix("wxtop --demo --date "))
    state.status = Samples.fleet[1]
    #expect(copied(&state).line.hasPrefix("wxtop --demo --account acme-shop --date "))
  }

  @Test func `the copied command leaves out a locked scale and says so`() {
    var state = Samples.state()
    #expect(copied(&state).what.text(.en) == "The command for this screen")
    _ = state.press("S")
    #expect(state.scale == .locked)
    #expect(copied(&state).what.text(.en) == "The command, without the locked scale")
    #expect(copied(&state).what.text(.zh).contains("锁定的刻度"))
    #expect(!copied(&state).line.contains("--scale"))
    state.view = .month
    #expect(copied(&state).what.text(.en) == "The command for this screen")
  }
}
