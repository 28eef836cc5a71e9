public import Dashboard
public import TerminalScreen
public import WeixinModel

/// The loop: events from terminal, monitor and clock → `update` → effects, and one frame for all that waited.
public final class DashboardRuntime {
  /// Why the loop ended.
  public nonisolated enum End: Hashable, Sendable {
    /// The user left.
    case quit
    /// The terminal is gone.
    case terminalClosed
    /// The program was told to stop: the number of the signal.
    case stopped(signal: Int32)
  }

  private let terminal: any Terminal
  private let feed: StatusFeed
  private let now: @Sendable () -> Timestamp
  private let sleep: @Sendable (Duration) async throws -> Void
  private let queue = EventQueue<Input>()
  private let requests: AsyncStream<Effect>
  private let request: AsyncStream<Effect>.Continuation
  private var end: End?
  private var whenEnded: CheckedContinuation<Void, Never>?
  /// Days that were asked for and not yet looked at.
  private var waitingDays = 0

  /// The state as of the newest event.
  public private(set) var state: State

  private nonisolated enum Input: Sendable {
    case event(Event)
    case end(End)
  }

  /// A loop over a terminal and a feed. Clock and sleep are given, so that tests need neither.
  public init(
    terminal: any Terminal, feed: StatusFeed, state: State, now: @escaping @Sendable () -> Timestamp,
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    self.terminal = terminal
    self.feed = feed
    self.state = state
    self.now = now
    self.sleep = sleep
    (requests, request) = AsyncStream.makeStream()
  }

  private func draw() {
    // Only the log shows what drawing costs; elsewhere it would be a reason to draw again.
    if case .log = state.layer { state.statistics = terminal.statistics }
    terminal.present(view(state))
  }

  /// Runs until the user leaves, the terminal is gone or ``stop(signal:)`` is called. Closing the terminal is the caller's.
  public func run() async -> End {
    for effect in firstEffects(&state) { ask(effect) }
    draw()
    queue.turn = { [weak self] in self?.turn($0) }
    terminal.listen { [queue] in queue.push(Self.input(of: $0)) }
    return await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.readStatuses() }
      group.addTask { await self.readFleet() }
      group.addTask { await self.readAlerts() }
      group.addTask { await self.readNotices() }
      group.addTask { await self.tick() }
      group.addTask { await self.serveRequests() }
      let end = await ended()
      group.cancelAll()
      request.finish()
      return end
    }
  }

  /// Ends the loop from outside, as a signal does.
  public func stop(signal: Int32) { queue.push(.end(.stopped(signal: signal))) }

  private func ended() async -> End {
    if end == nil { await withCheckedContinuation { whenEnded = $0 } }
    return end ?? .quit
  }

  private func finish(_ end: End) {
    self.end = end
    queue.turn = nil
    whenEnded?.resume()
    whenEnded = nil
  }

  private func turn(_ inputs: [Input]) {
    let before = state
    var mustDraw = false
    var requested: [Effect] = []
    for input in inputs {
      switch input {
      case .end(let end): return finish(end)
      case .event(let event):
        for effect in update(&state, event, at: now()) {
          if effect == .quit { return finish(.quit) }
          mustDraw = perform(effect, &requested) || mustDraw
        }
      }
    }
    if mustDraw || state != before { draw() }
    // Only now: the monitor would read the archive while the user waits for the frame.
    for effect in requested { ask(effect) }
  }

  private func ask(_ effect: Effect) {
    if case .show = effect { waitingDays += 1 }
    request.yield(effect)
  }

  /// Whether the next of the days that were asked for is still worth looking at: of a burst only the last ones are.
  private func takesDay() -> Bool {
    waitingDays -= 1
    return waitingDays < 32
  }

  /// Carries an effect out or notes it as a request to the monitor, and says whether the screen must be drawn for it.
  private func perform(_ effect: Effect, _ requested: inout [Effect]) -> Bool {
    switch effect {
    case .redraw:
      terminal.invalidate()
      return true
    case .suspend:
      terminal.suspend()
      return false
    case .restyle(let palette):
      terminal.use(palette)
      return true
    case .setMouse(let isOn):
      terminal.setMouse(isOn)
      return false
    case .copy(let text, let what):
      queue.push(.event(.copied(terminal.copy(text), what: what)))
      return false
    case .bell:
      terminal.bell()
      return false
    case .quit: return false
    case .show, .refresh, .refetch, .setPaused, .setBackfilling, .openAccount, .retryAccount, .watchFleet, .acknowledge,
      .export, .keepSettings:
      requested.append(effect)
      return false
    }
  }

  private static func input(of event: TerminalEvent) -> Input {
    switch event {
    case .key(let key): .event(.key(key))
    case .paste(let text): .event(.paste(text))
    case .resize(let size): .event(.resize(size))
    case .resumed: .event(.resumed)
    case .mouse(let mouse): .event(.mouse(mouse))
    case .learned(let answers): .event(.learned(answers))
    case .closed: .end(.terminalClosed)
    }
  }

  private func readStatuses() async {
    for await status in feed.statuses { queue.push(.event(.status(status))) }
  }

  private func readFleet() async {
    for await fleet in feed.fleet { queue.push(.event(.fleet(fleet))) }
  }

  private func readAlerts() async {
    for await alerts in feed.alerts { queue.push(.event(.alerts(alerts))) }
  }

  private func readNotices() async {
    for await notice in feed.notices { queue.push(.event(.notice(notice))) }
  }

  /// Ages on the screen are renewed every ten seconds, and not more often.
  private func tick() async {
    while (try? await sleep(.seconds(10))) != nil { queue.push(.event(.tick)) }
  }

  private nonisolated func serveRequests() async {
    for await effect in requests {
      switch effect {
      case .show(let day, let others): if await takesDay() { await feed.show(day, others) }
      case .refresh: await feed.refresh()
      case .refetch(let day): await feed.refetch(day)
      case .openAccount(let name): await feed.openAccount(name)
      case .retryAccount(let name): await feed.retryAccount(name)
      case .watchFleet: await feed.watchFleet()
      case .export(let text, let name, let suggestion):
        switch await feed.export(text, name, suggestion) {
        case .written(let path): await push(.exported(path: path, bytes: text.utf8.count, reason: nil))
        case .failed(let reason): await push(.exported(path: nil, bytes: 0, reason: reason))
        }
      case .keepSettings(let settings):
        switch await feed.keepSettings(settings) {
        case .written(let path): await push(.settingsKept(path: path, reason: nil))
        case .failed(let reason): await push(.settingsKept(path: nil, reason: reason))
        }
      case .setPaused(let isPaused): await feed.setPaused(isPaused)
      case .setBackfilling(let isWanted): await feed.setBackfilling(isWanted)
      case .acknowledge(let alerts): await feed.acknowledge(alerts)
      case .redraw, .suspend, .quit, .copy, .restyle, .setMouse, .bell: break
      }
    }
  }

  private func push(_ event: Event) { queue.push(.event(event)) }
}
