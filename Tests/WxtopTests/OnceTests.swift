import FoundationEssentials
import TerminalScreen
import Testing
import WeixinSimulator

/// `--once` and `--plain`: a frame or a paragraph without a terminal.
struct OnceTests {
  private static let november = ["--date", "2024-11-11"]

  private func run(
    _ arguments: [String], _ place: Place, _ simulator: RunningSimulator, adding more: [String: String] = [:]
  ) async throws -> Wxtop.Run {
    await Wxtop.call(Self.november + arguments, in: place, environment: place.environment(simulator, adding: more))
  }

  @Test func `a frame has the asked size and the numbers of the CSV`() async throws {
    try await withSimulator { simulator, place in
      let csv = await Wxtop.call("hours", "2024-11-11", "--format", "csv", in: place, simulator)
      let total = csv.lines.dropFirst().reduce(0) { sum, line in
        sum + (Int(line.split(separator: ",")[5]) ?? 0)
      }
      #expect(total == 52_635)
      for (width, height) in [(80, 24), (40, 10), (60, 20), (132, 43), (200, 60)] {
        let frame = try await run(["--once", "--size", "\(width)x\(height)"], place, simulator)
        #expect(frame.status == 0)
        #expect(frame.error.isEmpty)
        #expect(frame.lines.count == height)
        #expect(frame.lines.allSatisfy { DisplayWidth.of(String($0)) <= width })
        #expect(frame.output.contains("2024-11-11"))
        #expect(frame.output.contains("52,635 messages"))
        #expect(!frame.output.contains("\u{1B}"))
      }
    }
  }

  @Test func `a size too small says so in its own size`() async throws {
    try await withSimulator { simulator, place in
      for (width, height) in [(30, 7), (29, 10), (29, 7), (10, 3), (1, 1)] {
        let frame = try await run(["--once", "--size", "\(width)x\(height)"], place, simulator)
        #expect(frame.status == 0)
        #expect(frame.lines.count == height)
        #expect(frame.lines.allSatisfy { DisplayWidth.of(String($0)) <= width })
        if width >= 29 { #expect(frame.output.hasPrefix("wxtop needs 30×8 cells; this")) }
      }
    }
  }

  @Test func `colours are for who asks, and not for who does not want them`() async throws {
    try await withSimulator { simulator, place in
      for (arguments, variables, isColored) in [
        ([], [:], false), (["--color", "never"], [:], false), (["--color", "256"], [:], true),
        (["--color", "16"], [:], true), ([], ["NO_COLOR": "1"], false), ([], ["NO_COLOR": ""], false),
      ] as [([String], [String: String], Bool)] {
        let frame = try await run(["--once"] + arguments, place, simulator, adding: variables)
        #expect(frame.status == 0)
        #expect(frame.output.contains("\u{1B}[") == isColored, "\(arguments) \(variables)")
        #expect(frame.output.contains("38;5;") == (arguments == ["--color", "256"]))
      }
    }
  }

  @Test func `in Chinese`() async throws {
    try await withSimulator { simulator, place in
      for (arguments, variables) in [(["--lang", "zh"], [:]), ([], ["LC_ALL": "zh_CN.UTF-8"])] {
        let frame = try await run(["--once"] + arguments, place, simulator, adding: variables)
        #expect(frame.lines.count == 24)
        #expect(frame.lines.allSatisfy { DisplayWidth.of(String($0)) <= 80 })
        #expect(frame.output.contains("52,635 条消息"))
        #expect(frame.output.contains("2024-11-11 周一"))
      }
    }
  }

  @Test(arguments: [["LANG": "C"], ["LC_ALL": "POSIX"], ["LC_ALL": "", "LC_CTYPE": "C", "LANG": "zh_CN.UTF-8"]])
  func `a C locale gets ASCII only`(variables: [String: String]) async throws {
    try await withSimulator { simulator, place in
      let frame = try await run(["--once"], place, simulator, adding: variables)
      #expect(frame.status == 0)
      #expect(frame.output.allSatisfy { $0.isASCII })
      #expect(frame.output.contains("52,635 messages"))
      #expect(frame.lines.count == 24)
      // A locale that no system has is no reason for ASCII.
      let other = try await run(["--once"], place, simulator, adding: ["LC_ALL": "xx_YY.UTF-8"])
      #expect(other.output.contains("█"))
    }
  }

  @Test func `--plain is a paragraph with exact numbers`() async throws {
    try await withSimulator { simulator, place in
      await simulator.setSpeed(level: 3, realspeed: 30)
      let english = try await run(["--plain"], place, simulator)
      #expect(english.status == 0)
      #expect(
        english.output.hasPrefix(
          "wxdemo0000000001, Mon 2024-11-11: 52,635 messages; peak 20h with 4,576; final. "
            + "29,963 text, 12,819 image, 3,620 voice, 3,728 video, 2,505 link. No message from 04:00 to 04:59. "
            + "Mass-send speed level 3, 300k/min, seen 20"))
      #expect(english.lines.count == 1)
      let chinese = try await run(["--plain", "--lang", "zh"], place, simulator)
      #expect(
        chinese.output.hasPrefix(
          "wxdemo0000000001，2024-11-11 周一：52,635 条消息；高峰 20时 4,576 条；已定稿。文字 29,963、图片 12,819、语音 3,620、视频 3,728、"
            + "链接 2,505。04:00 至 04:59 没有消息。群发速度 L3，30万/分（"))
      #expect(chinese.lines.count == 1)
      let ascii = try await run(["--plain"], place, simulator, adding: ["LANG": "C"])
      #expect(ascii.output.allSatisfy { $0.isASCII })
      #expect(ascii.output.contains("300k/min"))
    }
  }

  @Test(arguments: [
    ["--view", "week"], ["--hour", "9"], ["--metric", "users"], ["--compare", "usual"], ["--hide", "voice"],
    ["--scale", "log"], ["--composition"], ["--labels"], ["--chart-only"], ["--filter", ">5000"], ["--size", "80x24"],
    ["--theme", "light"], ["--glyphs", "ascii"], ["--color", "256"], ["--view", "accounts", "--date", "yesterday"],
    ["--view", "accounts", "--sort", "speed"], ["--view", "accounts", "--compare", "week"],
  ])
  func `--plain refuses what only a screen shows`(arguments: [String]) async throws {
    let place = try Place()
    let run = await Wxtop.call(["--plain"] + arguments, in: place, environment: place.environment())
    #expect(run.status == 64)
    #expect(run.error.hasPrefix("Error: --plain says a day or the accounts in words, and does not go with --"))
    #expect(run.output.isEmpty)
  }

  @Test func `--plain takes what it can say`() async throws {
    try await withSimulator { simulator, place in
      let sayable = ["--plain", "--view", "day", "--metric", "messages", "--color", "never"]
      let day = try await run(sayable, place, simulator)
      #expect(day.status == 0, "\(day.error)")
      #expect(day.output.contains("52,635 messages; peak"), "the week before is not kept")
      let compared = try await run(["--plain", "--compare", "week"], place, simulator)
      #expect(compared.status == 0, "\(compared.error)")
      #expect(compared.output.contains(" more than Mon 4 Nov; peak"))
      // What is kept by now is compared with, asked for or not.
      #expect(try await run(["--plain"], place, simulator).output.contains(" more than Mon 4 Nov; peak"))
      let accounts = await Wxtop.call("--plain", "--view", "accounts", "--filter", "wxdemo", in: place, simulator)
      #expect(accounts.status == 0, "\(accounts.error)")
      #expect(accounts.output.hasPrefix("wxdemo0000000001, "))
    }
  }

  @Test func `a table is sorted as asked`() async throws {
    try await withSimulator { simulator, place in
      func rows(_ arguments: String...) async throws -> [Substring] {
        let frame = try await run(["--once", "--size", "100x40", "--view", "table"] + arguments, place, simulator)
        #expect(frame.status == 0, "\(arguments) \(frame.error)")
        return frame.lines
      }
      // From the fifth row on stand the 24 hours.
      let usual = try await rows()
      #expect(usual[4].contains(" 00h ") && usual[27].contains(" 23h "))
      let sorted = try await rows("--sort", "messages")
      #expect(sorted[2].contains("messages") && sorted[4].contains("20h ") && sorted[4].contains("4,576"))
      let inverted = try await rows("--sort", "messages", "--invert")
      #expect(inverted[27].contains("20h ") && inverted[4].contains("04h "))
      #expect(try await rows("--invert")[4].contains(" 23h "))
    }
  }

  @Test(arguments: [
    ["--filter", ""], ["--sort", "messages"], ["--invert", "--view", "week"], ["--sort", "state", "--view", "table"],
    ["--sort", "voice", "--view", "accounts"], ["--sort", "size", "--view", "table"],
  ])
  func `an order that a view does not have is refused`(arguments: [String]) async throws {
    let place = try Place()
    let run = await Wxtop.call(["--once"] + arguments, in: place, environment: place.environment())
    #expect(run.status == 64)
    #expect(run.error.hasPrefix("Error: ") && run.error.contains("Usage: wxtop"))
    #expect(run.output.isEmpty)
  }

  @Test func `each of the demo's accounts can be asked for`() async throws {
    let place = try Place()
    let shop = await Wxtop.call("--demo", "--account", "shop", "--once", "--size", "80x24", in: place)
    #expect(shop.status == 0, "\(shop.error)")
    #expect(shop.lines.first?.contains("商城") == true)
    let nobody = await Wxtop.call("--demo", "--account", "nobody", "--once", in: place)
    #expect(nobody.status == 64)
    #expect(nobody.error == "wxtop: The demo has no account nobody, only demo, shop, jobs, lab.\n")
    #expect(try place.files(in: "tmp").isEmpty)
  }

  @Test func `a frame without its day is drawn, explained and counted as a failure`() async throws {
    try await withSimulator(fault: Fault(.errcode(40_164))) { simulator, place in
      let frame = try await run(["--once"], place, simulator)
      #expect(frame.status == 77)
      #expect(frame.lines.count == 24)
      #expect(frame.output.contains("40164: 203.0.113.169 is not whitelisted"))
      #expect(frame.error.hasPrefix("wxtop: Weixin refused the address 203.0.113.169"))
      let plain = try await run(["--plain"], place, simulator)
      #expect(plain.status == 77)
      #expect(plain.output.contains("203.0.113.169"))
    }
  }

  /// It stops in the middle of whatever the monitor does, so once is not enough.
  @Test(.processes) func `it ends cleanly however often`() async throws {
    try await withSimulator { simulator, place in
      for _ in 0..<8 {
        let frame = try await Wxtop.run("--plain", "--date", "2024-11-11", in: place, simulator)
        #expect(frame.status == 0)
        #expect(frame.error.isEmpty)
      }
    }
  }
}
