import ArgumentParser
public import Dashboard

/// Options that every command on an account takes.
struct AccountOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Which configured account.", valueName: "name"))
  var account: String?

  @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
  var config: String?

  @Option(help: ArgumentHelp("The archive file.", valueName: "file"))
  var archive: String?

  @Option(help: ArgumentHelp("The API's address instead of https://api.weixin.qq.com.", valueName: "url"))
  var apiBase: String?

  @Flag(help: "No network: only what the archive holds.")
  var offline = false

  @Flag(help: "Reports fail at once, also by what passes within seconds.")
  var noRetry = false

  @Option(help: "The language: en or zh. Default from LC_ALL, LC_MESSAGES, LANG.")
  var lang: Language?

  @Option(help: ArgumentHelp("Seconds for one call to Weixin.", valueName: "seconds", visibility: .hidden))
  var deadline = AccountChoice.usualDeadline

  func validate() throws {
    guard (1...600).contains(deadline) else { throw ValidationError("--deadline must be from 1 to 600.") }
    for (name, value) in [("account", account), ("config", config), ("archive", archive), ("api-base", apiBase)]
    where value?.isEmpty == true {
      throw ValidationError("--\(name) is empty; give a value, or leave it out.")
    }
  }

  func choice(_ surroundings: Surroundings, interval: Int? = nil) -> AccountChoice {
    AccountChoice(
      account: account, config: config, archive: archive, apiBase: apiBase, offline: offline, lang: lang,
      interval: interval, deadline: deadline, retries: noRetry ? .none : PassingFaults(), surroundings: surroundings)
  }
}

/// A command of wxtop, which is given what it has from outside.
protocol Command: ParsableCommand {
  func run(in surroundings: Surroundings) async throws
}

/// A command on an account.
protocol AccountCommand: Command {
  var options: AccountOptions { get }
}

extension Language: Choice {}

/// How a report is written.
enum ReportFormat: String, Choice {
  case text, json, csv
}
