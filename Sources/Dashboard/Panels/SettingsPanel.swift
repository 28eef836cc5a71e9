import TerminalScreen

/// The settings, one a row, over the view that shows at once what they do.
enum SettingsPanel {
  enum Row: CaseIterable {
    case theme, language, glyphs, colors, mouse
  }

  static let rows = Row.allCases

  static func draw(_ state: State, row: Int, _ frame: inout Frame) {
    let language = state.language
    let names = rows.map { name($0).text(language) }
    let nameWidth = names.map { DisplayWidth.of($0) }.max() ?? 0
    let help = Phrase.said(en: "←→ change   w save   Esc close", zh: "←→ 更改   w 保存   Esc 关闭").text(language)
    let width = min(frame.size.width - 2, max(nameWidth + 24, DisplayWidth.of(help) + 4))
    let top = max(0, (frame.size.height - rows.count - 4) / 2)
    let left = max(0, (frame.size.width - width) / 2)
    Overlay.fill(row: top, column: left, width: width, height: rows.count + 4, &frame)
    frame.write(
      Phrase.said(en: "Settings", zh: "设置").text(language), row: top, column: left + 2,
      style: Style(.accent, on: .layer, .bold))
    for (index, setting) in rows.enumerated() {
      let isChosen = index == row
      let style = isChosen ? Style(.accent, on: .selection, .bold) : Style(.standard, on: .layer)
      let line = index + top + 2
      for column in (left + 1)..<(left + width - 1) { frame.put(Cell(" ", style: style), row: line, column: column) }
      frame.write(names[index], row: line, column: left + 2, style: style)
      let value = (isChosen ? "< " : "  ") + value(setting, state).text(language) + (isChosen ? " >" : "")
      frame.write(value, row: line, column: left + nameWidth + 4, style: style, limit: left + width - 1)
    }
    frame.write(
      help, row: top + rows.count + 3, column: left + 2, style: Style(.muted, on: .layer), limit: left + width - 1)
  }

  private static func name(_ row: Row) -> Phrase {
    switch row {
    case .theme: .said(en: "Theme", zh: "主题")
    case .language: .said(en: "Language", zh: "语言")
    case .glyphs: .said(en: "Characters", zh: "字符")
    case .colors: .said(en: "Colours", zh: "颜色")
    case .mouse: .said(en: "Mouse", zh: "鼠标")
    }
  }

  private static func value(_ row: Row, _ state: State) -> Phrase {
    let auto = { (used: String) in Phrase.said(en: "auto (\(used))", zh: "自动（\(used)）") }
    switch row {
    case .theme:
      guard let theme = state.look.wishedTheme else { return auto(state.look.theme.rawValue) }
      return .said(en: theme.rawValue, zh: theme == .dark ? "深色" : "浅色")
    case .language:
      let name = state.look.wishedLanguage == .en ? "English" : state.mode.glyphs.name == .ascii ? "Chinese" : "中文"
      // ASCII writes no Chinese, so there it is a wish only.
      return .said(en: name + (state.look.wishedLanguage == state.language ? "" : " (not in ASCII)"), zh: name)
    case .glyphs:
      guard let glyphs = state.look.wishedGlyphs else { return auto(state.mode.glyphs.name.rawValue) }
      return .said(en: glyphs.rawValue, zh: glyphs.rawValue)
    case .colors:
      guard let colors = state.look.wishedColors else {
        return auto(state.mode.colors > 256 ? "truecolor" : "\(state.mode.colors)")
      }
      return .said(en: colors == 0 ? "none" : "\(colors)", zh: colors == 0 ? "无" : "\(colors)")
    case .mouse: return state.look.hasMouse ? .said(en: "on", zh: "开") : .said(en: "off", zh: "关")
    }
  }

  /// Takes the next or the previous value of a setting.
  static func change(_ row: Int, by steps: Int, _ state: inout State) {
    func turned<Value: Equatable>(_ value: Value, _ values: [Value]) -> Value {
      let index = values.firstIndex(of: value) ?? 0
      return values[(index + steps + values.count) % values.count]
    }
    switch rows[row] {
    case .theme: state.look.wishedTheme = turned(state.look.wishedTheme, [nil] + Theme.allCases.map { $0 })
    case .language: state.look.wishedLanguage = turned(state.look.wishedLanguage, Language.allCases)
    case .glyphs: state.look.wishedGlyphs = turned(state.look.wishedGlyphs, [nil] + GlyphSet.Name.allCases.map { $0 })
    case .colors: state.look.wishedColors = turned(state.look.wishedColors, [nil, 0, 8, 16, 256])
    case .mouse: state.look.hasMouse.toggle()
    }
  }

  /// The settings that were changed since they were kept last: what was never touched, or was said otherwise than here, stays.
  static func changed(_ state: State) -> [Setting] {
    zip(settings(state.look), settings(state.keptLook)).filter { $0 != $1 }.map(\.0)
  }

  /// The settings as the configuration has them.
  private static func settings(_ look: Look) -> [Setting] {
    let colors = look.wishedColors.map { $0 == 0 ? "never" : "\($0)" }
    return [
      Setting("theme", look.wishedTheme?.rawValue), Setting("language", look.wishedLanguage.rawValue),
      Setting("glyphs", look.wishedGlyphs?.rawValue), Setting("color", colors),
      Setting("mouse", look.hasMouse ? "true" : nil),
    ]
  }
}

/// The plain ground of what lies over a view.
enum Overlay {
  /// A line around a layer, in its outermost cells.
  static func border(row: Int, column: Int, width: Int, height: Int, _ glyphs: GlyphSet, _ frame: inout Frame) {
    let isASCII = glyphs.name == .ascii
    let (across, down): (Unicode.Scalar, Unicode.Scalar) = isASCII ? ("-", "|") : ("─", "│")
    let corners = Array((isASCII ? "++++" : "┌┐└┘").unicodeScalars)
    let (last, right) = (row + height - 1, column + width - 1)
    func put(_ scalar: Unicode.Scalar, _ row: Int, _ column: Int) {
      frame.put(Cell(scalar, style: Style(.standard, on: .layer)), row: row, column: column)
    }
    for place in column...right {
      put(across, row, place)
      put(across, last, place)
    }
    for line in row...last {
      put(down, line, column)
      put(down, line, right)
    }
    for (corner, place) in zip(corners, [(row, column), (row, right), (last, column), (last, right)]) {
      put(corner, place.0, place.1)
    }
  }

  static func fill(row: Int, column: Int, width: Int, height: Int, _ frame: inout Frame) {
    let style = Style(.standard, on: .layer)
    for line in row..<(row + height) {
      for place in column..<(column + width) { frame.put(Cell(" ", style: style), row: line, column: place) }
    }
  }
}
