import TerminalScreen
import WeixinModel

/// The mass-send speed over days: a strip a day, gaps where nobody watched, and the changes of the shown day.
enum SpeedView {
  static func draw(_ state: State, _ frame: inout Frame) {
    let size = frame.size
    HeaderPanel.draw(state, row: 0, &frame)
    let figures = figures(state).truncated(to: size.width - 2, ellipsis: HeaderPanel.ellipsis(state))
    frame.write(figures, row: 1, column: 1)
    let changes = changes(state)
    let layout = Layout(size, changes: changes.count)
    drawHours(layout, state, &frame)
    for (index, day) in layout.days(around: state.day, newest: state.now.beijingDay).enumerated() {
      drawDay(day, row: layout.rows.lowerBound + index, layout, state, &frame)
    }
    for (index, line) in changes.suffix(layout.changes.count).enumerated() {
      frame.write(line, row: layout.changes.lowerBound + index, column: 1, limit: size.width - 1)
    }
    StatusLine.draw(state, row: size.height - 2, &frame)
    HintLine.draw(state, row: size.height - 1, &frame)
  }

  static func target(row: Int, column: Int, _ state: State) -> Target? {
    let layout = Layout(state.size, changes: changes(state).count)
    guard layout.rows.contains(row) else { return nil }
    let days = layout.days(around: state.day, newest: state.now.beijingDay)
    let index = row - layout.rows.lowerBound
    return index < days.count ? .day(days[index]) : nil
  }

  private struct Layout {
    let rows: Range<Int>
    let strip: Range<Int>
    let changes: Range<Int>
    let hasSummary: Bool

    init(_ size: Size, changes count: Int) {
      let changeRows = size.height >= 20 ? min(count, (size.height - 14) / 2 + 2) : 0
      rows = 4..<max(5, size.height - 3 - (changeRows > 0 ? changeRows + 1 : 0))
      changes = (size.height - 3 - changeRows)..<(size.height - 3)
      hasSummary = size.width >= 60
      let end = size.width - (hasSummary ? 18 : 1)
      // On the narrowest screens the number of the day alone leaves room for all 24 hours.
      let start = size.width >= 34 ? 9 : 4
      strip = start..<(start + max(1, (end - start) / 24) * 24)
    }

    /// As many days as there are rows; the shown one among them, the newest last.
    func days(around day: BeijingDay, newest: BeijingDay) -> [BeijingDay] {
      let last = min(newest, day + min(7, (rows.count - 1) / 2))
      return rows.indices.map { last - (rows.count - 1 - $0 + rows.lowerBound) }
    }
  }

  private static func drawHours(_ layout: Layout, _ state: State, _ frame: inout Frame) {
    let pitch = layout.strip.count / 24
    let every = pitch >= 3 ? 2 : pitch == 2 ? 3 : 6
    for hour in stride(from: 0, to: 24, by: every) {
      frame.write(twoDigits(hour), row: 3, column: layout.strip.lowerBound + hour * pitch, style: .dim)
    }
    if layout.hasSummary {
      let title = Phrase.said(en: "watched  changes", zh: "监视    变化").text(state.language)
      frame.write(title, row: 3, column: layout.strip.upperBound + 2, style: .dim)
    }
  }

  private static func drawDay(
    _ day: BeijingDay, row: Int, _ layout: Layout, _ state: State, _ frame: inout Frame
  ) {
    let isShown = day == state.day
    let glyphs = state.mode.glyphs
    if isShown { frame.put(Cell(glyphs.next, style: .strong), row: row, column: 0) }
    let number = twoDigits(day.dayOfMonth)
    let name = layout.strip.lowerBound < 9 ? number : state.numerals.weekday(day) + " " + number
    let style = isShown ? Style.strong : day.isWeekend ? Style(.muted, .underline) : .dim
    frame.write(name, row: row, column: 1, style: style)
    SpeedStrip.draw(day, state, row: row, columns: layout.strip, &frame)
    guard layout.hasSummary, day <= state.now.beijingDay else { return }
    let spans = SpeedStrip.spans(of: day, state)
    let midnight = (day + 1).start
    let seconds = spans.reduce(0) { sum, span in sum + (min(span.to, midnight) - max(span.from, day.start)) }
    let length = max(1, min(state.now, midnight) - day.start)
    var line = Line(DisplayWidth.padStart(spans.isEmpty ? "-" : "\(min(100, seconds * 100 / length))%", to: 7), .dim)
    let count = changeCount(spans)
    line.add(DisplayWidth.padStart(spans.isEmpty ? "-" : "\(count)", to: 9), count > 0 ? Style(.warning) : .dim)
    frame.write(line, row: row, column: layout.strip.upperBound + 2, limit: frame.size.width)
  }

  private static func changeCount(_ spans: [SpeedSpan]) -> Int {
    zip(spans, spans.dropFirst()).count { $0.speed != $1.speed }
  }

  private static func figures(_ state: State) -> Line {
    let spans = SpeedStrip.spans(of: state.day, state)
    guard !spans.isEmpty else {
      let words = Phrase.said(en: "Nobody watched on this day", zh: "这一天没有监视")
      return Line(words.text(state.language), .dim)
    }
    var line = Line("\(changeCount(spans))", .strong)
    line.add(Phrase.said(en: " changes seen, levels ", zh: " 次变化，等级 ").text(state.language), .dim)
    let levels = Set(spans.map(\.speed.level)).sorted().map { "L\($0)" }
    line.add(levels.list(" "))
    if let off = spans.last(where: { $0.speed.isOffNominal }), let nominal = off.speed.nominal {
      let (table, real) = (state.numerals.speed(nominal), state.numerals.speed(off.speed.realspeed))
      let words = Phrase.said(
        en: "  L\(off.speed.level) is \(table), but \(real) was real",
        zh: "  L\(off.speed.level) 标称 \(table)，实际 \(real)")
      line.add(words.text(state.language), Style(.warning))
    }
    return line
  }

  /// What changed during the shown day and the one before it, oldest first.
  private static func changes(_ state: State) -> [Line] {
    let spans =
      SpeedStrip.spans(of: state.day - 1, state)
      + SpeedStrip.spans(of: state.day, state).filter { $0.from >= state.day.start }
    return zip(spans, spans.dropFirst()).filter { $0.speed != $1.speed }.map { before, after in
      var line = Line(state.numerals.shortDate(after.from.beijingDay) + " " + after.from.beijingClock + "  ", .dim)
      line.add("L\(before.speed.level) \(state.numerals.speed(before.speed.realspeed)) > ", .dim)
      let role = after.speed.isOffNominal ? Role.warning : HeaderPanel.levelRole(after.speed.level)
      line.add("L\(after.speed.level) \(state.numerals.speed(after.speed.realspeed))", Style(role, .bold))
      if let nominal = after.speed.nominal, after.speed.isOffNominal {
        line.add(" \(state.mode.glyphs.differs)\(state.numerals.tenThousands(nominal))", Style(.warning))
      }
      if after.from - before.to > 600 {
        let gap = state.numerals.duration(seconds: after.from - before.to)
        let words = Phrase.said(en: "  after \(gap) that nobody watched", zh: "  此前 \(gap) 无人监视")
        line.add(words.text(state.language), .dim)
      }
      return line
    }
  }
}
