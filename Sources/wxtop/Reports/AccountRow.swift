import Dashboard
import TerminalScreen
import WeixinAPI
import WeixinModel

/// One account as it may be shown to anybody: where its credentials come from, never what they are.
struct AccountRow {
  let isShown: Bool
  let name: String
  let title: String
  let appid: String
  let origin: String
  let token: String
  let address: String
  let proxy: String

  init(_ entry: AccountEntry, address: String, isShown: Bool) {
    self.isShown = isShown
    name = entry.name
    title = entry.title
    appid = (entry.appid ?? "").cleaned(limit: 40)
    origin = entry.origin.cleaned()
    token =
      switch entry.credential {
      case .secret, .secretFile, .secretCommand: entry.call.rawValue
      case .token, .tokenFile, .tokenCommand, .listed: "ready"
      case .cloud: "cloud"
      }
    self.address = address.withoutLogin
    proxy = (entry.proxy ?? "").withoutLogin
  }

  static func table(_ rows: [AccountRow], _ language: Language) -> String {
    let head =
      language == .zh
      ? ["", "账号", "名称", "AppID", "凭据来源", "令牌", "接口地址", "代理"]
      : ["", "account", "title", "appid", "credentials from", "token", "api_base", "proxy"]
    let body = rows.map { row in
      [row.isShown ? ">" : "", row.name, row.title, row.appid, row.origin, row.token, row.address, row.proxy]
    }
    return TextTable.lines([head] + body)
  }

  /// An array of objects; an absent text is null.
  static func json(_ rows: [AccountRow]) -> String {
    func text(_ text: String) -> String { text.isEmpty ? "null" : JSONText.quoted(text) }
    let objects = rows.map { row in
      "  {\"account\":\(text(row.name)),\"title\":\(text(row.title)),\"appid\":\(text(row.appid)),"
        + "\"credentials\":\(text(row.origin)),\"token\":\(text(row.token)),\"api_base\":\(text(row.address)),"
        + "\"proxy\":\(text(row.proxy)),\"shown\":\(row.isShown)}"
    }
    return objects.isEmpty ? "[]\n" : "[\n\(objects.joined(separator: ",\n"))\n]\n"
  }
}

/// Columns as wide as their widest text, two columns apart.
enum TextTable {
  static func lines(_ rows: [[String]]) -> String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { column < $0.count ? DisplayWidth.of($0[column]) : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (text, width) in zip(row, widths) where width > 0 {
        line += DisplayWidth.padEnd(text, to: width) + "  "
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}
