import Dashboard
import Glibc
import Monitor
import TerminalScreen
import WeixinAPI
import WeixinModel

/// What is asked of the dashboard.
struct DashboardRequest: Sendable {
  var account = AccountChoice()
  var isDemo = false
  var date: String?
  var once = false
  var plain = false
  var size: Size?
  var screen = ScreenChoice()
  var view = ViewChoice()

  /// What is asked for by no argument, or by the name of a view alone; nil where there is more to understand. These are not
  /// parsed: building the parser takes longer than all else up to the first frame.
  static func ofFewWords(_ words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>, count: Int32) -> DashboardRequest?
  {
    var request = DashboardRequest()
    if count == 1 { return request }
    guard count == 3, let option = words[1], strcmp(option, "--view") == 0,
      let view = words[2].flatMap({ ViewName(rawValue: String(cString: $0)) })
    else { return nil }
    request.view.view = view
    return request
  }

  func run() async throws {
    let day = try chosenDay()
    if isDemo {
      try await runDemo(day)
      return
    }
    let configuration = try account.configuration()
    let setup = try await account.firstSetup(configuration)
    try await show(
      setup, AccountSource(account, configuration, chosen: setup), archivePath: account.archivePath(setup),
      configuration,
      day: day)
  }

  private func runDemo(_ day: BeijingDay?) async throws {
    let demo = try await Demo.start()
    do {
      try await show(
        setup(of: demo), AccountSource(demo.accounts), archivePath: demo.archivePath, nil, day: day,
        prepare: { await demo.watchInRetrospect($0.archive, until: Timestamp.now) },
        meanwhile: { await demo.remember($0.archive, until: Timestamp.now) })
      await demo.end()
    } catch {
      await demo.end()
      throw error
    }
  }

  /// The demo's account that is asked for; its first one unless one is.
  private func setup(of demo: Demo) throws(CommandFailure) -> AccountSetup {
    guard let name = account.account else { return demo.setup }
    let accounts = demo.accounts
    guard let found = accounts.first(where: { $0.account.name == name }) else {
      let (wrong, known) = (name.cleaned(limit: 80), accounts.map(\.account.name).joined(separator: ", "))
      let phrase = Phrase.said(
        en: "The demo has no account \(wrong), only \(known).", zh: "演示中没有账号 \(wrong)，只有 \(known)。")
      throw .usage(phrase.text(language(nil)))
    }
    return try found.setup.get()
  }

  private func chosenDay() throws(CommandFailure) -> BeijingDay? {
    guard let date else { return nil }
    return try DayRange(date: date, from: nil, to: nil, days: nil, now: Timestamp.now).resolved.lowerBound
  }

  private func show(
    _ setup: AccountSetup, _ source: AccountSource, archivePath: String?, _ configuration: Configuration?,
    day: BeijingDay?,
    prepare: (Session) async -> Void = { _ in }, meanwhile: (@Sendable (Session) async -> Void)? = nil
  ) async throws {
    let settings = MonitorSettings(
      interval: account.interval(configuration), isOffline: account.offline, prefetches: !once && !plain,
      asksQuotas: !once && !plain)
    let fleet = Fleet(
      account, archivePath: archivePath, settings: settings, alertSettings: configuration?.alerts ?? AlertSettings(),
      language: language(configuration), open: setup.account.name, watchesAll: account.account == nil,
      spread: once || plain ? 10 : nil)
    do {
      let (session, monitor) = try fleet.wireFirst(setup, showing: day)
      await prepare(session)
      let frames = OnceOrScreen(
        fleet: fleet, source: source, session: session, monitor: monitor, day: day, language: language(configuration),
        screen: screen, view: view,
        configuration: configuration, settingsFile: isDemo ? nil : account.configurationFile?.path, meanwhile: meanwhile
      )
      if once || plain {
        try await frames.printOnce(size: size, isPlain: plain)
      } else {
        try await frames.runScreen()
      }
      await fleet.close()
    } catch {
      await fleet.close()
      throw error
    }
  }

  private func language(_ configuration: Configuration?) -> Language {
    account.lang ?? configuration?.language.flatMap(Language.init) ?? account.language
  }
}
