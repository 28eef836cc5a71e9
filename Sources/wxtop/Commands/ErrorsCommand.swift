import ArgumentParser
import Dashboard

/// `wxtop errors`: every error that has a sentence. The README's table is this command's output.
struct ErrorsCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "errors", abstract: "Weixin's error codes: what they mean, and what is done about them.",
    shouldDisplay: false)

  @Option(help: "text or markdown.")
  var format: TableFormat = .text

  @Option(help: "The language: en or zh. Default from LC_ALL, LC_MESSAGES, LANG.")
  var lang: Language?

  enum TableFormat: String, Choice { case text, markdown }

  func run(in surroundings: Surroundings) throws {
    let language = surroundings.language(lang)
    let table = ErrorTable(language)
    try surroundings.output.write(format == .markdown ? table.markdown(language) : table.text(language))
  }
}
