import Dashboard
import WeixinModel

/// An alert as the command gets it: one JSON object on one line. Keys are added, never renamed or taken away.
enum AlertJSON {
  /// The object of an alert, raised or over, on a line of its own.
  static func text(_ alert: Alert, _ language: Language) -> String { object(alert, language) + "\n" }

  /// The object of an alert that was made to try the way to people.
  static func test(_ alert: Alert, _ language: Language) -> String { object(alert, language, isTest: true) + "\n" }

  /// The object without an end of line.
  static func object(_ alert: Alert, _ language: Language, isTest: Bool = false) -> String {
    let words = AlertWords(alert, Numerals(language))
    let mark = isTest ? Phrase.said(en: "TEST ", zh: "【测试】").text(language) : ""
    let pairs: [(String, String)] = [
      ("id", JSONText.quoted(alert.id)),
      ("state", JSONText.quoted(alert.isOpen ? "raised" : "cleared")),
      ("account", JSONText.quoted(alert.account.name)),
      ("title", JSONText.quoted(alert.account.title)),
      ("rule", JSONText.quoted(alert.rule.rawValue)),
      ("severity", JSONText.quoted(alert.severity.rawValue)),
      ("subject", JSONText.quoted(alert.subject)),
      ("summary", JSONText.quoted(mark + words.headline)),
      ("text", JSONText.quoted(mark + words.sentence)),
      ("who", JSONText.quoted(words.who)),
      ("at", JSONText.quoted((alert.clearedAt ?? alert.raisedAt).rfc3339)),
      ("raised_at", JSONText.quoted(alert.raisedAt.rfc3339)),
      ("cleared_at", alert.clearedAt.map { JSONText.quoted($0.rfc3339) } ?? "null"),
      ("acknowledged_at", alert.acknowledgedAt.map { JSONText.quoted($0.rfc3339) } ?? "null"),
      ("numbers", object(numbers(alert).map { ($0, "\($1)") })),
      ("needs_person", alert.needsPerson ? "true" : "false"),
    ]
    return object(pairs + (isTest ? [("test", "true")] : []))
  }

  private static func object(_ pairs: [(String, String)]) -> String {
    "{" + pairs.map { "\(JSONText.quoted($0)):\($1)" }.joined(separator: ",") + "}"
  }

  /// The numbers that raised the alert.
  private static func numbers(_ alert: Alert) -> [(String, Int)] {
    switch alert.cause {
    case .levelChanged(let from, let to):
      [
        ("from_level", from.level), ("from_realspeed", from.realspeed), ("level", to.level),
        ("realspeed", to.realspeed),
      ]
    case .slower(let speed, let limit): [("level", speed.level), ("realspeed", speed.realspeed), ("limit", limit)]
    case .belowNominal(let speed):
      [("level", speed.level), ("realspeed", speed.realspeed)] + (speed.nominal.map { [("nominal", $0)] } ?? [])
    case .unusualDay(_, let count, let usual): [("count", count)] + band(usual)
    case .unusualHour(_, let hour, let count, let usual, let hours):
      [("hour", hour), ("count", count)] + band(usual) + [("unusual_hours", hours)]
    case .unpublished(_, let by): [("by_minute", by)]
    case .failing(let error, let since):
      [("since", since.seconds)] + (error.weixinCode.map { [("errcode", $0)] } ?? [])
    case .quota(_, let quota, let limit):
      [("used", quota.used), ("limit", quota.limit), ("remaining", quota.remaining), ("percent", limit)]
    }
  }

  private static func band(_ usual: Usual) -> [(String, Int)] {
    [("usual", usual.median), ("usual_low", usual.low), ("usual_high", usual.high)]
  }
}

extension APIError {
  /// Weixin's `errcode`, where that is what failed.
  fileprivate var weixinCode: Int? { if case .weixin(let fault) = self { fault.code } else { nil } }
}
