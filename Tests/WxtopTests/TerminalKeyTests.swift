import Testing
import WeixinModel
import WeixinSimulator

/// Keys in a real terminal.
@Suite(.terminals)
struct TerminalKeyTests {
  private var newest: BeijingDay { Publication.newestOpen(at: Simulator.systemTime()) }

  private func total(_ day: BeijingDay) -> String {
    let total = HourlyMessages(day: day, rows: SimulatedHistory().rows(on: day)).total
    let digits = String(total)
    return digits.count > 3 ? "\(digits.dropLast(3)),\(digits.suffix(3))" : digits
  }

  /// The first row has the day, the second its messages.
  private func sees(_ day: BeijingDay, _ window: TerminalWindow) async throws {
    let total = total(day)
    try await window.sees("\(day) with \(total)") { screen in
      screen.rows.count > 1 && screen.rows[0].contains("\(day)")
        && (screen.rows[1].contains(" \(total) messages") || total == "0" && screen.has("Not one message"))
    }
  }

  @Test func `the demo opens on the newest day, and days walk and come back`() async throws {
    try await withWindow("--demo") { window in
      let newest = newest
      try await sees(newest, window)
      let first = try await window.screen()
      #expect(first.rows.count == 24)
      #expect(first.rows[0].hasPrefix(" wxtop 艾克美 demo"))
      #expect(first.rows[23].hasSuffix("? help  q quit"))
      try await window.press("Left", "Left")
      try await sees(newest - 2, window)
      try await window.press("Up")
      try await sees(newest - 9, window)
      try await window.press("Down", "Right", "Right")
      try await sees(newest, window)
      // In the morning there is one more day, which is not out yet.
      try await window.press("Right", "Right")
      try await window.sees("\(Simulator.systemTime().beijingDay - 1) is the newest day")
      try await window.type("gg")
      try await window.sees { $0.rows[0].contains("Mon 2014-12-01") && $0.rows[1].contains(total(.firstKept)) }
      try await window.press("h")
      try await window.sees("2014-12-01 is the first day")
      try await window.press("G")
      try await sees(newest, window)
      try await window.press("q")
      try await window.expectEnd(status: 0)
      #expect(try window.place.files(in: "tmp").isEmpty)
    }
  }

  @Test func `a date is typed behind g, and a wrong one explained`() async throws {
    try await withSimulator { simulator, place in
      try await withWindow("", simulator, place: place) { window in
        try await sees(newest, window)
        try await window.type("g2024-02-30")
        try await window.press("Enter")
        try await window.sees("There is no date 2024-02-30")
        try await window.press("C-u")
        try await window.type("2024-11-11")
        try await window.press("Enter")
        let day = try #require(BeijingDay("2024-11-11"))
        try await sees(day, window)
        try await window.sees("52,635 messages", "final ✓", "4,576")
        try await window.type("g1999-01-01")
        try await window.press("Enter")
        try await sees(.firstKept, window)
        try await window.type("gtoday")
        try await window.press("Enter")
        try await window.sees("the newest") { $0.rows[0].contains("\(Simulator.systemTime().beijingDay - 1)") }
      }
    }
  }

  @Test func `months and years, and hours across midnight`() async throws {
    try await withSimulator { simulator, place in
      try await withWindow("--date 2024-03-31", simulator, place: place) { window in
        try await window.sees("Sun 2024-03-31")
        try await window.press("PageUp")
        try await window.sees("Thu 2024-02-29")
        try await window.press("(")
        try await window.sees("Tue 2023-02-28")
        try await window.press(")", "}")
        try await window.sees("Thu 2024-03-28")
        try await window.press("^")
        try await window.sees("00:00–00:59")
        try await window.press(",")
        try await window.sees("Wed 2024-03-27", "23:00–23:59")
        try await window.press(".", ".")
        try await window.sees("Thu 2024-03-28", "01:00–01:59")
        try await window.press("$")
        try await window.sees("23:00–23:59")
        try await window.press("p")
        try await window.sees("the peak") { $0.rows[1].contains("peak") && !$0.has("23:00–23:59") }
      }
    }
  }

  @Test func `help, types, metric, pause, and a key that does nothing`() async throws {
    try await withSimulator { simulator, place in
      try await withWindow("--date 2024-11-11", simulator, place: place) { window in
        let before = try await window.sees("52,635 messages", "▴250%")
        try await window.press("?")
        try await window.sees("Keys", "previous / next day", "Esc")
        try await window.press("Escape")
        try await window.sees("the day again") { $0.rows[1] == before.rows[1] }
        try await window.press("w")
        try await window.sees("w does nothing here")
        try await window.press("m")
        try await window.sees("the users") { $0.rows[1].contains("users") && !$0.rows[1].contains("52,635") }
        try await window.press("m")
        try await window.sees("52,635 messages")
        try await window.press("1")
        try await window.sees("text hidden")
        try await window.sees("the rest") { $0.rows[1].contains("22,672") }
        try await window.press("0")
        try await window.sees("all types", "52,635")
        try await window.press("o")
        try await window.sees("only text", "29,963")
        try await window.press("0", "Space")
        try await window.sees("Polling is paused. Space goes on")
        try await window.press("Left")
        try await window.sees("polling paused")
        try await window.press("Space")
        try await window.sees("Polling goes on")
        try await window.press("q")
        try await window.expectEnd(status: 0)
      }
    }
  }

  @Test func `unknown sequences, pasted text and bytes that are no UTF-8 act as no key`() async throws {
    try await withSimulator { simulator, place in
      try await withWindow("--date 2024-11-11", simulator, place: place) { window in
        try await window.sees("52,635 messages")
        // Ctrl-Left, a focus event, an answer about the cursor, a colour's answer, Alt-q, broken UTF-8, and NUL.
        try await window.tmux(
          "send-keys", "-H", "1b", "5b", "31", "3b", "35", "44", "1b", "5b", "49", "1b", "5b", "31", "3b", "31", "52")
        try await window.tmux("send-keys", "-H", "1b", "5d", "31", "31", "3b", "71", "07", "1b", "71", "ff", "c3", "00")
        try await window.press("F1")
        try await window.sees("previous / next day")
        try await window.press("q")
        try await window.sees("Mon 2024-11-11", "52,635 messages")
        try await window.press("Q")
        try await window.expectEnd(status: 0)
      }
    }
  }
}

extension TerminalWindow {
  @discardableResult
  func sees(_ isWanted: (Screen) -> Bool) async throws -> Screen { try await sees("the day", isWanted) }
}
