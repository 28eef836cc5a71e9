import ChartLayout
import TerminalScreen
import WeixinModel

/// The mass-send levels seen during the shown day, under the hours they were seen in; dots where nobody watched.
enum SpeedStrip {
  static func draw(_ state: State, row: Int, _ frame: inout Frame) {
    guard let columns = HourColumns(width: frame.size.width) else { return }
    let glyphs = state.mode.glyphs
    let label = Phrase.speed.text(state.language)
    if DisplayWidth.of(label) < columns.gutter { frame.write(label, row: row, column: 1, style: .dim) }
    let start = columns.start(ofHour: 0)
    let width = min(columns.end, frame.size.width) - start
    let speeds = (0..<width).map { speed(atColumn: $0, of: width, state) }
    for (offset, speed) in speeds.enumerated() {
      let column = start + offset
      if let speed {
        let style = Style(HeaderPanel.levelRole(speed.level))
        frame.put(Cell(glyphs.speedLine, style: style), row: row, column: column)
      } else if offset % columns.pitch == columns.barWidth / 2, isOver(state, hour: offset / columns.pitch) {
        frame.put(Cell(glyphs.unknown, style: Style(.grid)), row: row, column: column)
      }
    }
    drawLevels(speeds, start: start, row: row, state, &frame)
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
      if end - offset >= 2 {
        let role = speed.isOffNominal ? Role.warning : HeaderPanel.levelRole(speed.level)
        frame.write(
          "L\(speed.level)", row: row, column: start + offset, style: Style(role, .bold), limit: start + end)
        let real = "\(state.mode.glyphs.differs)\(speed.realspeed)"
        if speed.isOffNominal, end - offset >= 7 {
          frame.write(real, row: row, column: start + offset + 2, style: Style(.warning), limit: start + end)
        }
      }
      offset = end
    }
  }

  /// The newest speed seen in the time that a column stands for.
  private static func speed(atColumn column: Int, of width: Int, _ state: State) -> MassSendSpeed? {
    let from = state.day.start + column * 86_400 / width
    let to = state.day.start + (column + 1) * 86_400 / width
    return state.status.speedSpans.last { $0.from < to && $0.to >= from }?.speed
  }

  private static func isOver(_ state: State, hour: Int) -> Bool { state.day.start(ofHour: hour) <= state.now }

  /// The speeds seen in an hour of the shown day, newest last.
  static func speeds(inHour hour: Int, _ state: State) -> [MassSendSpeed] {
    let from = state.day.start(ofHour: hour)
    let to = state.day.start(ofHour: hour + 1)
    return state.status.speedSpans.filter { $0.from < to && $0.to >= from }.map(\.speed)
  }
}
