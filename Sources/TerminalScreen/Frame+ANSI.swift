extension Frame {
  /// The frame as text with SGR colour sequences, one line a row, for printing outside a full-screen program.
  public func ansi(_ palette: Palette) -> String {
    var text = ""
    for row in 0..<size.height {
      var current = Style.standard
      var line = ""
      var pending = 0
      for cell in self.row(row) where !cell.isTrailing {
        if cell == .blank {
          pending += 1
          continue
        }
        if pending > 0 {
          if current != .standard { line += "\u{1B}[0m" }
          current = .standard
          line += String(repeating: " ", count: pending)
          pending = 0
        }
        if cell.style != current {
          line += Self.sequence(cell.style, palette)
          current = cell.style
        }
        line.unicodeScalars.append(cell.scalar)
        if let mark = cell.mark { line.unicodeScalars.append(mark) }
      }
      if current != .standard { line += "\u{1B}[0m" }
      text += line + "\n"
    }
    return text
  }

  private static func sequence(_ style: Style, _ palette: Palette) -> String {
    let (foreground, background, attributes) = palette.resolve(style)
    var codes = ["0"]
    if attributes.contains(.bold) { codes.append("1") }
    if attributes.contains(.dim) { codes.append("2") }
    if attributes.contains(.underline) { codes.append("4") }
    if attributes.contains(.reverse) { codes.append("7") }
    codes += code(foreground, base: 30) + code(background, base: 40)
    return "\u{1B}[" + codes.joined(separator: ";") + "m"
  }

  private static func code(_ color: Color, base: Int) -> [String] {
    switch color {
    case .terminalDefault: []
    case .indexed(let index) where index < 8: ["\(base + Int(index))"]
    case .indexed(let index) where index < 16: ["\(base + 52 + Int(index))"]
    case .indexed(let index): ["\(base + 8);5;\(index)"]
    case .rgb(let red, let green, let blue): ["\(base + 8);2;\(red);\(green);\(blue)"]
    }
  }
}
