extension Frame {
  /// Replaces every character outside ASCII by its nearest one, or by `?`; wide ones become two.
  public mutating func foldToASCII() {
    for row in 0..<size.height {
      for column in 0..<size.width {
        var cell = self[row, column]
        guard cell.scalar.value >= 0x7F || cell.isTrailing || cell.mark != nil else { continue }
        cell.scalar = Self.nearest[cell.scalar] ?? "?"
        cell.mark = nil
        replace(cell, row: row, column: column)
      }
    }
  }

  private static let nearest: [Unicode.Scalar: Unicode.Scalar] = [
    "…": ".", "–": "-", "—": "-", "×": "x", "“": "\"", "”": "\"", "‘": "'", "’": "'", "·": ".", "←": "<", "→": ">",
    "↑": "^", "↓": "v", "≥": ">", "≤": "<", "≠": "!", "：": ":", "，": ",", "。": ".", "（": "(", "）": ")",
  ]
}
