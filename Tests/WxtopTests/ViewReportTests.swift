import TerminalScreen
import Testing
import WeixinSimulator

/// Every view printed by `--once`, with the numbers of the CSV report.
struct ViewReportTests {
  private static let days = ["--from", "2024-10-28", "--to", "2024-11-17"]

  @Test func `each view carries the CSV's numbers`() async throws {
    try await withSimulator { simulator, place in
      let csv = await Wxtop.call(
        "hours", "--from", "2024-10-28", "--to", "2024-11-17", "--format", "csv", in: place, simulator)
      #expect(csv.status == 0)
      var totals: [String: Int] = [:]
      var hours: [Int: Int] = [:]
      for line in csv.lines.dropFirst() {
        let cells = line.split(separator: ",")
        totals[String(cells[0]), default: 0] += Int(cells[5]) ?? 0
        if cells[0] == "2024-11-11" { hours[Int(cells[1]) ?? 0, default: 0] += Int(cells[5]) ?? 0 }
      }
      func frame(_ arguments: String...) async throws -> String {
        let run = await Wxtop.call(
          ["--once", "--date", "2024-11-11", "--size", "100x40"] + arguments, in: place,
          environment: place.environment(simulator))
        #expect(run.status == 0, "\(arguments) \(run.error)")
        #expect(run.lines.allSatisfy { DisplayWidth.of(String($0)) <= 100 })
        return run.output
      }
      let table = try await frame("--view", "table")
      for (hour, count) in hours {
        let row = table.split(separator: "\n").first { $0.contains(hour < 10 ? " 0\(hour)h " : " \(hour)h ") }
        #expect(row.map { "\($0) ".contains(" \(grouped(count)) ") } == true, "\(hour)h")
      }
      #expect(table.contains(" \(grouped(totals["2024-11-11"] ?? 0))"))
      let week = try await frame("--view", "week")
      for day in 11...17 { #expect(week.contains(grouped(totals["2024-11-\(day)"] ?? 0)), "2024-11-\(day)") }
      let month = try await frame("--view", "month")
      let november = totals.filter { $0.key.hasPrefix("2024-11-11") }.values.reduce(0, +)
      #expect(month.contains(grouped(november)))
      for view in ["year", "all", "speed"] {
        #expect(try await frame("--view", view, "--offline").contains("2024"))
      }
    }
  }

  @Test func `a screen's options change what they say`() async throws {
    try await withSimulator { simulator, place in
      func frame(_ arguments: String...) async throws -> String {
        let run = await Wxtop.call(
          ["--once", "--date", "2024-11-11", "--size", "100x30"] + arguments, in: place,
          environment: place.environment(simulator))
        #expect(run.status == 0, "\(arguments) \(run.error)")
        return run.output
      }
      #expect(try await frame("--hide", "voice,video", "--hour", "9").contains("09:00–09:59"))
      #expect(try await frame("--compare", "day").contains("day before"))
      #expect(try await frame("--scale", "log").contains("log, totals"))
      #expect(try await frame("--composition").contains("100%"))
      #expect(try await frame("--metric", "users").contains("≥"))
      let only = try await frame("--chart-only", "--labels")
      #expect(!only.contains("final ✓") && only.contains("4.6k"))
      #expect(try await frame("--view", "year", "--offline", "--filter", "mon").contains("/mon: "))
      let wrong = await Wxtop.call("--hide", "sound", in: place, simulator)
      #expect(wrong.status == 64)
    }
  }

  @Test func `marks stand on the screen`() async throws {
    try await withSimulator { simulator, place in
      try place.write("# what we did\n11-11 双11\n2024-11-04..2024-11-06 outage\n", to: "config/wxtop/marks.txt")
      try place.write("marks: marks.txt\n", to: "config/wxtop/config.yaml")
      let run = await Wxtop.call("--once", "--date", "2024-11-11", in: place, simulator)
      #expect(run.status == 0, "\(run.error)")
      #expect(run.lines.first?.contains("Mon 2024-11-11 双11") == true)
    }
  }

  private func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    return digits.indices.map { index in
      (index > 0 && (digits.count - index) % 3 == 0 ? "," : "") + String(digits[index])
    }.joined()
  }
}
