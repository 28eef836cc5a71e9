import ArgumentParser
import Dashboard
import MessageArchive
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

  func validate() throws {
    if let interval, interval < 5 { throw ValidationError("--interval must be 5 seconds or more.") }
  }

  func run() async throws {
    let configuration = try options.choice.configuration()
    let setup = try options.choice.setup(configuration)
    if watch, options.choice.offline {
      throw CommandFailure.usage(
        options.language == .zh
          ? "--watch 需要网络，不能与 --offline 同用。" : "--watch needs the network; --offline does not go with it.")
    }
    let seconds = interval ?? configuration?.interval ?? 120
    try await Session.with(setup, archivePath: options.choice.archivePath(setup), isOffline: options.choice.offline) {
      session in
      session.reportArchiveFault(options.language)
      if format == .csv { try StandardOutput.write(SpeedReport.csvHeader) }
      try await withSignals {
        repeat {
          try await poll(session, maxGap: max(300, seconds * 5 / 2))
          if watch { try await Task.sleep(for: .seconds(seconds)) }
        } while watch
      }
    }
  }

  private func poll(_ session: Session, maxGap: Int) async throws {
    if session.isOffline {
      // What was seen last, with the moment at which it was seen.
      guard let seen = try? session.archive.latestSpeed(session.archiveKey) else {
        throw CommandFailure.api(.offline)
      }
      try write(seen.speed, session.setup.account, at: seen.to)
      return
    }
    let speed: MassSendSpeed
    do {
      speed = try await session.client.massSendSpeed()
    } catch let error as APIError {
      // A watcher outlives a fault that passes; one that needs a person ends it.
      guard watch, error.errorClass == .transient || error.errorClass == .minuteQuota else {
        throw CommandFailure.api(error)
      }
      StandardError.write("wxtop: \(Explanation(error, options.choice.language).what)")
      return
    }
    let (account, now) = (session.setup.account, Timestamp.now)
    await session.save(speed, at: now, maxGap: maxGap)
    session.reportSavingFault(options.language)
    try write(speed, account, at: now)
  }

  private func write(_ speed: MassSendSpeed, _ account: Account, at now: Timestamp) throws(CommandFailure) {
    switch format {
    case .text:
      let isASCII = !Environment.process.isUnicode
      try StandardOutput.write(
        SpeedReport.text(
          speed, account: account, at: now, language: isASCII ? options.lang ?? .en : options.language,
          isASCII: isASCII))
    case .json: try StandardOutput.write(SpeedReport.json(speed, account: account, at: now))
    case .csv: try StandardOutput.write(SpeedReport.csv(speed, account: account, at: now))
    }
  }
}
