import TerminalScreen

/// A row of text in several styles, measured before it is written.
struct Line {
  private(set) var spans: [(text: String, style: Style)] = []
  private(set) var width = 0

  init() {}

  init(_ text: String, _ style: Style = .standard) { add(text, style) }

  /// The first part alone.
  var first: Line { spans.first.map { Line($0.text, $0.style) } ?? Line() }
  var text: String { spans.map(\.text).joined() }
  var isEmpty: Bool { spans.isEmpty }

  mutating func add(_ text: String, _ style: Style = .standard) {
    spans.append((text, style))
    width += DisplayWidth.of(text)
  }

  mutating func add(_ line: Line) {
    spans += line.spans
    width += line.width
  }

  mutating func add(_ scalar: Unicode.Scalar, _ style: Style = .standard) { add(String(Character(scalar)), style) }

  /// The line, with an ellipsis where it is cut: a number without its end would be another one.
  func truncated(to width: Int, ellipsis: String) -> Line {
    guard self.width > width else { return self }
    var line = Line()
    for span in spans {
      let room = width - line.width
      guard DisplayWidth.of(span.text) < room else {
        line.add(DisplayWidth.truncate(span.text + ellipsis, to: room, ellipsis: ellipsis), span.style)
        break
      }
      line.add(span.text, span.style)
    }
    return line
  }

  /// The line after another one and a gap, if it fits into a width.
  func appending(_ line: Line, gap: Int, within width: Int) -> Line? {
    guard !line.isEmpty else { return self }
    let needed = self.width + (isEmpty ? 0 : gap) + line.width
    guard needed <= width else { return nil }
    var joined = self
    if !isEmpty { joined.add(String(repeating: " ", count: gap)) }
    joined.add(line)
    return joined
  }

  /// The columns that some parts take with gaps between them; empty ones take none.
  static func width(of parts: [Line], gap: Int) -> Int {
    parts.reduce(-gap) { $0 + ($1.isEmpty ? 0 : $1.width + gap) }
  }

  /// As many of the parts, in their order, as fit into a width: those in `order` give way first, then the last ones. One stays.
  static func fitting(_ parts: [Line], gap: Int, width: Int, dropping order: [Int] = []) -> Line {
    var kept = parts.map { !$0.isEmpty }
    var count = kept.count { $0 }
    var needed = Self.width(of: parts, gap: gap)
    func drop(_ index: Int) {
      guard needed > width, count > 1, kept.indices.contains(index), kept[index] else { return }
      kept[index] = false
      count -= 1
      needed -= parts[index].width + gap
    }
    order.forEach(drop)
    parts.indices.reversed().forEach(drop)
    var line = Line()
    for index in parts.indices where kept[index] {
      if !line.isEmpty { line.add(String(repeating: " ", count: gap)) }
      line.add(parts[index])
    }
    return line
  }
}

extension Frame {
  /// Writes a line from a column on, cut before `limit`, and returns the column after it.
  @discardableResult
  mutating func write(_ line: Line, row: Int, column: Int, limit: Int? = nil) -> Int {
    var column = column
    for span in line.spans {
      column = write(span.text, row: row, column: column, style: span.style, limit: limit)
    }
    return column
  }

  /// Writes a line so that it ends before the last column.
  mutating func writeAtEnd(_ line: Line, row: Int) {
    write(line, row: row, column: size.width - 1 - line.width)
  }
}

/// The three weights of text on the screen.
extension Style {
  static let strong = Style(.accent, .bold)
  static let dim = Style(.muted)
  static let alarm = Style(.failure)

  init(_ role: Role, _ attributes: Attributes) { self.init(role, on: .standard, attributes) }
}
