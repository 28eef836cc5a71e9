import ArgumentParser
import Dashboard
import Glibc
import MessageArchive
import WeixinModel

/// `wxtop alerts`: the alerts that are not over, as the archive has them, and a made one through the command.
struct AlertsCommand: AccountCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts", abstract: "The open alerts, those that somebody must act on first; makes no call.",
    discussion: "Ends with 1 if one of them needs a person, else with 0, so that scripts can ask.")

  @Option(help: "text or json.")
  var format: ListFormat = .text

  @Flag(help: "Hand a made alert to the configured command, and say how that went.")
  var test = false

  @OptionGroup var options: AccountOptions

  func run(in surroundings: Surroundings) async throws {
    let choice = options.choice(surroundings)
    let configuration = try choice.configuration()
    let language = choice.language(configuration)
    if test {
      try await sendTest(configuration, choice, language)
      return
    }
    let alerts = try open(choice)
    // Alerts of an account that is no longer configured are found by its name; a name that nobody has is a slip.
    if options.account != nil, alerts.isEmpty { _ = try await choice.entry(configuration) }
    let text = format == .json ? AlertsReport.json(alerts, language) : AlertsReport.text(alerts, language)
    try surroundings.output.write(text)
    if alerts.contains(where: \.needsPerson) { throw CommandFailure.foundWrong(status: 1) }
  }

  private func open(_ choice: AccountChoice) throws(CommandFailure) -> [Alert] {
    let path = choice.archivePath(key: "")
    guard let path else { return [] }
    // Where nothing has been watched yet, nothing is wrong; and a question makes no file.
    if !choice.namesArchive, access(path, F_OK) != 0, errno == ENOENT { return [] }
    do throws(ArchiveFault) {
      // Of an archive of which a part is lost nobody can say that no alert is open.
      try MessageArchive.examine(at: path)
      let alerts = try MessageArchive.open(at: path, makesFile: false).archive.openAlerts()
      return alerts.filter { options.account == nil || $0.account.name == options.account }.mostUrgentFirst
    } catch {
      throw .archive(error, path: path)
    }
  }

  private func sendTest(_ configuration: Configuration?, _ choice: AccountChoice, _ language: Language) async throws {
    guard let command = configuration?.alerts.command else {
      throw CommandFailure.usage(
        Phrase.said(
          en: "No alert command is configured. Give one: alerts: {command: [program, argument]}",
          zh: "尚未配置告警命令，请写 alerts: {command: [程序, 参数]}"
        ).text(language))
    }
    let name = options.account ?? configuration?.accounts.first?.name ?? "test"
    let alert = AlertsReport.made(Account(name: name), at: Timestamp.now)
    do throws(CommandFault) {
      try await command.take(AlertJSON.test(alert, language), environment: choice.environment)
    } catch {
      choice.surroundings.say(error.words(language))
      throw CommandFailure.foundWrong(status: 69)
    }
    let done = Phrase.said(
      en: "The made alert was handed to \(command.name), which ended with 0.", zh: "已将测试告警交给 \(command.name)，其以 0 结束。")
    try choice.surroundings.output.write(done.text(language) + "\n")
  }
}

/// The open alerts as a report.
enum AlertsReport {
  /// For people: when, which account, what, and who must act.
  static func text(_ alerts: [Alert], _ language: Language) -> String {
    if alerts.isEmpty { return Phrase.said(en: "No alert is open.", zh: "没有未结束的告警。").text(language) + "\n" }
    let numerals = Numerals(language)
    return alerts.map { alert in
      let words = AlertWords(alert, numerals)
      let title = alert.account.title.isEmpty ? alert.account.name : "\(alert.account.title) \(alert.account.name)"
      let seen = alert.acknowledgedAt == nil ? "" : Phrase.said(en: " (seen)", zh: "（已确认）").text(language)
      let since = "\(numerals.date(alert.raisedAt.beijingDay)) \(alert.raisedAt.beijingClock)"
      return "\(alert.needsPerson ? "✗" : "·") \(since)  \(title)  \(words.sentence)\(seen)\n    \(words.who)\n"
    }.joined()
  }

  /// An array of the objects that the command gets.
  static func json(_ alerts: [Alert], _ language: Language) -> String {
    alerts.isEmpty ? "[]\n" : "[\n" + alerts.map { AlertJSON.object($0, language) }.joined(separator: ",\n") + "\n]\n"
  }

  /// An alert to try the way to people with.
  static func made(_ account: Account, at now: Timestamp) -> Alert {
    let fault = WeixinFault(endpoint: .token, code: 40_164, message: "invalid ip", address: "203.0.113.7")
    return Alert(account: account, cause: .failing(error: .weixin(fault), since: now), raisedAt: now)
  }
}
