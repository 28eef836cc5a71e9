import ChartLayout
import TerminalScreen
import WeixinModel

/// What the shades of a heatmap mean in numbers, which states occur in it, and how many hits a filter has there.
struct HeatLegend {
  let scale: HeatScale
  /// What a number is counted for: an hour, a day.
  let unit: Phrase
  /// The states that occur.
  let states: Set<HeatCell>
  /// Whether a cell is provisional.
  var hasProvisional = false
  /// The hits of the filter.
  var hits: Phrase?

  func draw(_ state: State, row: Int, _ frame: inout Frame) {
    var end = frame.size.width - 1
    if let hits {
      let line = Line(hits.text(state.language), Style(.accent, .bold))
      frame.write(line, row: row, column: end - line.width)
      end -= line.width + 2
    }
    let parts = [Line(unit.text(state.language), .dim)] + steps(state) + others(state)
    let line = Line.fitting(
      parts, gap: frame.size.width >= 72 ? 3 : 2, width: end - 1, dropping: parts.indices.dropFirst(5).reversed() + [0])
    frame.write(line, row: row, column: 1, limit: end)
  }

  private func steps(_ state: State) -> [Line] {
    guard scale.maximum > 0 else { return [] }
    let (glyphs, brush) = (state.mode.glyphs, HeatBrush(state))
    return (1...HeatScale.steps).map { step in
      let (fill, style) = brush.paint(.step(step))
      var line = Line(String(repeating: String(Character(fill)), count: 2), style)
      let isLast = step == HeatScale.steps
      let bound = state.numerals.short(scale.bounds[isLast ? step - 2 : step - 1])
      line.add(" " + (isLast ? ">" : glyphs.atMost) + bound)
      return line
    }
  }

  private func others(_ state: State) -> [Line] {
    let names: [(HeatCell, Phrase)] = [
      (.zero, .zero), (.failed, .failedShort), (.unpublished, .pendingShort), (.fetching, .fetchingShort),
      (.unknown, .unknownShort),
    ]
    var lines = names.filter { states.contains($0.0) }.map { cell, name in
      let (glyph, role) = cell.glyph(state.mode.glyphs)
      var line = Line(String(Character(glyph)), Style(role))
      line.add(" " + name.text(state.language), .dim)
      return line
    }
    if hasProvisional {
      lines.append(Line("\(state.mode.glyphs.provisional) " + Phrase.provisionalShort.text(state.language), .dim))
    }
    return lines
  }
}

extension HeatLegend {
  /// The legend of daily cells.
  init(_ heat: Heat, days: ClosedRange<BeijingDay>, unit: Phrase) {
    var states = Set<HeatCell>()
    var hits = 0
    let filter = heat.state.filter
    var hasProvisional = false
    for day in days {
      let cell = heat.cell(day)
      states.insert(cell)
      if heat.isProvisional(day) { hasProvisional = true }
      if heat.isHit(day) { hits += 1 }
    }
    self.init(
      scale: heat.scale, unit: unit, states: states, hasProvisional: hasProvisional,
      hits: filter.map { .hits($0.text, hits, isHours: false) })
  }
}
