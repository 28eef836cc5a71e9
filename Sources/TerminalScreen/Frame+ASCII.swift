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

  /// Replaces what may take two columns, though it has one, by its nearest in ASCII, or by `?`. Wide characters stay.
  public mutating func foldAmbiguous() {
    for row in 0..<size.height {
      for column in 0..<size.width {
        var cell = self[row, column]
        guard cell.scalar.value >= 0x7F, DisplayWidth.isAmbiguous(cell.scalar) else { continue }
        cell.scalar = Self.nearest[cell.scalar] ?? "?"
        replace(cell, row: row, column: column)
      }
    }
  }

  private static let nearest: [Unicode.Scalar: Unicode.Scalar] = {
    var nearest: [Unicode.Scalar: Unicode.Scalar] = [
      "…": ".", "–": "-", "—": "-", "×": "x", "“": "\"", "”": "\"", "‘": "'", "’": "'", "·": ".", "←": "<", "→": ">",
      "↑": "^", "↓": "v", "≥": ">", "≤": "<", "≠": "!", "：": ":", "，": ",", "。": ".", "（": "(", "）": ")", "±": "+",
      "─": "-", "━": "=", "│": "|", "┌": "+", "┐": "+", "└": "+", "┘": "+", "┼": "+", "●": "*", "★": "*", "°": "o",
    ]
    // Pinyin, and what European names have of it.
    let accented: [(Unicode.Scalar, String)] = [
      ("a", "àáāǎ"), ("e", "èéêēě"), ("i", "ìíīǐ"), ("o", "òóōǒ"), ("u", "ùúüūǔǖǘǚǜ"),
    ]
    for (letter, others) in accented {
      for other in others.unicodeScalars { nearest[other] = letter }
    }
    return nearest
  }()
}
