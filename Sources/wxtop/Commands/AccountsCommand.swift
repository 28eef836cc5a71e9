import ArgumentParser
import Dashboard

/// `wxtop accounts`: which accounts are configured, without their secrets.
struct AccountsCommand: AccountCommand {
  static let configuration = CommandConfiguration(
    commandName: "accounts",
    abstract: "The configured accounts, without secrets; > marks the one that is shown unless another is named.")

  @Option(help: "text or json.")
  var format: ListFormat = .text

  @OptionGroup var options: AccountOptions

  func run(in surroundings: Surroundings) async throws {
    let choice = options.choice(surroundings)
    let configuration = try choice.configuration()
    let accounts = try await choice.lookup(configuration).all()
    let shown = try await choice.entry(configuration)
    let rows = accounts.map { entry in
      AccountRow(
        entry, address: choice.addressOverride ?? entry.address,
        isShown: entry.isFromEnvironment == shown.isFromEnvironment
          && (entry.name == shown.name || entry.isFromEnvironment))
    }
    let language = choice.language(configuration)
    for broken in configuration?.broken ?? [] {
      surroundings.say(Fleet.unwatched(broken.name, broken.failure.sentence(language) ?? "", language))
    }
    try surroundings.output.write(
      format == .json ? AccountRow.json(rows) : AccountRow.table(rows, language), isUTF8: format == .json)
  }
}
