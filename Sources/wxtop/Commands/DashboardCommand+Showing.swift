import Dashboard
import Glibc
import Monitor
import TerminalScreen
import WeixinAPI
import WeixinModel

extension DashboardCommand {
  func run(in surroundings: Surroundings) async throws {
    let account = options.choice(surroundings, interval: polls.interval)
    let day = try chosenDay()
    if demo {
      try await runDemo(day, account)
      return
    }
    let configuration = try account.configuration()
    let setup = try await account.firstSetup(configuration)
    try await show(
      account, setup, AccountSource(account, configuration, chosen: setup), archivePath: account.archivePath(setup),
      configuration,
      day: day)
  }

  private func runDemo(_ day: BeijingDay?, _ account: AccountChoice) async throws {
    let demo = try await Demo.start(in: account.environment["TMPDIR"] ?? "/tmp")
    do {
      try await show(
        account, setup(of: demo, account), AccountSource(demo.accounts), archivePath: demo.archivePath, nil, day: day,
        prepare: { await demo.watchInRetrospect($0.archive, until: Timestamp.now) },
        meanwhile: { await demo.remember($0.archive, until: Timestamp.now) })
      await demo.end()
    } catch {
      await demo.end()
      throw error
    }
  }

  /// The demo's account that is asked for; its first one unless one is.
  private func setup(of demo: Demo, _ account: AccountChoice) throws(CommandFailure) -> AccountSetup {
    guard let name = account.account else { return demo.setup }
    let accounts = demo.accounts
    guard let found = accounts.first(where: { $0.account.name == name }) else {
      let (wrong, known) = (name.cleaned(limit: 80), accounts.map(\.account.name).joined(separator: ", "))
      let phrase = Phrase.said(
        en: "The demo has no account \(wrong), only \(known).", zh: "演示中没有账号 \(wrong)，只有 \(known)。")
      throw .usage(phrase.text(account.language(nil)))
    }
    return try found.setup.get()
  }

  private func chosenDay() throws(CommandFailure) -> BeijingDay? {
    guard let date else { return nil }
    return try DayRange(date: date, from: nil, to: nil, days: nil, now: Timestamp.now).resolved.lowerBound
  }

  private func show(
    _ account: AccountChoice, _ setup: AccountSetup, _ source: AccountSource, archivePath: String?,
    _ configuration: Configuration?,
    day: BeijingDay?,
    prepare: (Session) async -> Void = { _ in }, meanwhile: (@Sendable (Session) async -> Void)? = nil
  ) async throws {
    let settings = MonitorSettings(
      interval: account.interval(configuration), isOffline: account.offline, prefetches: !once && !plain,
      asksQuotas: !once && !plain)
    let fleet = Fleet(
      account, archivePath: archivePath, settings: settings, alertSettings: configuration?.alerts ?? AlertSettings(),
      language: account.language(configuration), open: setup.account.name, watchesAll: account.account == nil,
      spread: once || plain ? 10 : nil, hasLog: !demo)
    do {
      let (session, monitor) = try fleet.wireFirst(setup, showing: day)
      await prepare(session)
      let frames = OnceOrScreen(
        fleet: fleet, source: source, session: session, monitor: monitor, surroundings: account.surroundings, day: day,
        language: account.language(configuration), screen: screen, views: views,
        configuration: configuration, settingsFile: demo ? nil : account.configurationFile?.path, meanwhile: meanwhile
      )
      if once || plain {
        try await frames.printOnce(size: size?.size, isPlain: plain)
      } else {
        try await frames.runScreen()
      }
      await fleet.close()
    } catch {
      await fleet.close()
      throw error
    }
  }
}
