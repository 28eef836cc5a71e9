import ArgumentParser
import Dashboard

/// `wxtop keys`: the keys as they are configured, with the names of their actions. The README's table is its output.
struct KeysCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "The dashboard's keys, and the names of what they do.",
    discussion: """
      The names are what the command line (:) takes, and what a key is given to in the configuration:
        keys: {preset: htop, next-unusual: [n, F3], quit: [Q, ^C]}
      """)

  @Option(help: "text or markdown.")
  var format: ErrorsCommand.TableFormat = .text

  @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
  var config: String?

  @Option(help: "The language: en or zh. Default from LC_ALL, LC_MESSAGES, LANG.")
  var lang: Language?

  func run(in surroundings: Surroundings) throws {
    let language = surroundings.language(lang)
    let configuration = try AccountChoice(config: config, surroundings: surroundings).configuration()
    let table = KeyTable(configuration?.keys ?? .standard, language)
    try surroundings.output.write(format == .markdown ? table.markdown(language) : table.text())
  }
}
