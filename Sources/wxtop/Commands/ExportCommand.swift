import ArgumentParser
import Dashboard
import MessageArchive
import WeixinModel

/// `wxtop export`: what the archive holds, without the network.
struct ExportCommand: AccountCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "What the archive holds, without the network.",
    discussion: "Writes one day at a time, so that eleven years need no more memory than one day.")

  enum Format: String, Choice { case csv, json, openmetrics }

  @Option(help: "csv, json or openmetrics.")
  var format: Format = .csv

  @Option(
    name: .customLong("from"), parsing: .unconditional,
    help: ArgumentHelp("The first day; the first kept one unless given.", valueName: "date"))
  var firstDate: String?

  @Option(
    name: .customLong("to"), parsing: .unconditional,
    help: ArgumentHelp("The last day; the newest kept one unless given.", valueName: "date"))
  var lastDate: String?

  @Flag(name: .customLong("bom"), help: "Begin CSV with a byte order mark, by which spreadsheets know UTF-8.")
  var hasMark = false

  @OptionGroup var options: AccountOptions

  func validate() throws {
    if hasMark, format != .csv { throw ValidationError("--bom goes with --format csv.") }
  }

  func run(in surroundings: Surroundings) async throws {
    let choice = options.choice(surroundings)
    let range = try DayRange(
      date: nil, from: firstDate ?? "\(BeijingDay.firstKept)", to: lastDate, days: nil, now: Timestamp.now
    ).resolved
    // Neither secret nor token is needed, so none is read.
    let entry = try await choice.entry(try choice.configuration())
    let key = entry.archiveKey
    guard let path = choice.archivePath(key: key) else {
      throw CommandFailure.usage(CommandFailure.whoseHistory(choice.language))
    }
    do {
      let archive = try MessageArchive.open(at: path, makesFile: false).archive
      try await withSignals(surroundings) {
        try write(range, archive, key ?? entry.name, Account(name: entry.name, title: entry.title), choice)
      }
    } catch let fault as ArchiveFault {
      throw CommandFailure.archive(fault, path: path)
    }
  }

  private func write(
    _ range: ClosedRange<BeijingDay>, _ archive: MessageArchive, _ key: String, _ account: Account,
    _ choice: AccountChoice
  ) throws {
    switch format {
    case .csv, .json:
      var writer = HourlyWriter(
        choice.surroundings, format: format == .csv ? .csv : .json, language: choice.language, hasMark: hasMark)
      try archive.forEachRecord(key, days: range) { try writer.write($0) }
      try writer.finish()
    case .openmetrics:
      var writer = OpenMetricsWriter(choice.surroundings.output, account: account)
      try archive.forEachRecord(key, days: range) { try writer.write($0) }
      try writer.finish()
    }
  }
}
