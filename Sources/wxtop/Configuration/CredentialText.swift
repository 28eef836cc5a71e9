import Dashboard
import WeixinAPI

/// A secret, token or app ID as it is handed over: the one place that frees it of what copying, editors and other systems leave
/// at its ends. None of them has a blank, a control character or an invisible one inside.
struct CredentialText {
  let text: String
  /// What stood at the ends, each once.
  let leftOut: [Unicode.Scalar]

  /// Why a text is none.
  enum Flaw: Error, Hashable {
    /// Nothing is left of it.
    case blank
    /// What stands inside.
    case strange(Unicode.Scalar)
  }

  init(_ raw: String) throws(Flaw) {
    let scalars = raw.unicodeScalars
    guard let first = scalars.firstIndex(where: { !Self.isSpare($0) }),
      let last = scalars.lastIndex(where: { !Self.isSpare($0) })
    else { throw .blank }
    let kept = scalars[first...last]
    if let strange = kept.first(where: Self.isStrange) { throw .strange(strange) }
    text = String(String.UnicodeScalarView(kept))
    let ends = scalars[..<first] + scalars[scalars.index(after: last)...]
    leftOut = ends.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The text as a secret.
  var secret: Secret { Secret(text) }

  /// What is taken off the ends. A control character that moves no cursor did not come there by copying.
  private static func isSpare(_ scalar: Unicode.Scalar) -> Bool {
    isStrange(scalar) && (scalar.properties.isWhitespace || scalar.properties.generalCategory != .control)
  }

  private static func isStrange(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    if properties.isWhitespace || properties.isDefaultIgnorableCodePoint { return true }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator: return true
    default: return false
    }
  }
}

extension CredentialText.Flaw {
  /// A clause behind the name of what is meant.
  func words(_ language: Language) -> String {
    switch (self, language) {
    case (.blank, .en): "holds nothing but blanks"
    case (.blank, .zh): "只有空白字符"
    case (.strange(let scalar), .en): "has \(scalar.named(.en)) inside"
    case (.strange(let scalar), .zh): "中间有\(scalar.named(.zh))"
    }
  }
}

extension Unicode.Scalar {
  /// A character that is not seen, by its name and number.
  func named(_ language: Language) -> String {
    let (english, chinese) =
      switch value {
      case 0x09: ("a tab", "制表符")
      case 0x0A: ("a line feed", "换行符")
      case 0x0D: ("a carriage return", "回车符")
      case 0x20: ("a blank", "空格")
      case 0xA0: ("a no-break space", "不换行空格")
      case 0x200B: ("a zero-width space", "零宽空格")
      case 0x3000: ("an ideographic space", "全角空格")
      case 0xFEFF: ("a byte order mark", "字节顺序标记")
      case ..<0x20, 0x7F..<0xA0: ("a control character", "控制字符")
      default: ("an invisible character", "不可见字符")
      }
    let digits = String(value, radix: 16, uppercase: true)
    let number = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return language == .zh ? "\(chinese)（\(number)）" : "\(english) (\(number))"
  }
}
