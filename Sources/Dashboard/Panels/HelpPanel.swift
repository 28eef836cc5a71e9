import TerminalScreen

/// All keys, made from the same table that `update` reads, and the glyphs of the data states.
enum HelpPanel {
  static func draw(_ state: State, scroll: Int, _ frame: inout Frame) {
    let width = frame.size.width
    frame.write(Phrase.helpTitle.text(state.language), row: 0, column: 1, style: .strong)
    let close = Line(Phrase.helpClose.text(state.language), .dim)
    frame.writeAtEnd(close, row: 0)
    let lines = lines(state)
    let rows = rows(in: frame.size)
    for (index, line) in lines.dropFirst(scroll).prefix(rows).enumerated() {
      frame.write(line, row: index + 2, column: 1, limit: width - 1)
    }
    if lines.count > scroll + rows {
      frame.write(HeaderPanel.ellipsis(state), row: frame.size.height - 1, column: 1, style: .dim)
    }
  }

  static func rows(in size: Size) -> Int { max(1, size.height - 3) }

  /// Two columns side by side where they fit, else one below the other.
  static func lines(_ state: State) -> [Line] {
    let time = block(.time, state)
    let rest = block(.shown, state) + [Line()] + block(.doing, state)
    guard state.size.width >= 76 else { return time + [Line()] + rest + [Line()] + states(state) }
    let left = (time.map(\.width).max() ?? 0) + 3
    let both = (0..<max(time.count, rest.count)).map { index in
      var line = index < time.count ? time[index] : Line()
      line.add(String(repeating: " ", count: max(0, left - line.width)))
      if index < rest.count { line.add(rest[index]) }
      return line
    }
    return both + [Line()] + states(state)
  }

  private static func block(_ section: Binding.Section, _ state: State) -> [Line] {
    let title: String =
      switch (section, state.language) {
      case (.time, .en): "MOVE IN TIME"
      case (.time, .zh): "时间"
      case (.shown, .en): "WHAT IS SHOWN"
      case (.shown, .zh): "显示"
      case (.doing, .en): "DO"
      case (.doing, .zh): "操作"
      }
    let bindings = KeyBindings.standard.bindings.filter { $0.section == section }
    // What is shown and what is done stand below each other, so their columns are one.
    let isRight = section != .time
    let peers = KeyBindings.standard.bindings.filter { ($0.section != .time) == isRight }
    let width = peers.map { DisplayWidth.of($0.label) }.max() ?? 0
    let rows = bindings.map { binding in
      var line = Line(" " + DisplayWidth.padEnd(binding.label, to: width), .strong)
      line.add("  " + binding.explanation(state.language))
      return line
    }
    return [Line(title, .dim)] + rows
  }

  private static func states(_ state: State) -> [Line] {
    let glyphs = state.mode.glyphs
    let entries: [(Unicode.Scalar, String)] = [
      (glyphs.zero, state.language == .zh ? "零" : "zero"),
      (glyphs.unpublished, Phrase.unpublished.text(state.language)),
      (glyphs.provisional, Phrase.provisional.text(state.language)),
      (glyphs.done, Phrase.final.text(state.language)), (glyphs.failed, Phrase.failed.text(state.language)),
      (glyphs.unknown, Phrase.neverFetched.text(state.language)),
    ]
    let half = (entries.count + 1) / 2
    let lines = [entries.prefix(half), entries.dropFirst(half)].map { entries in
      var line = Line(" ")
      for (glyph, text) in entries {
        line.add(glyph, .strong)
        line.add(" " + DisplayWidth.padEnd(text, to: 20))
      }
      return line
    }
    return [Line(Phrase.statesLegend.text(state.language), .dim)] + lines
  }
}
