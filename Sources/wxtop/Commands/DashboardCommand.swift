import ArgumentParser
import CursesTerminal
import Dashboard
import DashboardRuntime
import Glibc
import Logging
import Monitor
import TerminalScreen
import UnixSignals
import WeixinModel

/// `wxtop`: the dashboard, or one frame of it.
struct DashboardCommand: AccountCommand {
  static let configuration = CommandConfiguration(commandName: "dashboard", abstract: "The dashboard (the default).")

  @OptionGroup var options: AccountOptions

  @Flag(help: "Look at a simulated account: no credentials, no network, nothing left behind.")
  var demo = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Open at a day: 2024-11-11, 11-11, -7, yesterday.", valueName: "date"))
  var date: String?

  @Option(help: "Open in a view; so far there is day.")
  var view: ViewName = .day

  @Flag(help: "Print one frame and exit.")
  var once = false

  @Flag(help: "Say the day in a paragraph of text and exit.")
  var plain = false

  @Option(help: ArgumentHelp("The size of the frame for --once.", valueName: "80x24"))
  var size: FrameSize?

  @Option(help: ArgumentHelp("Seconds between polls of the mass-send speed, 5 or more.", valueName: "seconds"))
  var interval: Int?

  @OptionGroup var screen: ScreenOptions

  enum ViewName: String, ExpressibleByArgument, CaseIterable { case day }

  func validate() throws {
    if let interval, !(5...86_400).contains(interval) {
      throw ValidationError("--interval must be from 5 to 86400 seconds.")
    }
    if once, plain { throw ValidationError("Give --once or --plain, not both.") }
    if demo, options.offline {
      throw ValidationError("--demo has an account of its own; --offline does not go with it.")
    }
  }

  func run() async throws {
    let day = try chosenDay()
    if demo {
      try await runDemo(day)
      return
    }
    let configuration = try options.configuration()
    let setup = try options.setup(configuration)
    try await show(setup, archivePath: options.archivePath(setup), configuration, day: day, prepare: { _ in })
  }

  private func runDemo(_ day: BeijingDay?) async throws {
    let demo = try await Demo.start()
    do {
      try await show(demo.setup, archivePath: demo.archivePath, nil, day: day) { session in
        await demo.watchInRetrospect(session.archive, until: Timestamp.now)
      }
      await demo.end()
    } catch {
      await demo.end()
      throw error
    }
  }

  private func chosenDay() throws(CommandFailure) -> BeijingDay? {
    guard let date else { return nil }
    return try DayRange(date: date, from: nil, to: nil, days: nil, now: Timestamp.now).resolved.lowerBound
  }

  private func show(
    _ setup: AccountSetup, archivePath: String?, _ configuration: Configuration?, day: BeijingDay?,
    prepare: (Session) async -> Void
  ) async throws {
    try await Session.with(setup, archivePath: archivePath, isOffline: options.offline) { session in
      await prepare(session)
      let settings = MonitorSettings(
        interval: interval ?? configuration?.interval ?? 120, isOffline: options.offline, prefetches: !once && !plain)
      let logger = LogFile.logger(path: Environment.process.logFile)
      let monitor = AccountMonitor(
        account: setup.account, archiveKey: session.archiveKey, api: session.client, archive: session.archive,
        archiveFault: session.archiveFault, calls: session.calls, settings: settings, logger: logger)
      if let day { await monitor.show(day) }
      let frames = OnceOrScreen(
        session: session, monitor: monitor, day: day, language: language(configuration), screen: screen,
        theme: screen.theme ?? configuration?.theme.flatMap(Theme.init) ?? .dark)
      if once || plain {
        try await frames.printOnce(size: size?.size, isPlain: plain)
      } else {
        try await frames.runScreen()
      }
    }
  }

  private func language(_ configuration: Configuration?) -> Language {
    options.lang ?? configuration?.language.flatMap(Language.init) ?? options.language
  }
}

/// `80x24`: columns by rows.
struct FrameSize: ExpressibleByArgument {
  let size: Size

  init?(argument: String) {
    let parts = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]), (1...1_000).contains(width),
      (1...1_000).contains(height)
    else { return nil }
    size = Size(width: width, height: height)
  }
}
