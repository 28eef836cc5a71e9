/// Texts in JSON.
public enum JSONText {
  /// A JSON string, with quotation marks. A mark behind a quotation mark makes one Character of the two, so it is scalars that are
  /// looked at.
  public static func quoted(_ text: String) -> String {
    var quoted = String.UnicodeScalarView("\"".unicodeScalars)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted.append(contentsOf: ["\\", scalar])
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        quoted.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).unicodeScalars)
      default: quoted.append(scalar)
      }
    }
    quoted.append("\"")
    return String(quoted)
  }
}
