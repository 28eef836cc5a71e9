extension String {
  /// The text without control, escape, bidirectional and invisible formatting characters, cut to a length.
  ///
  /// Remote and configured text passes through here where it enters, so that none of it can drive a terminal.
  public func cleaned(limit: Int = 300) -> String {
    var kept = String.UnicodeScalarView()
    var length = 0
    var isAfterSpace = true
    for scalar in unicodeScalars {
      if length >= limit { break }
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator:
        if !isAfterSpace {
          kept.append(" ")
          length += 1
        }
        isAfterSpace = true
      case .format, .surrogate, .privateUse, .unassigned:
        continue
      default:
        kept.append(scalar)
        length += 1
        isAfterSpace = false
      }
    }
    while kept.last == " " { kept.removeLast() }
    return String(kept)
  }

  /// The text as the name of an account: cleaned; nil where nothing of it can be seen.
  public var asAccountName: String? {
    let name = cleaned(limit: 40)
    let isSeen = name.unicodeScalars.contains { scalar in
      if scalar.properties.isDefaultIgnorableCodePoint || scalar == "\u{2800}" { return false }
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .spacingMark, .spaceSeparator: return false
      default: return true
      }
    }
    return isSeen ? name : nil
  }
}
