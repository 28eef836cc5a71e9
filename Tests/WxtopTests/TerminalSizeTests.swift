import TerminalScreen
import Testing
import WeixinSimulator

/// Sizes, kinds and character sets of terminals.
@Suite(.terminals)
struct TerminalSizeTests {
  private static let day = "--date 2024-11-11"

  @Test func `the window may change as it likes`() async throws {
    try await withSimulator { simulator, place in
      // All that it shows is kept, and nothing comes in while it is looked at.
      let kept = await Wxtop.call("hours", "--from", "2024-11-01", "--to", "2024-11-20", in: place, simulator)
      #expect(kept.status == 0)
      try await withWindow("\(Self.day) --offline", simulator, place: place) { window in
        let first = try await window.sees("52,635 messages", "? help", "too little history for what is usual")
        for (width, height) in [(60, 20), (40, 10), (200, 60), (56, 12), (29, 50), (80, 24)] {
          try await window.resize(width, height)
          let screen = try await window.sees("the day in \(width)×\(height)") { screen in
            guard screen.rows.count == height else { return false }
            if width < 30 { return screen.has("wxtop needs 30×8") && screen.has("\(width)×\(height)") }
            return screen.rows[0].contains("2024-11-11") && screen.rows[1].hasPrefix(" 52,635 messages")
              && screen.rows[height - 1].contains("? help")
          }
          #expect(screen.rows.allSatisfy { DisplayWidth.of($0) <= width })
          // A row that is too wide would go on in the next one.
          let joined = try await window.tmux("capture-pane", "-p", "-J").split(
            separator: "\n", omittingEmptySubsequences: false)
          #expect(joined.count - 1 == height)
        }
        // But for the last rows, where an age may have grown.
        try await window.sees("the first screen") { $0.rows.dropLast(2) == first.rows.dropLast(2) }
      }
    }
  }

  @Test func `a window too small says so, and still quits`() async throws {
    try await withSimulator { simulator, place in
      try await withWindow(Self.day, simulator, place: place, size: (29, 7)) { window in
        try await window.sees("wxtop needs 30×8", "29×7", "press q")
        try await window.resize(80, 24)
        try await window.sees("52,635 messages", "? help")
        try await window.resize(2, 2)
        try await window.resize(29, 7)
        try await window.sees("wxtop needs 30×8", "29×7")
        try await window.press("q")
        try await window.resize(80, 24)
        try await window.expectEnd(status: 0)
      }
    }
  }

  @Test func `an unknown TERM is drawn all the same`() async throws {
    try await withSimulator { simulator, place in
      for term in ["xterm-of-tomorrow", ""] {
        try await withWindow(Self.day, simulator, place: place, adding: ["TERM": term]) { window in
          try await window.sees("52,635 messages", "TERM=\(term) is unknown here; drawing as xterm-256color")
          try await window.press("Left")
          try await window.sees("Sun 2024-11-10")
          try await window.press("q")
          try await window.expectEnd(status: 0)
        }
      }
    }
  }

  @Test func `TERM=dumb gets the day in words`() async throws {
    try await withSimulator { simulator, place in
      try await withWindow(Self.day, simulator, place: place, adding: ["TERM": "dumb"]) { window in
        try await window.sees("wxdemo0000000001, Mon 2024-11-11: 52,635 messages; peak 20h", "status=0")
        #expect(try await !window.facts().isAlternate)
      }
    }
  }

  @Test(arguments: ["vt100", "xterm", "screen-256color", "linux"])
  func `terminals of all kinds show the day`(term: String) async throws {
    try await withSimulator { simulator, place in
      try await withWindow(Self.day, simulator, place: place, adding: ["TERM": term]) { window in
        let screen = try await window.sees("52,635 messages", "? help")
        #expect(screen.rows[0].contains("Mon 2024-11-11"))
        try await window.press("Left")
        try await window.sees("Sun 2024-11-10")
        try await window.press("q")
        try await window.expectEnd(status: 0)
      }
    }
  }

  @Test func `LANG=C is drawn in ASCII`() async throws {
    try await withSimulator { simulator, place in
      try await withWindow(Self.day, simulator, place: place, adding: ["LANG": "C"]) { window in
        let screen = try await window.sees("52,635 messages", "The locale C has only ASCII")
        #expect(screen.text.allSatisfy { $0.isASCII })
        #expect(screen.has("#"))
      }
    }
  }

  @Test func `a locale that is missing gives way to one that is there`() async throws {
    try await withSimulator { simulator, place in
      try await withWindow(Self.day, simulator, place: place, adding: ["LC_ALL": "xx_YY.UTF-8"]) { window in
        let screen = try await window.sees("52,635 messages", "The locale xx_YY.UTF-8 is missing; using C.")
        #expect(screen.has("final ✓"))
      }
    }
  }

  @Test func `NO_COLOR means none, else there are colours`() async throws {
    let color = /\u{1B}\[[0-9;]*(3[0-7]|4[0-7]|9[0-7]|10[0-7]|[34]8[:;])/
    try await withSimulator { simulator, place in
      try await withWindow(Self.day, simulator, place: place, adding: ["NO_COLOR": "1"]) { window in
        try await window.sees("52,635 messages", "? help")
        let plain = try await window.screen(escapes: true).text
        #expect(plain.firstMatch(of: color) == nil)
      }
      try await withWindow(Self.day, simulator, place: place) { window in
        try await window.sees("52,635 messages", "? help")
        let colored = try await window.screen(escapes: true).text
        #expect(colored.firstMatch(of: color) != nil)
      }
    }
  }

  @Test func `in Chinese no row is too wide`() async throws {
    try await withSimulator { simulator, place in
      try await withWindow("\(Self.day) --lang zh", simulator, place: place, size: (60, 20)) { window in
        let screen = try await window.sees("52,635 条消息", "2024-11-11 周一", "帮助")
        #expect(screen.rows.count == 20)
        #expect(screen.rows.allSatisfy { DisplayWidth.of($0) <= 60 })
      }
    }
  }
}
