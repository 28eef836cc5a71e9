import ChartLayout
import TerminalScreen
import WeixinModel

/// The mass-send levels seen during the shown day, under the hours they were seen in; dots where nobody watched.
enum SpeedStrip {
  static func draw(_ state: State, row: Int, _ frame: inout Frame) {
    guard let columns = HourColumns(width: frame.size.width) else { return }
    let label = Phrase.speed.text(state.language)
    if DisplayWidth.of(label) < columns.gutter { frame.write(label, row: row, column: 1, style: .dim) }
    let start = columns.start(ofHour: 0)
    let end = min(columns.end, frame.size.width)
    draw(state.day, state, row: row, columns: start..<end, dotAt: columns.barWidth / 2, &frame)
  }

  /// One day's levels over some columns, with a dot in each hour in which nobody watched.
  static func draw(
    _ day: BeijingDay, _ state: State, row: Int, columns: Range<Int>, dotAt: Int = 0, _ frame: inout Frame
  ) {
    let spans = spans(of: day, state)
    // A wide screen has thousands of columns, and most days were never watched.
    let speeds =
      spans.isEmpty
      ? [] : columns.indices.map { speed(atColumn: $0 - columns.lowerBound, of: columns.count, day, spans) }
    for (offset, speed) in speeds.enumerated() {
      guard let speed else { continue }
      let role = speed.isOffNominal ? Role.warning : HeaderPanel.levelRole(speed.level)
      let cell = Cell(state.mode.glyphs.speedLine, style: Style(role))
      frame.put(cell, row: row, column: columns.lowerBound + offset)
    }
    // Blanks of the dots' colour are written; for others ncurses would work out a move of the cursor to each dot.
    if spans.isEmpty { frame.restyle(row: row, columns: columns) { $0 = Style(.grid) } }
    let dot = Cell(state.mode.glyphs.unknown, style: Style(.grid))
    for offset in stride(from: dotAt, to: columns.count, by: max(1, columns.count / 24)) {
      guard day.start + offset * 86_400 / columns.count <= state.now else { break }
      if speeds.isEmpty || speeds[offset] == nil { frame.put(dot, row: row, column: columns.lowerBound + offset) }
    }
    drawLevels(speeds, start: columns.lowerBound, row: row, state, &frame)
  }

  /// A level's name where it begins, if the stretch has room for it.
  private static func drawLevels(
    _ speeds: [MassSendSpeed?], start: Int, row: Int, _ state: State, _ frame: inout Frame
  ) {
    var offset = 0
    while offset < speeds.count {
      guard let speed = speeds[offset] else {
        offset += 1
        continue
      }
      var end = offset
      while end < speeds.count, speeds[end] == speed { end += 1 }
      drawLevel(speed, row: row, columns: (start + offset)..<(start + end), state, &frame)
      offset = end
    }
  }

  /// `L4`; of a speed that is not the level's `≠`, `L4≠`, `L4≠15万` or `L4≠150k/min`: the mark gives way last.
  private static func drawLevel(
    _ speed: MassSendSpeed, row: Int, columns: Range<Int>, _ state: State, _ frame: inout Frame
  ) {
    let isOff = speed.isOffNominal
    let role = isOff ? Role.warning : HeaderPanel.levelRole(speed.level)
    let (name, end) = ("L\(speed.level)", columns.upperBound)
    var column = columns.lowerBound
    if DisplayWidth.of(name) + (isOff ? 1 : 0) <= columns.count {
      column = frame.write(name, row: row, column: column, style: Style(role, .bold), limit: end)
    }
    guard isOff else { return }
    column = frame.write(
      state.mode.glyphs.differs, row: row, column: column, style: Style(.warning, .bold), limit: end)
    let real = state.numerals.speed(speed.realspeed)
    // A column of the line remains, so that the next level does not run into the number.
    guard let text = [real, String(real.prefix { $0 != "/" })].first(where: { column + DisplayWidth.of($0) < end })
    else { return }
    frame.write(text, row: row, column: column, style: Style(.warning), limit: end)
  }

  /// The newest speed seen in the time that a column stands for.
  private static func speed(
    atColumn column: Int, of width: Int, _ day: BeijingDay, _ spans: [SpeedSpan]
  ) -> MassSendSpeed? {
    let from = day.start + column * 86_400 / width
    let to = day.start + (column + 1) * 86_400 / width
    return spans.last { $0.from < to && $0.to >= from }?.speed
  }

  /// The stretches that reach into a day, oldest first.
  static func spans(of day: BeijingDay, _ state: State) -> [SpeedSpan] {
    state.status.speedSpans.filter { $0.from < (day + 1).start && $0.to >= day.start }
  }

  /// The speeds seen in an hour of a day, newest last.
  static func speeds(inHour hour: Int, of day: BeijingDay, _ state: State) -> [MassSendSpeed] {
    let from = day.start(ofHour: hour)
    let to = day.start(ofHour: hour + 1)
    return state.status.speedSpans.filter { $0.from < to && $0.to >= from }.map(\.speed)
  }
}
