import ArgumentParser
import Dashboard
import Monitor
import WeixinModel

/// `wxtop monitor`: all accounts watched without a screen.
struct MonitorCommand: AccountCommand {
  static let configuration = CommandConfiguration(
    commandName: "monitor", abstract: "Watch all configured accounts without a screen, until stopped.",
    discussion: """
      It polls, fetches, alerts and keeps everything in the archive, and says on stdout what happens: changes of the \
      mass-send speed, revised days, failures. A dashboard beside it shows what it keeps and makes no call of its own. \
      SIGHUP, or a change of the files, lets it read the configuration anew. SIGTERM and ^C end it with status 0.
      """)

  @OptionGroup var polls: PollOptions

  @Flag(help: "Print a hardened systemd unit and exit.")
  var systemdUnit = false

  @OptionGroup var options: AccountOptions

  func validate() throws {
    if options.offline { throw ValidationError("It watches by polling; --offline does not go with it.") }
  }

  func run(in surroundings: Surroundings) async throws {
    if systemdUnit {
      try surroundings.output.write(SystemdUnit.monitor.text)
      return
    }
    var choice = options.choice(surroundings, interval: polls.interval)
    let configuration = try choice.configuration()
    let language = choice.language(configuration)
    let surroundings = surroundings.queued(language)
    choice.surroundings = surroundings
    let journal = Journal(language: language)
    let watching = Watching(
      choice, configuration, language: language
    ) { statuses in
      for line in await journal.lines(of: statuses) { try? surroundings.output.write(line + "\n") }
    }
    let nothing: @Sendable (Fleet) async throws -> Void = { _ in }
    try await watching.untilStopped(opening: nothing) { fleet, _ in
      let count = await fleet.monitor.known.count
      try? surroundings.output.write(
        (language == .zh ? "正在监视 \(count) 个账号" : "Watching \(count) account\(count == 1 ? "" : "s")") + "\n")
      for await alerts in await fleet.alerts.desk.alerts() {
        for line in await journal.lines(of: alerts) { try? surroundings.output.write(line + "\n") }
      }
    }
  }
}
