import Dashboard
import TerminalScreen
import Testing
import WeixinModel

/// What is typed while a Chinese input method is on.
@Suite struct ChineseInputTests {
  private func typed(_ text: String, _ state: inout State) -> [Effect] {
    text.unicodeScalars.flatMap { state.press(.character($0)) }
  }

  @Test func `a full-width key does what its half-width twin does`() {
    for (key, twin) in [
      ("？", "?"), ("：", ":"), ("／", "/"), ("、", "/"), ("！", "!"), ("ｑ", "q"), ("Ｑ", "Q"), ("％", "%"), ("（", "("),
      ("）", ")"), ("＋", "+"), ("－", "-"), ("＝", "="), ("，", ","), ("。", "."), ("１", "1"), ("＃", "#"), ("Ｗ", "W"),
      ("《", "<"), ("》", ">"), ("「", "{"), ("」", "}"), ("￥", "$"), ("…", "^"), ("　", " "), ("～", "~"),
    ] as [(Key, Key)] {
      var (state, expected) = (Samples.state(), Samples.state())
      #expect(state.press(key) == expected.press(twin), "\(key)")
      #expect(state == expected, "\(key)")
      // The same again, as some keys only show what they do in the layer that they opened.
      #expect(state.press(key) == expected.press(twin), "\(key)")
      if state.prompt == nil { #expect(state == expected, "\(key)") }
    }
  }

  @Test func `in a layer, too, a full-width key is its twin`() {
    for (opener, key, twin) in [("x", "ｃ", "c"), ("R", "ｙ", "y"), ("c", "ｌ", "l"), ("@", "ｋ", "k")]
      as [(Key, Key, Key)]
    {
      var (state, expected) = (Samples.state(), Samples.state())
      #expect(state.press(opener, key) == expected.press(opener, twin), "\(opener)")
      #expect(state == expected, "\(opener)")
    }
  }

  @Test func `a word of the input method is no key, and the notice names the input method`() {
    var state = Samples.state()
    #expect(state.press("你") == [])
    #expect(state.rows.last == " 你 does nothing here: keys are Latin letters. Is an input method on?")
  }

  @Test(arguments: [
    ("＞５０００", ">5000"), ("〉5000", ">5000"), ("《5000", "<5000"), ("＞＝３，０００", ">=3,000"), (">3。5千", ">3.5k"),
    ("周一　＞５", "周一 >5"), ("ＵＮＵＳＵＡＬ", "unusual"),
  ])
  func `a search in full width finds what its twin finds`(text: String, twin: String) {
    var states = [Samples.state(), Samples.state()]
    for (index, words) in [text, twin].enumerated() {
      _ = states[index].press("/")
      _ = typed(words, &states[index])
      _ = states[index].press(.enter)
      #expect(states[index].prompt?.refusal == nil)
    }
    #expect(states[0].day == states[1].day && states[0].hour == states[1].hour)
    #expect(Filter.unreadable(text) == nil)
  }

  @Test(arguments: [
    ("２０２４－１１－１１", "2024-11-11"), ("2026－08－11", "2026-08-11"), ("2024、11、11", "2024-11-11"),
    ("２０２４年１１月１１日", "2024-11-11"), ("双１１", "2025-11-11"),
  ])
  func `a date in full width is gone to, behind g and behind a colon`(text: String, day: String) {
    for opener in ["g", ":"] as [Key] {
      var state = Samples.state()
      _ = state.press(opener)
      _ = typed(text, &state)
      _ = state.press(.enter)
      #expect(state.prompt?.refusal == nil)
      #expect(state.day == BeijingDay(day), "\(opener)")
    }
  }

  @Test(arguments: [("ｔｈｅｍｅ　ｌｉｇｈｔ", "theme light"), ("ｈｉｄｅ　text、image", "hide text,image"), ("ｈｅｌｐ", "help")])
  func `a command in full width is obeyed`(text: String, twin: String) {
    var (state, expected) = (Samples.state(), Samples.state())
    _ = state.press(":")
    _ = typed(text, &state)
    _ = expected.press(":")
    _ = typed(twin, &expected)
    #expect(state.press(.enter) == expected.press(.enter))
    #expect(state.layer == expected.layer && state.look == expected.look && state.hidden == expected.hidden)
  }

  @Test func `names are found whatever the width in which they are typed, and a file's name stays as it is`() {
    var state = Samples.state()
    state.marks = [Mark(name: "大促（一）", days: Samples.day - 9...Samples.day - 9)]
    _ = state.press("g")
    _ = typed("大促(一)", &state)
    _ = state.press(.enter)
    #expect(state.day == Samples.day - 9)
    _ = state.press(":")
    _ = typed("export csv 报表（一）", &state)
    guard case .export(_, let name, _)? = state.press(.enter).first else {
      Issue.record("no export")
      return
    }
    #expect(name == "报表（一）")
  }
}
