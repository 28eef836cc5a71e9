import Dashboard
import WeixinModel

/// One poll of the mass-send speed in words or for programs.
enum SpeedReport {
  static let csvHeader = "account,speed,realspeed,nominal,unit,at\n"

  static func text(_ speed: MassSendSpeed, account: Account, at: Timestamp, language: Language, isASCII: Bool)
    -> String
  {
    let numerals = Numerals(language, isASCII: isASCII)
    var line = "\(account.title.isEmpty ? account.name : account.title)  L\(speed.level)  "
    line += numerals.speed(speed.realspeed)
    if let nominal = speed.nominal {
      let words = "\(Phrase.nominal.text(language)) \(numerals.speed(nominal))"
      line += speed.isOffNominal ? "  \(isASCII ? "!=" : "≠") \(words)" : "  (\(words))"
    }
    return line + "  \(at.rfc3339)\n"
  }

  static func json(_ speed: MassSendSpeed, account: Account, at: Timestamp) -> String {
    "{\"account\":\(JSONText.quoted(account.name)),\"speed\":\(speed.level),\"realspeed\":\(speed.realspeed),"
      + "\"nominal\":\(speed.nominal.map(String.init) ?? "null"),\"unit\":\"10000/min\",\"at\":\"\(at.rfc3339)\"}\n"
  }

  static func csv(_ speed: MassSendSpeed, account: Account, at: Timestamp) -> String {
    "\(CSVText.quoted(account.name)),\(speed.level),\(speed.realspeed),\(speed.nominal.map(String.init) ?? ""),10000/min,\(at.rfc3339)\n"
  }
}
