import Testing
import WeixinModel
import WeixinSimulator

/// A whole conversation with the dashboard in a real terminal: views, search, commands, files, settings.
@Suite(.terminals)
struct TerminalTourTests {
  @Test func `views, zoom, table and back`() async throws {
    try await withSimulator { simulator, place in
      try await withWindow("--date 2024-11-11", simulator, place: place) { window in
        try await window.sees("52,635 messages", "final ✓")
        try await window.press("W")
        try await window.sees("52,635", "Mon 11")
        try await window.type("-")
        try await window.sees("Nov", "2024")
        try await window.type("-")
        try await window.type("-")
        try await window.sees("2024", "2014")
        try await window.press("Enter", "Enter", "Enter")
        try await window.sees("20:00–20:59", "4,576")
        try await window.press("T")
        try await window.sees("20h", "2,470", "1,242", "52,635")
        try await window.press("Escape")
        try await window.sees("20:00–20:59")
        try await window.press("q")
        try await window.expectEnd(status: 0)
      }
    }
  }

  @Test func `a command changes the theme, a wrong one is explained, and F2 keeps it`() async throws {
    try await withSimulator { simulator, place in
      try place.write("interval: 60  # kept\n", to: "config/wxtop/config.yaml")
      try await withWindow("--date 2024-11-11", simulator, place: place) { window in
        try await window.sees("52,635 messages")
        try await window.type(":theme blue")
        try await window.press("Enter")
        try await window.sees("theme knows no blue")
        try await window.press("C-u")
        try await window.type("language zh")
        try await window.press("Enter")
        try await window.sees("52,635 条消息")
        try await window.press("F2")
        try await window.sees("设置", "中文")
        try await window.press("w")
        try await window.sees("config.yaml")
        try await window.press("Q")
        try await window.expectEnd(status: 0)
      }
      let text = place.text(of: "config/wxtop/config.yaml")
      #expect(text.contains("language: zh\n") && text.contains("interval: 60  # kept\n"))
      let again = await Wxtop.call("--once", "--date", "2024-11-11", in: place, simulator)
      #expect(again.output.contains("52,635 条消息"))
    }
  }

  @Test func `x saves a file that is not overwritten`() async throws {
    try await withSimulator { simulator, place in
      try await withWindow("--date 2024-11-11", simulator, place: place, before: "cd \(place.file("home"))") { window in
        try await window.sees("52,635 messages")
        for _ in 0..<2 {
          try await window.press("x")
          try await window.sees("Save as")
          try await window.press("c")
          try await window.sees("Saved wxtop-")
        }
        try await window.press("x", "s")
        try await window.sees(".svg")
        try await window.type(":export csv /nowhere/x.csv")
        try await window.press("Enter")
        try await window.sees("Not saved: /nowhere/x.csv")
        try await window.press("Q")
        try await window.expectEnd(status: 0)
      }
      let files = try place.files(in: "home").filter { $0.hasPrefix("wxtop-") }
      #expect(files.count == 3)
      let csv = try #require(files.first { $0.hasSuffix(".csv") })
      let text = place.text(of: "home/\(csv)")
      #expect(text.hasPrefix("date,hour,msg_type,type,msg_user,msg_count,state\n2024-11-11,0,1,text,"))
      let sum = text.split(separator: "\n").dropFirst().reduce(0) { $0 + (Int($1.split(separator: ",")[5]) ?? 0) }
      #expect(sum == 52_635)
    }
  }

  @Test func `a search goes from hit to hit`() async throws {
    try await withSimulator { simulator, place in
      _ = await Wxtop.call(
        "backfill", "--from", "2024-10-01", "--to", "2024-11-30", "--rate", "500", in: place, simulator)
      try await withWindow("--date 2024-11-30", simulator, place: place) { window in
        try await window.sees("Sat 2024-11-30", "messages")
        try await window.type("/>4000")
        try await window.press("Enter")
        try await window.sees { $0.rows[0].contains("2024-11-11") && $0.has("/>4000  Mon 2024-11-11 21h  4,167") }
        try await window.press("N")
        try await window.sees("20h  4,576")
        try await window.press("Escape")
        try await window.sees("Nothing is looked for any more")
        try await window.type(":2024-11-30")
        try await window.press("Enter")
        try await window.sees("Sat 2024-11-30")
        try await window.type("N")
        try await window.sees(", usual ")
        try await window.press("@")
        try await window.sees("hourly 2024-", " ms", "token by stable_token, ", " left")
        try await window.press("q", "q")
        try await window.expectEnd(status: 0)
      }
    }
  }

  @Test func `one conversation: to the first day and back, compare, shares, calendar, speeds, copy, export, suspend`()
    async throws
  {
    try await withSimulator { simulator, place in
      _ = await Wxtop.call(
        "backfill", "--from", "2024-09-01", "--to", "2024-11-30", "--rate", "500", in: place, simulator)
      try await withWindow("", simulator, place: place, isInteractive: true) { window in
        try await window.sees("prompt>")
        try await window.type("cd \(place.file("home")); $WXTOP --date 2024-11-11\n")
        try await window.sees("52,635 messages", "usual Mon")
        try await window.type("gg")
        try await window.sees("2014-12-01", "messages")
        try await window.press("Left")
        try await window.sees("2014-12-01 is the first day that Weixin keeps")
        try await window.type("g11-11")
        try await window.press("Enter")
        try await window.sees { $0.rows[0].contains("-11-11") }
        try await window.type(":2024-11-11")
        try await window.press("Enter")
        try await window.sees("52,635 messages")
        try await window.type("C")
        try await window.sees("Nothing is drawn beside the bars")
        try await window.type("%")
        try await window.sees("100 %", "Shares of each hour")
        try await window.type("%")
        try await window.type("~")
        try await window.sees("Braille")
        try await window.type("~~")
        try await window.sees("Blocks")
        try await window.type("c")
        try await window.sees("Mo  Tu  We")
        try await window.press("Right", "Enter")
        try await window.sees { $0.rows[0].contains("Tue 2024-11-12") }
        try await window.press("Left")
        try await window.type("W")
        try await window.sees("Mon 11", "Sun 17")
        try await window.type("V")
        try await window.sees("Nobody watched on this day", "watched")
        try await window.type("n")
        try await window.sees("No later change of the speed is known here")
        try await window.type("D")
        try await window.resize(100, 30)
        try await window.sees { $0.rows.count == 30 && $0.has("52,635 messages") }
        try await window.type("Y")
        try await window.sees("The command")
        try await window.press("x", "j")
        try await window.sees(".json")
        try await window.press("C-z")
        try await window.sees { !$0.has("52,635 messages") && $0.has("prompt>") }
        try await window.type("fg\n")
        try await window.sees("52,635 messages")
        try await window.press("q")
        try await window.sees { $0.has("prompt>") && !$0.has("52,635 messages") }
      }
      let file = try #require(try place.files(in: "home").first { $0.hasSuffix(".json") })
      #expect(place.text(of: "home/\(file)").contains("\"date\":\"2024-11-11\""))
    }
  }
}
