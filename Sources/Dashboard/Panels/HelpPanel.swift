import TerminalScreen

/// All keys, made from the same table that `update` reads, and the glyphs of the data states.
enum HelpPanel {
  static func draw(_ state: State, scroll: Int, search: String, _ frame: inout Frame) {
    let width = frame.size.width
    let title = Line(Phrase.helpTitle.text(state.language), .strong)
    var sought = Line()
    if search.isEmpty {
      sought.add(Phrase.said(en: "type to find one", zh: "输入即可查找").text(state.language), .dim)
    } else {
      sought.add(search, .strong)
      sought.add(" ", Style(.accent, on: .selection, .reverse))
    }
    LayerTitle.draw(title, details: [sought], state, &frame)
    let lines = lines(state, search: search)
    let rows = rows(in: frame.size)
    for (index, line) in lines.dropFirst(scroll).prefix(rows).enumerated() {
      frame.write(line, row: index + 2, column: 1, limit: width - 1)
    }
    if lines.count > scroll + rows {
      frame.write(HeaderPanel.ellipsis(state), row: frame.size.height - 1, column: 1, style: .dim)
    }
  }

  static func rows(in size: Size) -> Int { max(1, size.height - 3) }

  /// Two columns side by side where they fit, else one below the other; when something is looked for, what was found.
  static func lines(_ state: State, search: String = "") -> [Line] {
    if !search.isEmpty { return found(search, state) }
    let blocks = Binding.Section.allCases.map { block($0, state) }
    let (time, views, shown, doing) = (blocks[0], blocks[1], blocks[2], blocks[3])
    guard state.size.width >= 76 else {
      return time + [Line()] + views + [Line()] + shown + [Line()] + doing + [Line()] + states(state) + [Line()]
        + byName(state)
    }
    let (left, right) = (time + [Line()] + views, shown + [Line()] + doing)
    let width = (left.map(\.width).max() ?? 0) + 2
    let both = (0..<max(left.count, right.count)).map { index in
      var line = index < left.count ? left[index] : Line()
      line.add(String(repeating: " ", count: max(0, width - line.width)))
      if index < right.count { line.add(right[index]) }
      return line
    }
    return both + [Line()] + states(state) + [Line()] + byName(state)
  }

  /// Bindings in whose keys, names or words the text stands.
  private static func found(_ search: String, _ state: State) -> [Line] {
    let text = search.folded
    let hits = state.keys.bindings.filter { binding in
      binding.label(state.mode.glyphs, most: .max).lowercased().contains(text)
        || binding.actions.contains { action in
          action.name.contains(text)
            || Language.allCases.contains { action.explanation($0).lowercased().contains(text) }
        }
    }
    let named = names(state).filter { $0.name.contains(text) || $0.words.lowercased().contains(text) }
    if hits.isEmpty, named.isEmpty {
      return [Line(Phrase.said(en: "no such key", zh: "没有这样的按键").text(state.language), .dim)]
    }
    let width = hits.map { DisplayWidth.of($0.label(state.mode.glyphs, most: .max)) }.max() ?? 0
    return hits.map { binding in
      var line = line(binding, width: width, most: .max, state)
      line.add("  :" + (binding.actions.first?.name ?? ""), .dim)
      return line
    } + named.map { line($0, width: named.map { DisplayWidth.of($0.name) }.max() ?? 0) }
  }

  private static func line(_ binding: Binding, width: Int, most: Int = 2, _ state: State) -> Line {
    var line = Line(" " + DisplayWidth.padEnd(binding.label(state.mode.glyphs, most: most), to: width), .strong)
    line.add("  " + binding.explanation(state.language))
    return line
  }

  private static func line(_ named: (name: String, words: String), width: Int) -> Line {
    var line = Line(" " + DisplayWidth.padEnd(named.name, to: width), .strong)
    line.add("  " + named.words)
    return line
  }

  /// What can only be had after `:`: actions without a key, and commands that take something behind them.
  private static func names(_ state: State) -> [(name: String, words: String)] {
    let bound = Set(state.keys.bindings.filter { !$0.keys.allSatisfy(\.isEmpty) }.flatMap(\.actions))
    let actions = Action.all.filter { !bound.contains($0) && $0.name != "mouse" }.map { action in
      (":" + action.name, action.explanation(state.language))
    }
    let free = Phrase.said(en: "a text", zh: "一段文字").text(state.language)
    return actions
      + Command.arguments.map { name, values in (":" + name, values.isEmpty ? free : values.joined(separator: " ")) }
  }

  private static func byName(_ state: State) -> [Line] {
    let names = names(state)
    let width = names.map { DisplayWidth.of($0.name) }.max() ?? 0
    let title = Phrase.said(en: "BY NAME", zh: "按名称").text(state.language)
    return [Line(title, .dim)] + names.map { line($0, width: width) }
  }

  private static func block(_ section: Binding.Section, _ state: State) -> [Line] {
    // What stands below each other has one column of keys.
    let isLeft = section == .time || section == .views
    let peers = state.keys.bindings.filter { ($0.section == .time || $0.section == .views) == isLeft }
    let width = peers.map { DisplayWidth.of($0.label(state.mode.glyphs)) }.max() ?? 0
    let bindings = state.keys.bindings.filter { $0.section == section && !$0.keys.allSatisfy(\.isEmpty) }
    return [Line(section.title.text(state.language), .dim)] + bindings.map { line($0, width: width, state) }
  }

  private static func states(_ state: State) -> [Line] {
    let glyphs = state.mode.glyphs
    let entries: [(Unicode.Scalar, String)] = [
      (glyphs.zero, state.language == .zh ? "零" : "zero"),
      (glyphs.unpublished, Phrase.unpublished.text(state.language)),
      (glyphs.provisional, Phrase.provisional.text(state.language)),
      (glyphs.done, Phrase.final.text(state.language)), (glyphs.failed, Phrase.failed.text(state.language)),
      (glyphs.unknown, Phrase.neverFetched.text(state.language)),
      (glyphs.fetching, Phrase.fetching.text(state.language)),
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

extension Binding.Section {
  /// The heading of the part.
  var title: Phrase {
    switch self {
    case .time: .said(en: "MOVE IN TIME", zh: "时间")
    case .views: .said(en: "ZOOM AND VIEW", zh: "缩放与视图")
    case .shown: .said(en: "WHAT IS SHOWN", zh: "显示")
    case .doing: .said(en: "DO", zh: "操作")
    }
  }
}
