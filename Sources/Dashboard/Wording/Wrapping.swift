import TerminalScreen

/// Breaks a text into lines no wider than `width`, at spaces where there are some, and within Chinese anywhere.
func wrapped(_ text: String, width: Int) -> [String] {
  guard width > 0 else { return [] }
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ") {
    let candidate = line.isEmpty ? String(word) : line + " " + word
    if DisplayWidth.of(candidate) <= width {
      line = candidate
      continue
    }
    let isWhole = word.utf8.count == word.unicodeScalars.count || DisplayWidth.of(String(word)) < 24
    if isWhole, DisplayWidth.of(String(word)) <= width {
      if !line.isEmpty { lines.append(line) }
      line = String(word)
      continue
    }
    if !line.isEmpty { line += " " }
    for scalar in word.unicodeScalars {
      if DisplayWidth.of(line) + DisplayWidth.of(scalar) > width {
        lines.append(line)
        line = ""
      }
      line.unicodeScalars.append(scalar)
    }
  }
  if !line.isEmpty { lines.append(line) }
  return lines
}
