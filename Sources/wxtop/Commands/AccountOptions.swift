public import ArgumentParser
public import Dashboard
import WeixinModel

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

  @Option(help: "The language: en or zh. Default from LC_ALL, LC_MESSAGES, LANG.")
  var lang: Language?

  func validate() throws {
    for (name, value) in [("account", account), ("config", config), ("archive", archive), ("api-base", apiBase)]
    where value?.isEmpty == true {
      throw ValidationError("--\(name) is empty; give a value, or leave it out.")
    }
  }

  var language: Language { lang ?? Language(environment: Environment.process.variables) }

  /// The configuration file's content; a file that was named must exist.
  func configuration() throws(CommandFailure) -> Configuration? {
    guard let file = config ?? Environment.process.configurationFile else { return nil }
    let configuration = try ConfigurationReader(file: file).read()
    if configuration == nil, config != nil || Environment.process["WXTOP_CONFIG"] != nil {
      throw .configuration(file: file, line: nil, problem: "there is no such file.")
    }
    return configuration
  }

  func setup(_ configuration: Configuration?) throws(CommandFailure) -> AccountSetup {
    try AccountSetup.find(
      named: account, apiBase: apiBase, environment: .process, configuration: configuration)
  }

  /// The archive's path; nil when there is no place for one, or a bare token does not say whose history it would be.
  func archivePath(_ setup: AccountSetup) -> String? {
    if let archive { return archive }
    if let path = Environment.process["WXTOP_ARCHIVE"] { return path }
    return setup.archiveKey == nil ? nil : Environment.process.archiveFile
  }
}

/// A command on an account.
protocol AccountCommand: AsyncParsableCommand {
  var options: AccountOptions { get }
}

extension Language: ExpressibleByArgument {}

/// How a report is written.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, csv
}
