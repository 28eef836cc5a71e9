import TerminalScreen

/// Draws the cells of heatmaps: shades as backgrounds where there are colours, else as glyphs.
struct HeatBrush {
  let mode: DrawingMode

  /// The background of cells without a shade.
  let ground: Role

  init(_ state: State, ground: Role = .standard) {
    mode = state.mode
    self.ground = ground
  }

  /// What is drawn besides the shade.
  struct Touch {
    /// Whether the cursor is on it.
    var isChosen = false
    /// Whether a filter leaves it out.
    var isDimmed = false
    /// Whether it will be checked once more.
    var isProvisional = false
    /// What stands at the left of its rows, if it fits.
    var texts: [String] = []

    /// Puts a number into the middle one of the rows, if it fits between the cursor's brackets.
    mutating func label(_ text: String, rows: Int, width: Int) {
      guard DisplayWidth.of(text) <= width - 2 else { return }
      texts = Array(repeating: "", count: (rows - 1) / 2) + [text]
    }
  }

  /// Fills the columns of some rows with a cell.
  func draw(_ cell: HeatCell, rows: Range<Int>, columns: Range<Int>, _ touch: Touch = Touch(), _ frame: inout Frame) {
    guard !columns.isEmpty else { return }
    let middle = rows.lowerBound + (rows.count - 1) / 2
    let (fill, style) = paint(cell, touch)
    let isStep = if case .step = cell { true } else { false }
    let blank = Style(.standard, on: ground)
    for row in rows {
      for (place, column) in columns.enumerated() {
        // A state stands once in a cell; zero is a line through it, as in a chart.
        let showsState = row == middle && touch.texts.isEmpty && (cell == .zero || place == (columns.count - 1) / 2)
        // Without colours a failure is reversed: its blanks must not look like a value.
        let drawn = isStep ? Cell(fill, style: style) : showsState ? Cell(fill, style: style) : Cell(" ", style: blank)
        frame.put(drawn, row: row, column: column)
      }
    }
    for (text, row) in zip(touch.texts, rows) where DisplayWidth.of(text) <= columns.count - 1 {
      // Between characters that fill a cell a number would seem to have more of them: +24k+.
      if isStep, fill != " ", !text.isEmpty {
        let end = min(columns.upperBound, columns.lowerBound + 2 + DisplayWidth.of(text))
        for column in columns.lowerBound..<end { frame.put(Cell(" ", style: blank), row: row, column: column) }
      }
      frame.write(text, row: row, column: columns.lowerBound + 1, style: textStyle(cell, touch))
    }
    if touch.isProvisional, touch.texts.isEmpty, let last = columns.last, middle < frame.size.height {
      frame.put(Cell(mode.glyphs.provisional, style: textStyle(cell, touch)), row: middle, column: last)
    }
    if touch.isChosen { drawCursor(cell, rows: rows, middle: middle, columns: columns, touch, &frame) }
  }

  /// The cursor is more than a colour: brackets, or a mark of its own where there is one column.
  private func drawCursor(
    _ cell: HeatCell, rows: Range<Int>, middle: Int, columns: Range<Int>, _ touch: Touch, _ frame: inout Frame
  ) {
    let style = cursorStyle(cell, touch)
    if columns.count == 1 {
      frame.put(Cell(mode.glyphs.cursor, style: style), row: middle, column: columns.lowerBound)
      return
    }
    for row in rows {
      frame.put(Cell("[", style: style), row: row, column: columns.lowerBound)
      frame.put(Cell("]", style: style), row: row, column: columns.upperBound - 1)
    }
  }

  /// The character and style that a cell is filled with.
  func paint(_ cell: HeatCell, _ touch: Touch = Touch()) -> (Unicode.Scalar, Style) {
    let (glyph, role) = cell.glyph(mode.glyphs)
    if touch.isDimmed { return dimmed(cell, glyph) }
    guard case .step = cell else { return (glyph, Style(role, on: ground)) }
    return mode.hasDistinctColors ? (" ", Style(on: role)) : (glyph, Style(role, on: ground))
  }

  /// What a filter leaves out is faint; where there is no faint colour, numbers vanish and only states remain.
  private func dimmed(_ cell: HeatCell, _ glyph: Unicode.Scalar) -> (Unicode.Scalar, Style) {
    if mode.colors >= 16 { return (glyph, Style(.grid, on: ground)) }
    guard case .step = cell else { return (glyph, Style(.standard, on: ground, .dim)) }
    return (" ", Style(.standard, on: ground))
  }

  /// Text on a cell: light on the dark shades and dark on the light ones, or the other way round.
  func textStyle(_ cell: HeatCell, _ touch: Touch) -> Style {
    if touch.isDimmed, cell != .future { return Style(.muted, on: ground) }
    guard case .step(let step) = cell else { return Style(cell.glyph(mode.glyphs).role, on: ground) }
    guard mode.hasDistinctColors else { return Style(.standard, on: ground) }
    let role = HeatCell.roles[step - 1]
    return step <= 2 ? Style(.accent, on: role) : Style(role, .reverse)
  }

  private func cursorStyle(_ cell: HeatCell, _ touch: Touch) -> Style {
    var style = textStyle(cell, touch)
    if case .step = cell, mode.hasDistinctColors, !touch.isDimmed {
      style.attributes.insert(.bold)
      return style
    }
    return Style(.accent, on: .selection, .bold)
  }
}
