/// Finds the nearest colour that a terminal with fewer colours has.
nonisolated enum ColorReduction {
  /// Whether a colour is for the text or what lies behind it.
  enum Ground { case foreground, background }

  /// The number to give curses for one of xterm's 256 colours, or -1 for the terminal's own.
  static func reduce(_ index: UInt8, colors: Int, isDirect: Bool, _ ground: Ground) -> Int32 {
    if isDirect, colors > 256 { return direct(index) }
    if Int(index) < colors { return Int32(index) }
    return nearest(to: components(index), colors: colors, ground)
  }

  /// The number to give curses for a colour of red, green and blue.
  static func reduce(
    _ red: UInt8, _ green: UInt8, _ blue: UInt8, colors: Int, isDirect: Bool, _ ground: Ground
  ) -> Int32 {
    let wanted = [Int(red), Int(green), Int(blue)]
    return isDirect && colors > 256 ? direct(wanted) : nearest(to: wanted, colors: colors, ground)
  }

  private static func nearest(to wanted: [Int], colors: Int, _ ground: Ground) -> Int32 {
    if colors < 8 { return -1 }
    // The first sixteen are the person's own, so that only the cube and the greys are known.
    let candidates = colors >= 256 ? 16..<256 : colors >= 16 ? 0..<16 : 0..<8
    if colors < 16, isGrey(wanted) { return grey(wanted, ground) }
    let nearest = candidates.min {
      distance(components(UInt8($0)), wanted) < distance(components(UInt8($1)), wanted)
    }
    // Faint text must not vanish: a terminal's black is most often its background.
    if nearest == 0, ground == .foreground, wanted != [0, 0, 0] { return colors >= 16 ? 8 : 7 }
    return Int32(nearest ?? 0)
  }

  /// Red, green and blue of one of xterm's 256 colours, as xterm has them by default.
  static func components(_ index: UInt8) -> [Int] {
    switch Int(index) {
    case 0..<16: basic[Int(index)]
    case let index where index < 232:
      [(index - 16) / 36, (index - 16) / 6 % 6, (index - 16) % 6].map { $0 == 0 ? 0 : 55 + 40 * $0 }
    case let index: Array(repeating: 8 + 10 * (index - 232), count: 3)
    }
  }

  private static func direct(_ index: UInt8) -> Int32 { index < 8 ? Int32(index) : direct(components(index)) }

  /// The first eight numbers are the terminal's own colours, so the darkest blues become the first that is none of them.
  private static func direct(_ color: [Int]) -> Int32 { max(8, color.reduce(0) { $0 << 8 | Int32($1) }) }

  private static func isGrey(_ color: [Int]) -> Bool {
    (color.max() ?? 0) - (color.min() ?? 0) < 48
  }

  private static func grey(_ color: [Int], _ ground: Ground) -> Int32 {
    switch ground {
    case .foreground: color[0] == 0 ? 0 : 7
    case .background: color[0] < 160 ? 0 : 7
    }
  }

  private static func distance(_ one: [Int], _ other: [Int]) -> Int {
    zip(one, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  private static let basic: [[Int]] = [
    [0, 0, 0], [205, 0, 0], [0, 205, 0], [205, 205, 0], [0, 0, 238], [205, 0, 205], [0, 205, 205], [229, 229, 229],
    [127, 127, 127], [255, 0, 0], [0, 255, 0], [255, 255, 0], [92, 92, 255], [255, 0, 255], [0, 255, 255],
    [255, 255, 255],
  ]
}
