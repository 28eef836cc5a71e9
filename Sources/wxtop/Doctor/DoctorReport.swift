import Dashboard
import Glibc
import TerminalScreen
import WeixinModel

/// Doctor's findings in words and for programs, with a summary for a ticket. Holds no secret: none of its parts does.
struct DoctorReport {
  let doctor: Doctor
  private var language: Language { doctor.language }

  init(_ doctor: Doctor) {
    self.doctor = doctor
  }

  var text: String {
    let outcomeWidth = Finding.Outcome.allCases.map { DisplayWidth.of($0.name(language)) }.max() ?? 0
    let checkWidth = Check.allCases.map { DisplayWidth.of($0.name(language)) }.max() ?? 0
    var text = ""
    for finding in doctor.findings {
      text += DisplayWidth.padEnd(finding.outcome.name(language), to: outcomeWidth) + "  "
      text += DisplayWidth.padEnd(finding.check.name(language), to: checkWidth) + "  "
      text += finding.detail + "\n"
      if finding.outcome != .ok, !finding.remedy.isEmpty {
        text += String(repeating: " ", count: outcomeWidth + checkWidth + 4) + finding.remedy + "\n"
      }
    }
    text += "\n" + (language == .zh ? "可贴入工单的摘要（不含密钥）：" : "For a ticket; it holds no secret:") + "\n"
    text += "  wxtop \(Version.text), \(Self.system)\n"
    if !doctor.address.isEmpty {
      text += "  \(doctor.address)" + (doctor.shortAppID.isEmpty ? "" : ", appid \(doctor.shortAppID)…") + "\n"
    }
    text += "  " + Finding.Outcome.allCases.map { "\(count($0)) \($0.rawValue)" }.joined(separator: ", ") + "\n"
    for finding in doctor.findings where finding.outcome == .fail || finding.outcome == .warning {
      text += "  \(finding.outcome.rawValue): \(finding.check.rawValue): \(finding.detail)\n"
    }
    return text
  }

  /// One object: `checks`, each with the same four keys, and `summary`. The names never change, whatever the language.
  var json: String {
    let checks = doctor.findings.map { finding in
      "    {\"check\":\(JSONText.quoted(finding.check.rawValue)),\"result\":\(JSONText.quoted(finding.outcome.rawValue)),"
        + "\"detail\":\(JSONText.quoted(finding.detail)),\"remedy\":\(JSONText.quoted(finding.remedy))}"
    }
    let counts = Finding.Outcome.allCases.map { "\"\($0.rawValue)\":\(count($0))" }.joined(separator: ",")
    return "{\n  \"checks\":[\n\(checks.joined(separator: ",\n"))\n  ],\n  \"summary\":{\"version\":"
      + "\(JSONText.quoted(Version.text)),\"system\":\(JSONText.quoted(Self.system)),\"api\":"
      + "\(JSONText.quoted(doctor.address)),\"appid\":\(JSONText.quoted(doctor.shortAppID)),\(counts)}\n}\n"
  }

  /// 0, or what the first failure stands for.
  var exitStatus: Int32 { doctor.findings.first { $0.outcome == .fail }?.status ?? 0 }

  private func count(_ outcome: Finding.Outcome) -> Int { doctor.findings.count { $0.outcome == outcome } }

  /// Kernel and processor.
  private static let system: String = {
    var facts = utsname()
    guard uname(&facts) == 0 else { return "Linux" }
    func text<Characters>(_ characters: Characters) -> String {
      withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
    return "\(text(facts.sysname)) \(text(facts.release)) \(text(facts.machine))".cleaned(limit: 100)
  }()
}
