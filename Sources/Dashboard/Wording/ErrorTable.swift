import WeixinModel

/// Every error that has a sentence, and what is done about it: the troubleshooting table of the README.
public struct ErrorTable: Sendable {
  /// Errors that are explained in the same words.
  public struct Row: Hashable, Sendable {
    /// Weixin's codes; empty for what is no error of Weixin.
    public var codes: [Int]
    /// A few words: what failed.
    public var meaning: String
    /// What wxtop does.
    public var reaction: String
    /// Who must do what; empty when it passes by itself.
    public var remedy: String
  }

  /// The rows, Weixin's codes first.
  public let rows: [Row]

  /// The table in a language.
  public init(_ language: Language) {
    var rows: [Row] = []
    for error in Self.errors {
      let row = Row(error, language)
      if let index = rows.firstIndex(where: { row.isSame(as: $0) }) {
        rows[index].codes += row.codes
        if row.codes.isEmpty { rows[index].meaning += (language == .zh ? "、" : ", ") + row.meaning }
      } else {
        rows.append(row)
      }
    }
    self.rows = rows
  }

  private static let errors: [APIError] =
    WeixinFault.knownCodes.flatMap { code, errorClass in
      // The same code is another error where the token comes from.
      let endpoints: [WeixinFault.Endpoint] =
        switch errorClass {
        case .staleToken where code == 40_001: [.token, .hourly]
        default: [.hourly]
        }
      return endpoints.map { APIError.weixin(WeixinFault(endpoint: $0, code: code, message: "")) }
    } + [
      .timedOut(seconds: 10), .unreachable(host: "api.weixin.qq.com", cause: "…"),
      .tokenSource(cause: "…"), .noToken(cause: "…"),
      .tls(host: "api.weixin.qq.com", cause: "…"), .noLibrary(name: "libcurl", cause: "…"),
      .http(status: 502), .http(status: 403), .redirected(status: 302),
      .empty, .truncated, .notJSON(start: "…"), .tooLarge(limit: 1 << 20), .unexpected(key: "…"), .absurdTotal,
    ]
}

extension ErrorTable.Row {
  fileprivate init(_ error: APIError, _ language: Language) {
    let explanation = Explanation(error, language)
    var headline = explanation.headline
    codes = []
    if case .weixin(let fault) = error {
      codes = [fault.code]
      // `40164: …` in English, `40164：…` in Chinese.
      headline = String(headline.dropFirst("\(fault.code)".count + 1).trimmingPrefix(" "))
    }
    meaning = headline
    reaction = error.retryRule.words(language)
    remedy = explanation.remedy
  }

  /// Whether the same is to be said of both: of codes all but the code, of anything else what is done about it.
  fileprivate func isSame(as other: Self) -> Bool {
    codes.isEmpty == other.codes.isEmpty && reaction == other.reaction && remedy == other.remedy
      && (codes.isEmpty || meaning == other.meaning)
  }
}

extension ErrorTable {
  /// A table in Markdown.
  public func markdown(_ language: Language) -> String {
    let header = language == .zh ? "| 错误码 | 含义 | wxtop | 谁要做什么 |" : "| code | means | wxtop | who must do what |"
    let lines = rows.map { row in
      "| \(codes(of: row, language)) | \(row.meaning) | \(row.reaction) | \(row.remedy.isEmpty ? "–" : row.remedy) |"
    }
    return ([header, "|---|---|---|---|"] + lines).joined(separator: "\n") + "\n"
  }

  /// Paragraphs for a terminal.
  public func text(_ language: Language) -> String {
    rows.map { row in
      var text = row.codes.isEmpty ? "" : codes(of: row, language) + "  "
      text += "\(row.meaning)\n    wxtop \(row.reaction)\n"
      return row.remedy.isEmpty ? text : text + "    \(row.remedy)\n"
    }.joined()
  }

  private func codes(of row: Row, _ language: Language) -> String {
    row.codes.isEmpty ? "–" : row.codes.map(String.init).joined(separator: language == .zh ? "、" : ", ")
  }
}
