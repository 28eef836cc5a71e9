public import WeixinModel

/// An error in words: what failed, and who must do what. The one place that turns an ``APIError`` into sentences.
public struct Explanation: Hashable, Sendable {
  /// A few words with the code, for a status line: `40164: 203.0.113.7 is not whitelisted`.
  public var headline: String
  /// A sentence: what failed.
  public var what: String
  /// A sentence: who must do what; empty when it passes by itself.
  public var remedy: String

  /// The address that somebody must whitelist, where that is what failed.
  public var address: String?

  /// Explains an error in a language.
  public init(_ error: APIError, _ language: Language) {
    let words =
      switch language {
      case .en: Self.english(error)
      case .zh: Self.chinese(error)
      }
    (headline, what, remedy) = words
    if case .weixin(let fault) = error { address = fault.address }
    if case .weixin(let fault) = error, let rid = fault.rid, !what.contains(rid) { what += " (rid \(rid))" }
  }

  /// All sentences as one paragraph, with what wxtop did in the middle.
  public func paragraph(did: String) -> String {
    [what, did, remedy].filter { !$0.isEmpty }.joined(separator: " ")
  }

  typealias Words = (headline: String, what: String, remedy: String)
}
