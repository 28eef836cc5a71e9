import CNcurses
import TerminalScreen

/// Turns a row of a frame into what ncurses draws: one `cchar_t` a character, exactly as many columns as the window has.
final class RowEncoder {
  private let isUnicode: Bool
  private var cells: UnsafeMutableBufferPointer<cchar_t>

  init(isUnicode: Bool) {
    self.isUnicode = isUnicode
    cells = .allocate(capacity: 0)
  }

  isolated deinit { cells.deallocate() }

  /// Encodes a row, cut or filled up with blanks to a width, and passes the characters on.
  func encode(
    _ row: ArraySlice<Cell>, width: Int, renditions: Renditions, into draw: (UnsafePointer<cchar_t>, Int32) -> Void
  ) {
    if cells.count < width {
      cells.deallocate()
      cells = .allocate(capacity: width)
      cells.initialize(repeating: cchar_t())
    }
    guard let first = cells.baseAddress else { return }
    var count = 0
    row.withUnsafeBufferPointer { row in
      var column = 0
      var style = Style.standard
      var rendition = renditions[style]
      var drawn = rendition
      var last = rendition
      var gap = 0..<0
      while column < width {
        let cell = column < row.count ? row[column] : .blank
        if cell.style != style {
          style = cell.style
          rendition = renditions[style]
        }
        // A short gap between two words or bars keeps the colours before it, where they do not show: telling the
        // terminal of others would take more bytes than the gap has.
        if cell.isInvisible, column >= gap.upperBound { gap = Self.gap(row, from: column) }
        let keepsColors = gap.contains(column) && drawn.leavesBlanks && rendition.leavesBlanks
        if !keepsColors { drawn = rendition }
        // ncurses would cut a half wide character away, and move all that follows.
        let isWide = column + 1 < min(row.count, width) && row[column + 1].isTrailing && !cell.isTrailing
        let columns = isWide ? 2 : 1
        // Most cells are like the one before: copying is cheaper than asking libc and ncurses.
        if column > 0, !isWide, !cell.isTrailing, column < row.count, cell == row[column - 1], drawn == last {
          (first + count).update(from: first + count - 1, count: 1)
          count += 1
          column += 1
          continue
        }
        last = drawn
        count += put(cell, columns: columns, drawn, at: first + count)
        column += columns
      }
    }
    draw(UnsafePointer(first), Int32(count))
  }

  /// The few blanks that begin at a column, when something follows them; else nothing.
  private static func gap(_ row: UnsafeBufferPointer<Cell>, from column: Int) -> Range<Int> {
    var end = column
    while end < row.count, row[end].isInvisible {
      end += 1
      // From such a length on, ncurses moves the cursor instead of sending the blanks.
      if end - column > 5 { return end..<end }
    }
    return end < row.count ? column..<end : end..<end
  }

  /// Writes one character, or what stands for one that cannot be drawn in its columns; returns how many were written.
  private func put(
    _ cell: Cell, columns: Int, _ rendition: Renditions.Rendition, at place: UnsafeMutablePointer<cchar_t>
  ) -> Int {
    let value = cell.scalar.value
    if columns == 1, value >= 0x20, value < 0x7F, cell.mark == nil {
      cncurses_set_cell(place, value, 0, rendition.attributes, rendition.pair)
      return 1
    }
    if isUnicode, !cell.isTrailing, cncurses_width(value) == Int32(columns) {
      let mark = cell.mark.map { cncurses_width($0.value) == 0 ? $0.value : 0 } ?? 0
      if cncurses_set_cell(place, value, mark, rendition.attributes, rendition.pair) == OK { return 1 }
    }
    cncurses_set_cell(place, substitute(for: cell, columns: columns), 0, rendition.attributes, rendition.pair)
    if columns == 2 { cncurses_set_cell(place + 1, 0x20, 0, rendition.attributes, rendition.pair) }
    return columns
  }

  /// A half of a wide character becomes a blank, a character that the terminal or libc does not know a question mark.
  private func substitute(for cell: Cell, columns: Int) -> UInt32 {
    let value = cell.scalar.value
    if value >= 0x20, value < 0x7F { return value }
    if value < 0x20 || columns == 1 && DisplayWidth.of(cell.scalar) == 2 { return 0x20 }
    return 0x3F
  }
}

extension Cell {
  /// Whether nothing but its background can be seen of the cell.
  fileprivate var isInvisible: Bool { scalar == " " && mark == nil }
}
