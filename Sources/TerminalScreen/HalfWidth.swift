extension Unicode.Scalar {
  /// What the same key gives while no Chinese input method is on: `a` for `ａ`, `?` for `？`, `/` for `、`, a blank for U+3000.
  /// Itself for any other character.
  public var halfWidth: Unicode.Scalar {
    if value < 0xA0 { return self }
    if (0xFF01...0xFF5E).contains(value), let twin = Unicode.Scalar(value - 0xFEE0) { return twin }
    return Self.twins[self] ?? self
  }

  private static let twins: [Unicode.Scalar: Unicode.Scalar] = {
    let pairs: [(twin: Unicode.Scalar, forms: String)] = [
      (" ", "\u{3000}"), (",", "﹐﹑"), (".", "。．｡﹒"), ("/", "、､"), (";", "﹔"), (":", "﹕︰"), ("?", "﹖"), ("!", "﹗"),
      ("'", "‘’"), ("\"", "“”"), ("<", "《〈﹤"), (">", "》〉﹥"), ("[", "【〔﹝"), ("]", "】〕﹞"),
      ("{", "「『﹛｢"), ("}", "」』﹜｣"), ("(", "﹙"), (")", "﹚"), ("$", "￥¥﹩"), ("^", "…"), ("`", "·"),
      ("~", "〜∼"), ("-", "—–‐‑―−﹣"), ("+", "﹢"), ("=", "﹦"), ("%", "﹪"), ("#", "﹟"), ("&", "﹠"), ("*", "×﹡"),
      ("\\", "﹨"), ("@", "﹫"), ("|", "￨"),
    ]
    var twins: [Unicode.Scalar: Unicode.Scalar] = [:]
    for (twin, forms) in pairs {
      for form in forms.unicodeScalars { twins[form] = twin }
    }
    return twins
  }()
}

extension StringProtocol {
  /// The text with ``Swift/Unicode/Scalar/halfWidth`` of each of its characters.
  public var halfWidth: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return String(self) }
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars { text.append(scalar.halfWidth) }
    return String(text)
  }
}

extension Key {
  /// The key without a Chinese input method.
  public var halfWidth: Key {
    if case .character(let scalar) = self { .character(scalar.halfWidth) } else { self }
  }
}
