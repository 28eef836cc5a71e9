import WeixinModel

/// Takes secrets out of text from outside before it enters an error or a log: those that the call used, and whatever
/// stands where a secret would.
struct Redaction {
  private let secrets: [String]

  init(of secrets: [Secret]) {
    let known = secrets.map(\.revealed).filter { !$0.isEmpty }
    self.secrets = (known + known.map(\.percentEncoded)).sorted { $0.count > $1.count }
  }

  /// The text without secrets and control characters, cut to a length only afterwards: half a secret is one too.
  func clean(_ text: String, limit: Int) -> String {
    var cleaned = text.cleaned(limit: 8_192)
    for secret in secrets { cleaned = cleaned.replacing(secret, with: "•••") }
    let named = /(access_token|app_?secret|secret|refresh_token)(["']?\s*[=:]\s*["']?)[^\s&"',;}]+/.ignoresCase()
    cleaned = cleaned.replacing(named) { "\($0.1)\($0.2)•••" }
    return cleaned.cleaned(limit: limit)
  }
}

extension String {
  /// The text, from outside, for a sentence: cleaned, without these secrets and whatever stands where one would, and cut.
  public func redacted(hiding secrets: [Secret] = [], limit: Int) -> String {
    Redaction(of: secrets).clean(self, limit: limit)
  }
}
