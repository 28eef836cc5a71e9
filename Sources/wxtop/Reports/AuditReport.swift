import Dashboard
import WeixinAPI
import WeixinModel

/// The calls that can be made, as a list for people who have to allow them.
struct AuditReport {
  let language: Language
  private var rows: [(method: String, url: String, endpoint: WeixinFault.Endpoint)] = []

  init(language: Language) {
    self.language = language
  }

  /// What is never called, whatever is configured.
  static let never = ["force_refresh=true", "/cgi-bin/message/mass/speed/set", "/cgi-bin/clear_quota"]

  /// Adds all calls to a server. Without a token, as in the cloud call, only those that it has.
  mutating func add(_ server: WeixinServer) {
    for endpoint in WeixinFault.Endpoint.allCases
    where server.address != CloudCall.address || CloudCall.has(endpoint) {
      rows.append((endpoint.method, server.url(of: endpoint).withoutLogin, endpoint))
    }
  }

  var text: String {
    let lines = rows.map { [$0.method, $0.url, Self.purpose(of: $0.endpoint, language)] }
    let never = Self.never.joined(separator: language == .zh ? "、" : ", ")
    return TextTable.lines(lines) + "\n"
      + (language == .zh
        ? "从不调用：\(never)（setSpeed、清零额度）；从不跟随重定向。\n"
        : "Never called: \(never) (setSpeed, clearing quotas). No redirect is followed.\n")
      + "\n" + Phrase.said(en: "Guaranteed, each by the tests named:", zh: "以下各项均由所列测试保证：").text(language) + "\n"
      + Guarantee.all.map { guarantee in
        "  \(guarantee.promise.text(language))\n" + guarantee.tests.map { "      \($0)\n" }.joined()
      }.joined()
  }

  /// An object: `calls`, each with method, url and purpose, `never`, and `guarantees`, each with its tests.
  var json: String {
    let calls = rows.map { row in
      "    {\"method\":\(JSONText.quoted(row.method)),\"url\":\(JSONText.quoted(row.url)),"
        + "\"call\":\(JSONText.quoted(row.endpoint.rawValue)),"
        + "\"purpose\":\(JSONText.quoted(Self.purpose(of: row.endpoint, language)))}"
    }
    return "{\n  \"calls\":[\n\(calls.joined(separator: ",\n"))\n  ],\n  \"never\":["
      + Self.never.map(JSONText.quoted).joined(separator: ",") + "],\n  \"guarantees\":[\n"
      + guarantees.joined(separator: ",\n") + "\n  ]\n}\n"
  }

  private var guarantees: [String] {
    Guarantee.all.map { guarantee in
      "    {\"guarantee\":\(JSONText.quoted(guarantee.promise.text(language))),\"tests\":["
        + guarantee.tests.map(JSONText.quoted).joined(separator: ",") + "]}"
    }
  }

  private static func purpose(of endpoint: WeixinFault.Endpoint, _ language: Language) -> String {
    switch (endpoint, language) {
    case (.token, .en): "an access token, with force_refresh false; disturbs no other program"
    case (.token, .zh): "取 access_token，force_refresh 为 false，不影响其他程序"
    case (.classicToken, .en): "an access token, only with token: classic; ends the life of the one before"
    case (.classicToken, .zh): "取 access_token，仅在 token: classic 时，会使上一个失效"
    case (.speed, .en): "reads the mass-send speed"
    case (.speed, .zh): "读取群发速度"
    case (.hourly, .en): "reads the messages of one day by hour"
    case (.hourly, .zh): "读取一天的分时消息"
    case (.quota, .en): "reads how many calls are left today"
    case (.quota, .zh): "读取今日剩余调用次数"
    }
  }
}
