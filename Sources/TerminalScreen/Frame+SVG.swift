extension Frame {
  /// The frame as an SVG picture, as a terminal with a monospaced font would show it.
  ///
  /// Colours that are the terminal's own become those of a dark or of a light terminal.
  public func svg(_ palette: Palette, isDark: Bool) -> String {
    let (cellWidth, cellHeight) = (9, 19)
    let (width, height) = (size.width * cellWidth, size.height * cellHeight)
    let (paper, ink) = isDark ? ("#16181d", "#d4d7dd") : ("#ffffff", "#24272e")
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" \
      font-family="DejaVu Sans Mono, Menlo, Consolas, Noto Sans Mono CJK SC, monospace" font-size="15">
      <rect width="100%" height="100%" fill="\(paper)"/>

      """
    for row in 0..<size.height {
      for run in runs(row) {
        let colors = Self.colors(run.style, palette, paper: paper, ink: ink)
        let (x, y) = (run.column * cellWidth, row * cellHeight)
        if colors.background != paper {
          text += "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(run.width * cellWidth)\" height=\"\(cellHeight)\" "
          text += "fill=\"\(colors.background)\"/>\n"
        }
        if run.text.contains(where: { $0 != " " }) {
          text += "<text x=\"\(x)\" y=\"\(y + 15)\" textLength=\"\(run.width * cellWidth)\" "
          text += "lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\" fill=\"\(colors.foreground)\""
          if colors.attributes.contains(.bold) { text += " font-weight=\"bold\"" }
          if colors.attributes.contains(.underline) { text += " text-decoration=\"underline\"" }
          if colors.attributes.contains(.dim) { text += " opacity=\"0.6\"" }
          text += ">\(Self.escaped(run.text))</text>\n"
        }
      }
    }
    return text + "</svg>\n"
  }

  private struct Run {
    var column: Int
    var width: Int
    var style: Style
    var text: String
  }

  /// Stretches of one style; a wide character is a stretch of its own, so that it keeps its place.
  private func runs(_ row: Int) -> [Run] {
    var runs: [Run] = []
    var wasWide = false
    for (column, cell) in self.row(row).enumerated() {
      if cell.isTrailing {
        if !runs.isEmpty { runs[runs.count - 1].width += 1 }
        wasWide = true
        continue
      }
      let isWide = column + 1 < size.width && self[row, column + 1].isTrailing
      var text = String(Character(cell.scalar))
      if let mark = cell.mark { text.unicodeScalars.append(mark) }
      if let last = runs.last, last.style == cell.style, !isWide, !wasWide {
        runs[runs.count - 1].text += text
        runs[runs.count - 1].width += 1
      } else {
        runs.append(Run(column: column, width: 1, style: cell.style, text: text))
      }
      wasWide = false
    }
    return runs
  }

  private static func colors(
    _ style: Style, _ palette: Palette, paper: String, ink: String
  ) -> (foreground: String, background: String, attributes: Style.Attributes) {
    let (foreground, background, attributes) = palette.resolve(style)
    let pair = (foreground.hex ?? ink, background.hex ?? paper)
    return attributes.contains(.reverse) ? (pair.1, pair.0, attributes) : (pair.0, pair.1, attributes)
  }

  private static func escaped(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
      case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
      case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
      // XML has no place for these.
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": continue
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }
}

extension Color {
  /// Red, green and blue, 0…255 each; nil for the terminal's own.
  public var components: (red: Int, green: Int, blue: Int)? {
    switch self {
    case .terminalDefault: return nil
    case .rgb(let red, let green, let blue): return (Int(red), Int(green), Int(blue))
    case .indexed(let index) where index < 16:
      let color = Self.basic[Int(index)]
      return (color >> 16, color >> 8 & 255, color & 255)
    case .indexed(let index) where index < 232:
      let levels = [Int(index - 16) / 36, Int(index - 16) / 6 % 6, Int(index - 16) % 6].map {
        $0 == 0 ? 0 : 55 + 40 * $0
      }
      return (levels[0], levels[1], levels[2])
    case .indexed(let index):
      let grey = 8 + 10 * (Int(index) - 232)
      return (grey, grey, grey)
    }
  }

  fileprivate var hex: String? {
    components.map { color in
      "#"
        + [color.red, color.green, color.blue].map { value in
          let digits = String(value, radix: 16)
          return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
  }

  /// xterm's own.
  private static let basic = [
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5, 0x7F7F7F, 0xFF0000, 0x00FF00,
    0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
  ]
}
