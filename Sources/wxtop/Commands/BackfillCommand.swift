import ArgumentParser
import Dashboard
import MessageArchive
import Monitor
import Synchronization
import WeixinModel

/// `wxtop backfill`: fetches the days that the archive lacks.
struct BackfillCommand: AccountCommand {
  static let configuration = CommandConfiguration(
    commandName: "backfill",
    abstract: "Fetches the days that the archive lacks, newest first.",
    discussion: """
      ^C is safe at any moment: every day is kept as it comes, and the next run goes on from there. wxtop spends at most \
      half of the calls that the account has left today.
      """)

  @Option(
    name: .customLong("from"), parsing: .unconditional,
    help: ArgumentHelp("The first day; 2014-12-01 unless given.", valueName: "date"))
  var firstDate: String?

  @Option(
    name: .customLong("to"), parsing: .unconditional,
    help: ArgumentHelp("The last day; the newest published one unless given.", valueName: "date"))
  var lastDate: String?

  @Option(help: ArgumentHelp("Calls at a time, 1 to 8.", valueName: "number"))
  var atOnce = 4

  @Option(help: ArgumentHelp("Calls that begin in a second, at most.", valueName: "number"))
  var rate = 5.0

  @OptionGroup var options: AccountOptions

  func validate() throws {
    guard (1...Backfill.mostAtOnce).contains(atOnce) else {
      throw ValidationError("--at-once must be from 1 to \(Backfill.mostAtOnce).")
    }
    guard rate > 0, rate <= 1_000 else { throw ValidationError("--rate must be above 0 and at most 1000.") }
    if options.offline { throw ValidationError("A backfill needs the network; --offline does not go with it.") }
  }

  func run(in surroundings: Surroundings) async throws {
    let choice = options.choice(surroundings)
    let now = Timestamp.now
    let last = lastDate == nil ? "\(Publication.newestOpen(at: now))" : nil
    let range = try DayRange(
      date: nil, from: firstDate ?? "\(BeijingDay.firstKept)", to: lastDate ?? last, days: nil, now: now
    ).resolved
    let setup = try await choice.setup(try choice.configuration())
    guard let path = choice.archivePath(setup) else {
      throw CommandFailure.usage(CommandFailure.whoseHistory(choice.language))
    }
    try await Session.with(
      setup, archivePath: path, isOffline: false, deadline: choice.deadline, error: surroundings.error
    ) {
      session in
      // Without a place to keep days there is nothing to do.
      if let fault = session.archiveFault, session.archive.isInMemory {
        throw CommandFailure.archive(fault, path: path)
      }
      session.reportArchiveFault(choice.language)
      try await withSignals(surroundings) { try await backfill(range, session, path, choice) }
    }
  }

  private func backfill(
    _ range: ClosedRange<BeijingDay>, _ session: Session, _ path: String, _ choice: AccountChoice
  ) async throws {
    await session.askQuota(of: .hourly)
    let backfill = Backfill(fetcher: session.fetcher, ledger: session.ledger, atOnce: atOnce, perSecond: rate)
    let language = choice.language
    let meter = ProgressLine(choice.surroundings.error)
    let newest = Mutex<BackfillProgress?>(nil)
    let end: BackfillEnd
    let progress: BackfillProgress
    do {
      (end, progress) = try await backfill.run(range) { progress in
        newest.withLock { $0 = progress }
        meter.show(isLast: progress.left == 0) { BackfillReport.line(progress, language) }
      }
    } catch let fault as ArchiveFault {
      meter.end()
      throw CommandFailure.archive(fault, path: path)
    } catch {
      meter.end()
      if let progress = newest.withLock(\.self) {
        choice.surroundings.say(BackfillReport.summary(progress, language))
      }
      throw error
    }
    meter.end()
    if end != .busy { try choice.surroundings.output.write(BackfillReport.summary(progress, language) + "\n") }
    switch end {
    case .finished:
      guard let error = progress.firstError else { return }
      choice.surroundings.say(BackfillReport.missed(progress, error, language))
      throw CommandFailure.daysMissing(first: error)
    case .overBudget: throw CommandFailure.api(.overBudget(.hourly))
    case .busy: throw CommandFailure.backfillBusy
    case .failed(let error): throw CommandFailure.api(error)
    case .archive(let fault): throw CommandFailure.archive(fault, path: path)
    }
  }
}
