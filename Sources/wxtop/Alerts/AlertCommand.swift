import Dashboard
import Logging
import WeixinModel

/// Hands alerts to the user's command, one at a time for each rule, and says what went wrong with it.
///
/// ``take(_:)`` only puts an alert into a queue. ``run()`` starts the command, so that nobody waits for it.
actor AlertCommand {
  private let command: OutsideCommand
  private let language: Language
  private let deadline: Duration
  private let logger: Logger?
  private let report: @Sendable (Fault) -> Void

  private var waiting: [Alert] = []
  private var busy: Set<AlertRule> = []
  private let calls: AsyncStream<Void>
  private let call: AsyncStream<Void>.Continuation

  /// So many alerts wait at most; then the oldest gives way.
  static let limit = 64

  /// What went wrong.
  enum Fault: Hashable, Sendable {
    /// The command failed for an alert.
    case failed(CommandFault, Alert.ID)
    /// An alert was dropped, since too many wait.
    case dropped(OutsideCommand, Alert.ID)

    /// A sentence.
    func sentence(_ language: Language) -> String {
      switch (self, language) {
      case (.failed(let fault, let alert), .en): "\(fault.words(.en)); \(alert) was not handed on"
      case (.failed(let fault, let alert), .zh): "\(fault.words(.zh))；\(alert) 未送达"
      case (.dropped(let command, let alert), .en):
        "\(AlertCommand.limit) alerts wait for \(command.key) \(command.name); \(alert) was not handed on"
      case (.dropped(let command, let alert), .zh):
        "已有 \(AlertCommand.limit) 条告警等待 \(command.key) \(command.name)；\(alert) 未送达"
      }
    }

    /// The sentence as a line of the screen.
    var notice: State.Notice { .init(.said(en: sentence(.en), zh: sentence(.zh)), isWarning: true) }
  }

  /// A queue before a command.
  /// - Parameters:
  ///   - command: The program and its arguments.
  ///   - language: The language of the sentences that it gets.
  ///   - deadline: How long it may take for one alert.
  ///   - logger: Where failures are noted.
  ///   - report: Takes what went wrong, for the screen.
  init(
    _ command: OutsideCommand, language: Language, deadline: Duration = OutsideCommand.deadline,
    logger: Logger? = nil, report: @escaping @Sendable (Fault) -> Void = { _ in }
  ) {
    self.command = command
    self.language = language
    self.deadline = deadline
    self.logger = logger
    self.report = report
    (calls, call) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Puts an alert into the queue.
  func take(_ alert: Alert) {
    waiting.append(alert)
    if waiting.count > Self.limit { tell(.dropped(command, waiting.removeFirst().id)) }
    call.yield()
  }

  /// Whether nothing waits and nothing is under way.
  var isIdle: Bool { waiting.isEmpty && busy.isEmpty }

  /// Hands on what comes until the task is cancelled, which ends the commands too.
  func run() async {
    await withDiscardingTaskGroup { group in
      for await _ in calls {
        while let alert = next() { group.addTask { await self.hand(alert) } }
      }
      group.cancelAll()
    }
  }

  /// Waits until all is handed on, but no longer than given: for an end that should lose nothing.
  func settle(within patience: Duration) async {
    let end = ContinuousClock.now + patience
    while !isIdle, ContinuousClock.now < end, (try? await Task.sleep(for: .milliseconds(20))) != nil {}
  }

  /// The oldest alert whose rule has none under way.
  private func next() -> Alert? {
    guard let index = waiting.firstIndex(where: { !busy.contains($0.rule) }) else { return nil }
    let alert = waiting.remove(at: index)
    busy.insert(alert.rule)
    return alert
  }

  private func hand(_ alert: Alert) async {
    do throws(CommandFault) {
      try await command.take(AlertJSON.text(alert, language), deadline: deadline)
    } catch {
      if !Task.isCancelled { tell(.failed(error, alert.id)) }
    }
    busy.remove(alert.rule)
    call.yield()
  }

  private func tell(_ fault: Fault) {
    logger?.warning("\(fault.sentence(.en))")
    report(fault)
  }
}
