/// One column of one row of the screen.
public struct Cell: Hashable, Sendable {
  /// The spacing character. ``Cell/trailing`` marks the right half of a wide one.
  public var scalar: Unicode.Scalar
  /// A zero-width mark upon it, if any.
  public var mark: Unicode.Scalar?
  /// How it is drawn.
  public var style: Style

  /// A cell.
  public init(_ scalar: Unicode.Scalar, mark: Unicode.Scalar? = nil, style: Style = .standard) {
    self.scalar = scalar
    self.mark = mark
    self.style = style
  }

  /// The scalar of a cell that is covered by the wide character to its left.
  public static let trailing: Unicode.Scalar = "\u{0}"
  /// Nothing, in the terminal's own colours.
  public static let blank = Cell(" ")

  /// Whether the cell is the right half of a wide character.
  public var isTrailing: Bool { scalar == Self.trailing }
}

/// All cells of a screen: a value that a view returns and a terminal presents.
public struct Frame: Hashable, Sendable {
  /// The size in cells.
  public let size: Size
  private var cells: [Cell]

  /// A frame of one repeated cell.
  public init(_ size: Size, filledWith cell: Cell = .blank) {
    self.size = size
    cells = Array(repeating: cell, count: size.width * size.height)
  }

  /// The cell at a row and column, which must lie inside.
  public subscript(row: Int, column: Int) -> Cell { cells[row * size.width + column] }

  /// The cells of a row, exactly as many as the frame is wide.
  public func row(_ row: Int) -> ArraySlice<Cell> {
    cells[(row * size.width)..<((row + 1) * size.width)]
  }

  /// Puts a cell of width 1; outside the frame it does nothing. A wide character that it cuts in half becomes blank.
  public mutating func put(_ cell: Cell, row: Int, column: Int) {
    guard row >= 0, row < size.height, column >= 0, column < size.width else { return }
    let index = row * size.width + column
    unhalve(index, row: row)
    cells[index] = cell
  }

  /// Writes text from a column on and returns the column after it.
  ///
  /// Text is cut at the frame's edge, or before `limit`; a wide character that does not fit whole is left out. A character
  /// with no width of its own joins the one before it; control characters are never written.
  @discardableResult
  public mutating func write(
    _ text: String, row: Int, column: Int, style: Style = .standard, limit: Int? = nil
  ) -> Int {
    guard row >= 0, row < size.height else { return column }
    let end = min(size.width, limit ?? size.width)
    var column = column
    for scalar in text.unicodeScalars {
      let width = DisplayWidth.of(scalar)
      if width == 0 {
        joinMark(scalar, row: row, column: column)
        continue
      }
      guard column + width <= end else { return column }
      if column >= 0 {
        put(Cell(scalar, style: style), row: row, column: column)
        if width == 2 {
          put(Cell(" "), row: row, column: column + 1)
          cells[row * size.width + column + 1] = Cell(Cell.trailing, style: style)
        }
      }
      column += width
    }
    return column
  }

  /// Gives the cells of a row's part another style, keeping their text.
  public mutating func restyle(row: Int, columns: Range<Int>, _ change: (inout Style) -> Void) {
    guard row >= 0, row < size.height else { return }
    for column in columns.clamped(to: 0..<size.width) {
      change(&cells[row * size.width + column].style)
    }
  }

  /// The text of a row, trailing blanks removed.
  public func text(ofRow row: Int) -> String {
    var line = String.UnicodeScalarView()
    for cell in self.row(row) where !cell.isTrailing {
      line.append(cell.scalar)
      if let mark = cell.mark { line.append(mark) }
    }
    while line.last == " " { line.removeLast() }
    return String(line)
  }

  /// The text of all rows, one a line.
  public var text: String {
    (0..<size.height).map { text(ofRow: $0) }.joined(separator: "\n")
  }

  mutating func replace(_ cell: Cell, row: Int, column: Int) { cells[row * size.width + column] = cell }

  private mutating func joinMark(_ scalar: Unicode.Scalar, row: Int, column: Int) {
    guard DisplayWidth.isMark(scalar), column > 0, column <= size.width else { return }
    var index = row * size.width + column - 1
    if cells[index].isTrailing, column > 1 { index -= 1 }
    if cells[index].mark == nil { cells[index].mark = scalar }
  }

  private mutating func unhalve(_ index: Int, row: Int) {
    let column = index - row * size.width
    if cells[index].isTrailing, column > 0 { cells[index - 1] = Cell(" ", style: cells[index - 1].style) }
    if column + 1 < size.width, cells[index + 1].isTrailing {
      cells[index + 1] = Cell(" ", style: cells[index + 1].style)
    }
  }
}
