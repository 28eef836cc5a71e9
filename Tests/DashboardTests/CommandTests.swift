import Dashboard
import TerminalScreen
import Testing
import WeixinModel

/// The prompts: commands by name, completion, search.
@Suite struct CommandTests {
  @discardableResult
  private func run(_ line: String, _ state: inout State) -> [Effect] {
    var effects = state.press(":")
    effects += type(line, &state)
    return effects + state.press(.enter)
  }

  private func type(_ text: String, _ state: inout State) -> [Effect] {
    text.unicodeScalars.flatMap { state.press(.character($0)) }
  }

  @Test func `every action has its own name and runs by it`() {
    let names = Action.all.map(\.name)
    #expect(Set(names).count == names.count)
    for action in Action.all {
      var state = Samples.state(100, 30)
      let effects = run(action.name, &state)
      #expect(state.prompt?.refusal == nil, "\(action.name)")
      if action == .quit || action == .close { #expect(effects.last == .quit) }
      #expect(Action(name: action.name) == action)
    }
  }

  @Test func `every key in the table triggers its action`() {
    for binding in KeyBindings.standard.bindings {
      for (action, keys) in zip(binding.actions, binding.keys) {
        for key in keys { #expect(KeyBindings.standard.action(for: key) == action) }
      }
    }
    let bound = Set(KeyBindings.standard.bindings.flatMap(\.actions))
    // Years are reached by zooming, not by keys of their own.
    #expect(Set(Action.all).subtracting(bound) == [.show(.year), .show(.all), .toggleMouse])
  }

  @Test func `commands take arguments, and a date is a command too`() {
    var state = Samples.state()
    run("theme light", &state)
    #expect(state.look.theme == .light)
    run("compare week", &state)
    #expect(state.compare == .weekBefore)
    run("hide voice,video", &state)
    #expect(state.hidden == [.voice, .video])
    run("only text", &state)
    #expect(state.hidden == [.image, .voice, .video, .link, .other])
    run("view week", &state)
    #expect(state.view == .week)
    run("go-to 2024-11-11", &state)
    #expect(state.day == BeijingDay("2024-11-11"))
    run("2025-01-02", &state)
    #expect(state.day == BeijingDay("2025-01-02"))
    run("language zh", &state)
    #expect(state.text.contains("周四"))
    #expect(run("q", &state) == [.quit])
  }

  @Test(arguments: ["theme blue", "theme", "nonsense", "next-day 3", "hide all", "export pdf", "go-to 2023-02-30"])
  func `a wrong command is explained and stays to be corrected`(line: String) {
    var state = Samples.state(120, 24)
    let before = state.day
    #expect(run(line, &state).isEmpty)
    #expect(state.prompt?.text == line)
    #expect(state.prompt?.refusal != nil)
    #expect(state.day == before)
    #expect(state.rows.last?.contains(line) == true)
  }

  @Test func `the Tab key completes and cycles through the choices`() {
    var state = Samples.state()
    _ = state.press(":")
    _ = type("the", &state)
    _ = state.press(.tab)
    #expect(state.prompt?.text == "theme ")
    _ = state.press(.tab)
    #expect(state.prompt?.text == "theme auto")
    _ = state.press(.tab)
    #expect(state.prompt?.text == "theme dark")
    _ = state.press(.backTab, .backTab)
    #expect(state.prompt?.text == "theme light")
  }

  @Test func `the command line is edited as in a shell`() {
    var state = Samples.state()
    _ = state.press(":")
    _ = type("go-to 2024-11-11", &state)
    _ = state.press(.control("w"))
    #expect(state.prompt?.text == "go-to ")
    _ = state.press(.home, .delete, .end, .backspace)
    #expect(state.prompt?.text == "o-to")
    _ = state.press(.left, .left, "X")
    #expect(state.prompt?.text == "o-Xto")
    _ = state.press(.control("u"))
    #expect(state.prompt?.text == "to")
    _ = state.press(.backspace, .end, .backspace, .backspace, .backspace)
    #expect(state.layer == .none)
  }

  @Test func `earlier commands come back with the arrows`() {
    var state = Samples.state()
    run("theme light", &state)
    run("theme dark", &state)
    _ = state.press(":", .up)
    #expect(state.prompt?.text == "theme dark")
    _ = state.press(.up)
    #expect(state.prompt?.text == "theme light")
    _ = state.press(.down, .down)
    #expect(state.prompt?.text == "")
  }

  @Test func `marks work as dates and as search terms`() {
    var state = Samples.state()
    state.marks = [Mark(name: "summer sale", days: (Samples.day - 5)...(Samples.day - 4))]
    _ = state.press("g")
    _ = type("summer", &state)
    _ = state.press(.enter)
    #expect(state.day == Samples.day - 5)
    #expect(state.rows[0].contains("summer sale"))
    _ = state.press("t", "/")
    _ = type("summer", &state)
    _ = state.press(.enter)
    #expect(state.day == Samples.day - 4)
  }

  @Test func `a search by number goes from hit to hit`() throws {
    var state = Samples.state()
    _ = state.press("/")
    _ = type(">2000", &state)
    _ = state.press(.enter)
    #expect(state.day == Samples.day && state.hour == 20)
    _ = state.press("n")
    #expect(state.hour == 21)
    _ = state.press("N", "N")
    #expect(state.notice?.isWarning == true, "no hit before")
    _ = state.press(.escape)
    #expect(state.filter == nil)
  }

  @Test func `the next unusual hour or day is found and explained`() {
    var status = Samples.status
    for back in 1...70 {
      let day = Samples.day - back
      status.days[day] = DayStatus(record: Samples.record(day))
      status.history.insert(Samples.record(day))
    }
    status.history.insert(Samples.record(Samples.day - 3, percent: 300))
    var state = Samples.state(120, 30, status: status)
    _ = state.press("N")
    #expect(state.day == Samples.day - 3)
    #expect(state.rows.last?.contains(", usual ") == true)
    #expect(state.rows.last?.contains("▴") == true)
    state.view = .week
    _ = state.press("t", "N")
    #expect(state.day == Samples.day - 3)
  }
}
