import ArgumentParser
import Dashboard
import MessageArchive
import Monitor
import WeixinAPI
import WeixinModel

/// `wxtop speed`: the mass-send speed, once or again and again.
struct SpeedCommand: AccountCommand {
  static let configuration = CommandConfiguration(
    commandName: "speed",
    abstract: "The mass-send speed: level, real speed, nominal speed of the level, when.")

  @OptionGroup var options: AccountOptions

  @Flag(help: "Poll again and again; a line for each poll.")
  var watch = false

  @Option(help: ArgumentHelp("Seconds between polls with --watch.", valueName: "seconds"))
  var interval: Int?

  @Option(help: "text, json or csv.")
  var format: ReportFormat = .text

  @Flag(name: .customLong("bom"), help: "Begin CSV with a byte order mark, by which spreadsheets know UTF-8.")
  var hasMark = false

  func validate() throws {
    if hasMark, format != .csv { throw ValidationError("--bom goes with --format csv.") }
    try PollOptions.validate(interval: interval)
  }

  func run(in surroundings: Surroundings) async throws {
    let surroundings = watch ? surroundings.queued(options.choice(surroundings).language) : surroundings
    let choice = options.choice(surroundings, interval: interval)
    let configuration = try choice.configuration()
    let setup = try await choice.setup(configuration)
    if watch, choice.offline {
      throw CommandFailure.usage(
        choice.language == .zh
          ? "--watch 需要网络，不能与 --offline 同用。" : "--watch needs the network; --offline does not go with it.")
    }
    let seconds = choice.interval(configuration)
    try await Session.with(
      setup, archivePath: choice.archivePath(setup), isOffline: choice.offline,
      deadline: choice.deadline, error: surroundings.error
    ) { session in
      session.reportArchiveFault(choice.language)
      if format == .csv {
        try surroundings.output.write((hasMark ? CSVText.byteOrderMark : "") + SpeedReport.csvHeader)
      }
      try await withSignals(surroundings) {
        var hasSaid = false
        repeat {
          // The budget may have stretched the interval since the last poll.
          let stretched = session.ledger.budget.interval(wished: seconds, at: Timestamp.now) ?? seconds
          let pause = try await poll(session, choice, maxGap: MonitorSettings.maxGap(interval: stretched))
          guard watch else { return }
          if pause == 0 { await session.askQuota(of: .speed) }
          // The interval is a wish, the budget wins.
          guard let interval = session.ledger.budget.interval(wished: seconds, at: Timestamp.now) else {
            throw CommandFailure.api(.overBudget(.speed))
          }
          if interval > seconds, pause == 0, !hasSaid {
            hasSaid = true
            let time = Numerals(choice.language).duration(seconds: interval)
            surroundings.say(Phrase.stretched(time).text(choice.language))
          }
          try await Task.sleep(for: .seconds(max(interval, pause)))
        } while true
      }
    }
  }

  /// Asks and prints once; returns the seconds that must pass at least before the next poll.
  private func poll(_ session: Session, _ choice: AccountChoice, maxGap: Int) async throws -> Int {
    if session.isOffline {
      // What was seen last, with the moment at which it was seen.
      let kept = try session.reading { archive throws(ArchiveFault) in
        try archive.latestSpeed(session.archiveKey)
      }
      guard let seen = kept else {
        throw CommandFailure.api(.offline)
      }
      try write(seen.speed, session.setup.account, at: seen.to, choice)
      return 0
    }
    let speed: MassSendSpeed
    // A watcher comes again by itself.
    let retries = watch ? PassingFaults.none : choice.retries
    do {
      speed = try await retries.trying { try await session.client.massSendSpeed() }
    } catch let error as APIError {
      // A watcher outlives a fault that passes; one that needs a person, another token or another day ends it.
      guard watch else {
        throw retries.isSilent(on: error) ? CommandFailure.api(error) : CommandFailure.givenUp(error)
      }
      switch error.retryRule {
      case .backOff(let seconds, _), .pause(let seconds):
        choice.surroundings.say(Explanation(error, choice.language).what)
        return seconds
      case .freshToken, .nextDay, .whenCounted, .hourly, .never: throw CommandFailure.api(error)
      }
    }
    let (account, now) = (session.setup.account, Timestamp.now)
    await session.save(speed, at: now, maxGap: maxGap)
    session.reportSavingFault(choice.language)
    try write(speed, account, at: now, choice)
    return 0
  }

  private func write(
    _ speed: MassSendSpeed, _ account: Account, at now: Timestamp, _ choice: AccountChoice
  ) throws(CommandFailure) {
    let output = choice.surroundings.output
    switch format {
    case .text:
      try output.write(
        SpeedReport.text(
          speed, account: account, at: now, language: choice.language, isASCII: !choice.environment.isUnicode))
    case .json: try output.write(SpeedReport.json(speed, account: account, at: now), isUTF8: true)
    case .csv: try output.write(SpeedReport.csv(speed, account: account, at: now))
    }
  }
}
