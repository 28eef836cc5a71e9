import TerminalScreen
import WeixinModel

/// What happened lately, newest last, and what drawing costs.
enum LogPanel {
  static func draw(_ state: State, scroll: Int, _ frame: inout Frame) {
    let width = frame.size.width
    let title = Line(Phrase.said(en: "Log", zh: "日志").text(state.language), .strong)
    LayerTitle.draw(title, details: cost(state), state, hasTimes: true, isOfAll: state.view == .accounts, &frame)
    let calls = StatusLine.calls(state.status, state, withQuotas: true)
    let parts = [token(state), state.status.callsToday > 0 ? Line(calls, .dim) : Line()]
    if state.view != .accounts {
      let line = Line.fitting(parts, gap: 2, width: width - 2)
      frame.write(line.truncated(to: width - 2, ellipsis: HeaderPanel.ellipsis(state)), row: 1, column: 1)
    }
    let rows = rows(in: frame.size)
    let shown = entries(state).dropLast(scroll).suffix(rows).map { $0.line() }
    for (index, line) in shown.enumerated() {
      frame.write(line.truncated(to: width - 2, ellipsis: HeaderPanel.ellipsis(state)), row: index + 2, column: 1)
    }
    if shown.isEmpty {
      frame.write(
        Phrase.said(en: "Nothing has happened yet", zh: "还没有任何事件").text(state.language), row: 2, column: 1, style: .dim)
    }
  }

  static func rows(in size: Size) -> Int { max(1, size.height - 3) }

  /// `last frame 412 B in 0.21 ms`, `33 kB in 102 frames`, `terminal answers in 3 ms`.
  private static func cost(_ state: State) -> [Line] {
    let statistics = state.statistics
    let time = milliseconds(statistics.frameTime)
    let numerals = state.numerals
    let (last, all) = (numerals.exact(statistics.frameBytes), numerals.short(statistics.bytes))
    let way = statistics.roundTrip.map { milliseconds($0) }
    let parts: [Phrase?] = [
      .said(en: "last frame \(last) B in \(time) ms", zh: "上一帧 \(last) 字节，\(time) 毫秒"),
      .said(en: "\(all)B in \(statistics.frames) frames", zh: "共 \(statistics.frames) 帧 \(all) 字节"),
      way.map { .said(en: "terminal answers in \($0) ms", zh: "终端往返 \($0) 毫秒") },
    ]
    return parts.compactMap { $0.map { Line($0.text(state.language), .dim) } }
  }

  /// Who hands out the access token, and how long the one at hand is used.
  private static func token(_ state: State) -> Line {
    guard let token = state.status.token else { return Line() }
    let origin: Phrase =
      switch token.origin {
      case .stableToken: .said(en: "token by stable_token", zh: "令牌来自 stable_token")
      case .classicToken: .said(en: "token by cgi-bin/token", zh: "令牌来自 cgi-bin/token")
      case .ready: .said(en: "token as given", zh: "使用给定的令牌")
      case .file: .said(en: "token by token_file", zh: "令牌来自 token_file")
      case .command: .said(en: "token by token_command", zh: "令牌来自 token_command")
      case .list: .said(en: "token by accounts_command", zh: "令牌来自 accounts_command")
      case .cloud: .said(en: "no token: cloud hosting signs", zh: "无需令牌，由云托管签名")
      }
    var line = Line(origin.text(state.language), .dim)
    if let end = token.usedUntil, end > state.now {
      let left = state.numerals.duration(seconds: end - state.now)
      line.add(Phrase.said(en: ", \(left) left", zh: "，剩余 \(left)").text(state.language), .dim)
    }
    return line
  }

  /// With two digits behind the point.
  private static func milliseconds(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let hundredths = Int(seconds) * 100_000 + Int(attoseconds / 10_000_000_000_000)
    return "\(hundredths / 100).\(twoDigits(hundredths % 100))"
  }

  /// All entries, oldest first: of the open account, or from the list of all accounts of every one; with the alerts. Each makes
  /// its line when it is shown: a fleet has thousands.
  static func entries(_ state: State) -> [(at: Timestamp, line: () -> Line)] {
    var entries: [(at: Timestamp, line: () -> Line)] = []
    if state.view == .accounts, state.fleet.count > 1 {
      for event in FleetEvents.all(state) {
        entries.append((event.entry.at, { line(event.entry, FleetEvents.name(event, state), state) }))
      }
    } else {
      for entry in state.status.log { entries.append((entry.at, { line(entry, "", state) })) }
    }
    let alerts = AlertLog.lines(state)
    if alerts.isEmpty { return entries }
    for alert in alerts { entries.append((alert.at, { alert.line })) }
    return entries.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
  }

  /// When something happened.
  static func time(_ at: Timestamp, _ state: State) -> Line {
    let isToday = at.beijingDay == state.now.beijingDay
    return Line((isToday ? "" : state.numerals.shortDate(at.beijingDay) + " ") + at.beijingClockWithSeconds, .dim)
  }

  private static func line(_ entry: LogEntry, _ account: String, _ state: State) -> Line {
    var line = time(entry.at, state)
    line.add("  ")
    if !account.isEmpty {
      let name = DisplayWidth.truncate(account, to: 14, ellipsis: HeaderPanel.ellipsis(state))
      line.add(DisplayWidth.padEnd(name, to: 14) + " ", Style(.standard, .bold))
    }
    line.add(happening(entry.happening, state))
    return line
  }

  static func happening(_ happening: LogEntry.Happening, _ state: State) -> Line {
    var line = Line()
    switch happening {
    case .call(let endpoint, let day, let milliseconds, let error):
      let name = day.map { "\(endpoint.rawValue) \($0)" } ?? endpoint.rawValue
      line.add(
        String(Character(error == nil ? state.mode.glyphs.done : state.mode.glyphs.failed)),
        Style(error == nil ? .good : .failure))
      let isWide = state.size.width >= 44
      line.add(" " + DisplayWidth.padEnd(name, to: isWide ? 18 : 17))
      line.add(DisplayWidth.padStart("\(milliseconds) ms", to: isWide ? 9 : 8), .dim)
      if let error { line.add("  " + Explanation(error, state.language).headline.cleaned(limit: 120), .alarm) }
    case .speedChanged(let from, let to):
      let words = Phrase.said(en: "mass send", zh: "群发速度").text(state.language)
      line.add(
        "\(state.mode.glyphs.bullet) \(words) L\(from.level) \(state.numerals.speed(from.realspeed)) ", Style(.warning))
      line.add("> L\(to.level) \(state.numerals.speed(to.realspeed))", Style(.warning, .bold))
    case .revised(let day, let from, let to):
      let change = to - from
      let words = Phrase.said(en: "revised", zh: "修订").text(state.language)
      line.add(
        "\(state.mode.glyphs.provisional) \(day) \(words) \(state.numerals.exact(from)) > \(state.numerals.exact(to))",
        Style(.warning))
      line.add(" (\(change > 0 ? "+" : "")\(state.numerals.exact(change)))", .dim)
    }
    return line
  }
}
