import Testing
import WeixinModel
import WeixinSimulator

/// The dashboard while Weixin and the disk do as they like.
@Suite(.terminals)
struct TerminalNetworkTests {
  private static let day = "--date 2024-11-11"

  @Test func `the speed on the screen follows the operator`() async throws {
    try await withSimulator { simulator, place in
      await simulator.setSpeed(level: 0, realspeed: 80)
      try await withWindow("\(Self.day) --interval 5", simulator, place: place) { window in
        try await window.sees("mass send L0 800k/min")
        await simulator.setSpeed(level: 4, realspeed: 10)
        // By itself, with the next poll.
        try await window.sees("mass send L4 100k/min")
        await simulator.setSpeed(level: 3, realspeed: 15)
        try await window.press("r")
        try await window.sees("mass send L3 150k/min ≠300k")
        #expect(await simulator.forcedRefreshes == 0)
      }
    }
  }

  @Test func `an API that goes is named, keys answer, and it comes back`() async throws {
    try await withSimulator { simulator, place in
      try await withWindow(Self.day, simulator, place: place) { window in
        // The neighbours are there before the fault, the year before is not.
        try await window.sees("52,635 messages")
        _ = try await until("the prefetch") { await (simulator.calls[.hourly] ?? 0) >= 16 ? true : nil }
        await simulator.setFault(Fault(.http(503)))
        try await window.press("r")
        try await window.sees("✗ HTTP 503", "next try in")
        try await window.press("Left")
        try await window.sees("the day before from the archive") {
          $0.rows[0].contains("Sun 2024-11-10") && $0.rows[1].contains(" messages")
        }
        try await window.press("(")
        try await window.sees("Fri 2023-11-10", "The API answered with HTTP status 503.", "HTTP 503")
        await simulator.setFault(.none)
        try await window.press("r")
        try await window.sees("the day after all") {
          $0.rows[0].contains("Fri 2023-11-10") && $0.rows[1].contains(" messages") && $0.has("fetched")
        }
      }
    }
  }

  @Test func `an address that is not whitelisted is shown, and no call repeated`() async throws {
    try await withSimulator(fault: Fault(.errcode(40_164))) { simulator, place in
      try await withWindow(Self.day, simulator, place: place) { window in
        try await window.sees("40164: 203.0.113.169 is not whitelisted", "r tries again", "IP白名单")
        let calls = await simulator.calls[.token]
        try await window.press("Left")
        try await window.sees("Sun 2024-11-10", "40164")
        #expect(await simulator.calls[.token] == calls)
        await simulator.setFault(.none)
        try await window.press("r")
        try await window.sees("the day") { $0.rows[1].contains(" messages") && $0.rows[0].contains("k/min") }
      }
    }
  }

  @Test(arguments: [Fault(.silent), Fault(.slow), Fault(.html), Fault(.errcode(45_009)), Fault(.errcode(40_001))])
  func `keys answer whatever the API does`(fault: Fault) async throws {
    try await withSimulator(fault: fault) { simulator, place in
      try await withWindow(Self.day, simulator, place: place) { window in
        try await window.sees("Mon 2024-11-11")
        try await window.press("Left")
        try await window.sees("Sun 2024-11-10")
        try await window.press("?")
        try await window.sees("previous / next day")
        try await window.press("q", "q")
        try await window.expectEnd(status: 0)
      }
    }
  }

  /// What it costs in calls is proven on a clock that stands still: `PacingTests`.
  @Test func `a held arrow key ends on the right day`() async throws {
    try await withSimulator { simulator, place in
      try await withWindow("--date 2022-06-28", simulator, place: place) { window in
        try await window.sees("Tue 2022-06-28", " messages")
        try await window.tmux("send-keys", "-N", "60", "PageUp")
        try await window.sees("the day five years earlier") {
          $0.rows[0].contains("2017-06-28") && $0.rows[1].contains(" messages")
        }
      }
    }
  }

  @Test func `with a full disk it goes on and says so`() async throws {
    try await withSimulator { simulator, place in
      try await withWindow(Self.day, simulator, place: place, before: "ulimit -c 0; ulimit -f 160") { window in
        try await window.sees("52,635 messages")
        // Every day that is walked over is fetched and would be saved.
        try await window.press("PageUp", "PageUp", "PageUp", "PageUp")
        try await window.sees("not saving: ", "2024-07-11", " messages")
        try await window.press("q")
        try await window.expectEnd(status: 0)
      }
    }
  }

  @Test func `an archive that is none is said in the status line and after the end`() async throws {
    try await withSimulator { simulator, place in
      try place.write("not a database\n", to: "data/wxtop/archive.sqlite")
      try await withWindow(Self.day, simulator, place: place) { window in
        try await window.sees("52,635 messages", "unreadable archive moved aside")
        try await window.press("q")
        try await window.expectEnd(status: 0)
        try await window.sees("was no readable archive")
      }
    }
  }
}
