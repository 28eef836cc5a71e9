import ArgumentParser
import Dashboard
import MessageArchive
import WeixinModel

/// `wxtop export`: what the archive holds, without the network.
struct ExportCommand: AccountCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "What the archive holds, without the network.",
    discussion: "Writes one day at a time, so that eleven years need no more memory than one day.")

  enum Format: String, ExpressibleByArgument, CaseIterable { case csv, json, openmetrics }

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

  @OptionGroup var options: AccountOptions

  func run() async throws {
    let range = try DayRange(
      date: nil, from: firstDate ?? "\(BeijingDay.firstKept)", to: lastDate, days: nil, now: Timestamp.now
    ).resolved
    let setup = try options.choice.setup(try options.choice.configuration())
    let path = options.choice.archivePath(setup)
    try await Session.with(setup, archivePath: path, isOffline: true) { session in
      if let fault = session.archiveFault { throw CommandFailure.archive(fault, path: path ?? "") }
      try await withSignals {
        do {
          try write(range, session)
        } catch let fault as ArchiveFault {
          throw CommandFailure.archive(fault, path: path ?? "")
        }
      }
    }
  }

  private func write(_ range: ClosedRange<BeijingDay>, _ session: Session) throws {
    switch format {
    case .csv, .json:
      var writer = HourlyWriter(format: format == .csv ? .csv : .json, language: options.language)
      try session.archive.forEachRecord(session.archiveKey, days: range) { try writer.write($0) }
      try writer.finish()
    case .openmetrics:
      var writer = OpenMetricsWriter(account: session.setup.account)
      try session.archive.forEachRecord(session.archiveKey, days: range) { try writer.write($0) }
      try writer.finish()
    }
  }
}
