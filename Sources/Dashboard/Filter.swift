import TerminalScreen
import WeixinModel

/// What is looked for after `/`: `>5000`, `<1k`, `weekend`, `mon`, `unusual`, `revised`, `missing`, a mark's name. All of it
/// must hold.
public struct Filter: Hashable, Sendable {
  /// What was typed.
  public let text: String
  let terms: [Term]

  enum Term: Hashable, Sendable {
    case above(Int)
    case below(Int)
    case weekday(Set<Int>)
    case unusual, revised, missing, provisional, final
    case mark(String)
  }

  /// A filter; nil for a text without any term.
  public init?(_ text: String) {
    self.text = text.cleaned(limit: 60)
    terms = self.text.folded.split(separator: " ").map { Self.term(String($0)) }
    if terms.isEmpty { return nil }
  }

  /// The first word that compares with something that is no number; nil where there is none.
  public static func unreadable(_ text: String) -> String? {
    text.halfWidth.split(separator: " ").map(String.init).first { word in
      word.first.map { "><≥≤".contains($0) } ?? false && number(word.dropFirst().drop { $0 == "=" }) == nil
    }
  }

  /// The first word that is neither a condition nor a part of some mark's name, and whether it is a number; nil where there is none.
  static func meaningless(_ text: String, marks: [Mark]) -> (word: String, isNumber: Bool)? {
    for word in text.halfWidth.split(separator: " ").map(String.init) {
      guard case .mark(let name) = term(word.lowercased()) else { continue }
      if !marks.contains(where: { $0.name.folded.contains(name) }) {
        return (word, number(Substring(name)) != nil)
      }
    }
    return nil
  }

  private static let weekdays: [(String, Set<Int>)] = [
    ("mon", [1]), ("tue", [2]), ("wed", [3]), ("thu", [4]), ("fri", [5]), ("sat", [6]), ("sun", [7]),
    ("monday", [1]), ("tuesday", [2]), ("wednesday", [3]), ("thursday", [4]), ("friday", [5]), ("saturday", [6]),
    ("sunday", [7]),
    ("周一", [1]), ("周二", [2]), ("周三", [3]), ("周四", [4]), ("周五", [5]), ("周六", [6]), ("周日", [7]),
    ("weekend", [6, 7]), ("周末", [6, 7]), ("workday", [1, 2, 3, 4, 5]), ("工作日", [1, 2, 3, 4, 5]),
  ]

  private static func term(_ word: String) -> Term {
    if let sign = word.first, "><≥≤".contains(sign), let number = number(word.dropFirst().drop { $0 == "=" }) {
      let includes = "≥≤".contains(sign) || word.dropFirst().first == "="
      return ">≥".contains(sign) ? .above(includes ? number - 1 : number) : .below(includes ? number + 1 : number)
    }
    if let days = weekdays.first(where: { $0.0 == word })?.1 { return .weekday(days) }
    return switch word {
    case "unusual", "异常": .unusual
    case "revised", "修订": .revised
    case "missing", "缺失": .missing
    case "provisional", "暂定": .provisional
    case "final", "已定稿": .final
    default: .mark(word)
    }
  }

  /// `5000`, `52,000` as it stands on the screen, `1.2k`, `3万`, `2m`.
  private static func number(_ text: Substring) -> Int? {
    let text = text.lowercased().filter { $0 != "," }
    let units: [(Character, Double)] = [("k", 1e3), ("m", 1e6), ("千", 1e3), ("万", 1e4), ("亿", 1e8)]
    let unit = units.first { $0.0 == text.last }
    let digits = unit == nil ? text[...] : text.dropLast()
    // Double would take 0x10, 1e5 and nan too.
    guard digits.allSatisfy({ $0.isASCIIDigit || $0 == "." }), let number = Double(digits) else { return nil }
    let amount = number * (unit?.1 ?? 1)
    // No day has more; beyond it is no number of messages, and far beyond none of this type.
    guard abs(amount) <= Double(HourlyMessages.mostMessages) else { return nil }
    return Int(amount)
  }

  /// Whether it speaks of numbers, which hours have too.
  var hasNumbers: Bool {
    terms.contains { if case .above = $0 { true } else if case .below = $0 { true } else { $0 == .unusual } }
  }

  /// Whether a day is a hit.
  func matches(_ day: BeijingDay, _ state: State) -> Bool { matches(day, hour: nil, usual: nil, state) }

  /// Which of a day's 24 hours are hits. What is usual for them is worked out once for all.
  func hours(of day: BeijingDay, _ state: State) -> [Bool] {
    let usual = terms.contains(.unusual) ? state.status.history.usualHours(of: day, state.measure) : nil
    return (0..<24).map { matches(day, hour: $0, usual: usual, state) }
  }

  private func matches(_ day: BeijingDay, hour: Int?, usual: [Usual]?, _ state: State) -> Bool {
    let history = state.status.history
    let value =
      hour.map { history.value(of: day, hour: $0, state.measure) } ?? history.total(of: day, state.measure)
    return terms.allSatisfy { term in
      switch term {
      case .above(let number): return value.map { $0 > number } ?? false
      case .below(let number): return value.map { $0 < number } ?? false
      case .weekday(let days): return days.contains(day.weekday)
      case .unusual:
        guard let value else { return false }
        if let hour {
          guard let usual else { return false }
          return usual[hour].isUnusual(value, typical: Usual.typical(usual))
        }
        return history.usualTotal(of: day, state.measure)?.isUnusual(value) ?? false
      case .revised: return history.wasRevised(day)
      case .missing: return history.standing(of: day) == nil && day <= state.newestDay
      case .provisional: return history.standing(of: day) == .provisional
      case .final: return history.standing(of: day) == .final
      case .mark(let name): return state.marks(of: day).contains { $0.name.folded.contains(name) }
      }
    }
  }
}
