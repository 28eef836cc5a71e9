/// A language of the screen and of the sentences.
public enum Language: String, Hashable, Sendable, CaseIterable {
  /// English.
  case en
  /// Simplified Chinese.
  case zh

  /// The language that a locale's environment asks for: the first set of `LC_ALL`, `LC_MESSAGES` and `LANG`.
  public init(environment: [String: String]) {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
    let name = names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    self = name.hasPrefix("zh") ? .zh : .en
  }
}
