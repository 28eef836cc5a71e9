/// Texts in CSV.
public enum CSVText {
  /// What tells spreadsheets that the text is UTF-8.
  public static let byteOrderMark = "\u{FEFF}"

  /// A cell, in quotation marks where it needs them.
  public static func cell(_ text: String) -> String {
    let safe = defused(text)
    return safe.unicodeScalars.contains(where: { [",", "\"", "\n", "\r"].contains($0) }) ? inMarks(safe) : safe
  }

  /// A cell that is always in quotation marks.
  public static func quoted(_ text: String) -> String { inMarks(defused(text)) }

  private static func inMarks(_ text: String) -> String {
    var quoted = String.UnicodeScalarView("\"".unicodeScalars)
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted.append(scalar) }
      quoted.append(scalar)
    }
    quoted.append("\"")
    return String(quoted)
  }

  /// An apostrophe before what a spreadsheet would calculate, or run; some take the full-width signs for the others.
  private static func defused(_ text: String) -> String {
    let signs: [Unicode.Scalar] = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
    return text.unicodeScalars.first.map(signs.contains) ?? false ? "'" + text : text
  }
}
