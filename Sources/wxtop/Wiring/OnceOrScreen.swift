import CursesTerminal
import Dashboard
import DashboardRuntime
import Glibc
import Logging
import MessageArchive
import Monitor
import TerminalScreen
import UnixSignals
import WeixinModel

/// The dashboard over a fleet: kept on a terminal, or printed once.
struct OnceOrScreen {
  let fleet: Fleet
  /// Where its accounts come from.
  let source: AccountSource
  /// What works for the account that is shown first.
  let session: Session
  let monitor: AccountMonitor
  let surroundings: Surroundings
  let day: BeijingDay?
  let language: Language
  let screen: ScreenOptions
  let views: ViewOptions
  let configuration: Configuration?
  /// Where settings are kept; nil where nothing is to be left behind.
  let settingsFile: String?
  /// What goes on beside the dashboard and fills the archive.
  let meanwhile: (@Sendable (Session) async -> Void)?

  /// Keeps the dashboard on the terminal until the user leaves.
  func runScreen() async throws {
    guard let terminal = try await openTerminal() else {
      try await printOnce(size: nil, isPlain: true)
      return
    }
    let end = await run(on: terminal)
    await terminal.close()
    if case .stopped(let signal) = end { throw CommandFailure.stopped(signal: signal) }
    if end == .terminalClosed { throw CommandFailure.stopped(signal: SIGHUP) }
    session.reportArchiveFault(language)
  }

  /// The terminal; nil where only plain text makes sense.
  @MainActor private func openTerminal() throws -> CursesTerminal? {
    do {
      return try CursesTerminal.open(
        environment: surroundings.environment.variables,
        wantsDirectColor: screen.wantsDirectColor(configuration, surroundings.environment))
    } catch {
      switch error {
      case .dumb: return nil
      case .notATerminal:
        throw CommandFailure.usage(
          language == .zh
            ? "标准输入输出不是终端。请用 --once 打印一帧，或用 --plain 打印文字。"
            : "stdin and stdout are no terminal. Use --once for one frame, or --plain for text.")
      case .noTerminalDescription, .noScreen, .alreadyOpen:
        throw CommandFailure.terminal(
          language == .zh
            ? "本机没有 terminfo。请安装 ncurses-base，或用 --once。"
            : "No terminal description was found on this machine. Install ncurses-base, or use --once.")
      }
    }
  }

  @MainActor private func run(on terminal: CursesTerminal) async -> DashboardRuntime.End {
    let look = screen.look(
      configuration, surroundings.environment, language: language, terminalColors: terminal.traits.colors,
      isUnicode: terminal.traits.isUnicode)
    terminal.use(look.palette)
    if look.hasMouse { terminal.setMouse(true) }
    var state = state(size: terminal.size, look)
    state.notice = terminal.traits.notices.first.map { .init($0.phrase, isWarning: true) }
    // Before the first await, which begins threads, and before the monitor begins to call.
    terminal.present(Dashboard.view(state))
    let monitor = monitor
    await fleet.watch([Fleet.Found(account: session.setup.account, setup: .success(session.setup))])
    let runtime = DashboardRuntime(terminal: terminal, feed: await feed, state: state, now: { Timestamp.now })
    let signals = await InheritedSignals.sequence([.sigint, .sigterm, .sighup, .sigquit])
    return await withTaskGroup(of: Void.self) { group in
      group.addTask { await fleet.monitor.run() }
      group.addTask {
        await fleet.follow(source) { sentence in
          fleet.logger.warning("\(sentence)")
          fleet.alerts.say(sentence)
        }
      }
      group.addTask { await stop(runtime, on: signals) }
      if let meanwhile {
        group.addTask {
          await meanwhile(session)
          await monitor.reload()
        }
      }
      let end = await runtime.run()
      group.cancelAll()
      return end
    }
  }

  /// What the dashboard may ask for, of the account that is open.
  @MainActor private var feed: StatusFeed {
    get async {
      let fleet = fleet.monitor
      let alerts = self.fleet.alerts
      let settingsFile = settingsFile
      return StatusFeed(
        statuses: await fleet.openStatuses(), show: { await fleet.openMonitor?.show($0, and: $1) },
        refresh: { await fleet.openMonitor?.retry() }, refetch: { await fleet.openMonitor?.refetch($0) },
        setPaused: { await fleet.openMonitor?.setPaused($0) },
        setBackfilling: { await fleet.openMonitor?.setBackfilling($0) },
        export: { ExportFile.write($0, name: $1, suggestion: $2) },
        keepSettings: { SettingsFile.keep($0, in: settingsFile) }, fleet: await fleet.statuses(),
        openAccount: { await fleet.open($0) }, retryAccount: { await fleet.retry($0) },
        watchFleet: { await fleet.watchAll() }, alerts: await alerts.desk.alerts(),
        acknowledge: { for id in $0 { await alerts.desk.acknowledge(id) } }, notices: alerts.notices)
    }
  }

  @MainActor private func stop(_ runtime: DashboardRuntime, on signals: UnixSignalsSequence) async {
    for await signal in signals { runtime.stop(signal: signal.rawValue) }
  }

  private func state(size: Size, _ look: Look) -> State {
    var state = State(
      status: monitor.last ?? AccountStatus(account: session.setup.account), size: size, now: Timestamp.now, day: day,
      view: views.view, look: look)
    views.apply(to: &state, configuration)
    state.isOffline = session.isOffline
    state.isDemo = meanwhile != nil
    state.rings = configuration?.alerts.rings ?? false
    return state
  }

  /// Prints one frame, or the day in words, once the day and the speed have come or failed.
  func printOnce(size: Size?, isPlain: Bool) async throws {
    session.reportArchiveFault(language)
    if let meanwhile, !isPlain { await meanwhile(session) }
    let isTerminal = surroundings.output.isTerminal
    var look = screen.look(
      configuration, surroundings.environment, language: language,
      terminalColors: isTerminal || screen.color != .auto ? 256 : 0, isUnicode: surroundings.environment.isUnicode)
    // A paragraph for people is Chinese in any locale that can print it.
    if isPlain, look.wishedGlyphs == .ascii { look.wishedGlyphs = nil }
    var state = state(size: size ?? (isTerminal ? WindowSize.current : nil) ?? Size(width: 80, height: 24), look)
    if state.view == .accounts {
      try await settleFleet(&state)
      try print(state, isPlain: isPlain)
      // Each line says what it lacks; whoever reads only the sums must not take them for those of all.
      let missing = state.fleet.firstMissing(at: state.now, isOffline: session.isOffline)
      guard meanwhile == nil, let (account, error) = missing else { return }
      if !isTerminal { surroundings.say("\(account.name): \(Explanation(error, language).paragraph(did: ""))") }
      throw CommandFailure.daysMissing(first: error)
    }
    if day == nil, !session.isOffline {
      // Nobody watches it being replaced: the newest day that there can be, or why it is not there.
      state.hasChosenDay = true
      state.day = Publication.newestOpen(at: state.now)
    }
    // What is only compared with is fetched for whoever asked for it: cron jobs spend the quota too.
    let isWanted =
      isPlain
      ? views.compare == .weekBefore && state.view == .day
      : views.compare != nil || [.week, .month].contains(state.view)
    let others = isWanted ? state.wantedDays : []
    await monitor.show(state.day, and: others)
    await settle(&state, others)
    views.sortList(&state)
    try print(state, isPlain: isPlain)
    if let fault = session.unreadable ?? state.status.readFault, let path = session.archivePath {
      throw CommandFailure.archive(fault, path: path)
    }
    guard let error = state.missing else { return }
    // On a terminal it stands above; elsewhere nobody may be looking at stdout.
    throw isTerminal ? CommandFailure.daysMissing(first: error) : CommandFailure.api(error)
  }

  /// Prints what there is; by a clock that is far off it lacks what nobody could have asked for.
  private func print(_ state: State, isPlain: Bool) throws(CommandFailure) {
    try write(state, isPlain: isPlain)
    if let problem = CommandFailure.DateProblem(clock: state.now) { throw .date(problem) }
  }

  private func write(_ state: State, isPlain: Bool) throws(CommandFailure) {
    if isPlain { return try surroundings.output.write(plainText(state)) }
    let frame = Dashboard.view(state)
    if state.look.mode.colors == 0 { return try surroundings.output.write(frame.text + "\n") }
    try surroundings.output.draw(frame.ansi(state.look.palette))
  }
}

extension TerminalNotice {
  fileprivate var phrase: Phrase {
    switch self {
    case .unknownTerm(let term, let used): .unknownTerm(term.cleaned(limit: 30), used)
    case .replacedLocale(let locale, let used): .replacedLocale(locale.cleaned(limit: 30), used)
    case .unusableCharset(let locale, let charset, let used):
      .unusableCharset(locale.cleaned(limit: 30), charset: charset.cleaned(limit: 30), used: used)
    case .asciiOnly(let locale): .asciiOnly(locale.cleaned(limit: 30))
    }
  }
}

/// The size of the terminal that stdout is, if it is one.
enum WindowSize {
  static var current: Size? {
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
    return Size(width: Int(size.ws_col), height: Int(size.ws_row))
  }
}
