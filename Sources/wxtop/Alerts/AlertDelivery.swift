import Synchronization
import WeixinModel

/// Hands alerts to the user's command, whose place another one may take while it runs.
final class AlertDelivery: Sendable {
  private struct Current {
    let command: OutsideCommand
    let queue: AlertCommand
    var handing: Task<Void, Never>?
  }

  private struct State {
    var current: Current?
    var isRunning = false
  }

  private let state = Mutex(State())
  private let makeQueue: @Sendable (OutsideCommand) -> AlertCommand

  /// How long a command that ends has for what waits.
  private static let patience = Duration.seconds(3)

  /// - Parameters:
  ///   - command: The command; nil for none.
  ///   - makeQueue: Makes the queue before one.
  init(_ command: OutsideCommand?, makeQueue: @escaping @Sendable (OutsideCommand) -> AlertCommand) {
    self.makeQueue = makeQueue
    let current = command.map { Current(command: $0, queue: makeQueue($0)) }
    state.withLock { $0.current = current }
  }

  /// Puts an alert into the queue of the command, if there is one.
  func take(_ alert: Alert) async { await state.withLock { $0.current?.queue }?.take(alert) }

  /// Lets the command run from now on.
  func begin() {
    state.withLock { state in
      state.isRunning = true
      Self.start(&state.current)
    }
  }

  /// Another command from now on; nil for none. The one before gets what waits for it, and some seconds.
  func use(_ command: OutsideCommand?) async {
    let before: Current? = state.withLock { state in
      guard state.current?.command != command else { return nil }
      defer {
        state.current = command.map { Current(command: $0, queue: makeQueue($0)) }
        if state.isRunning { Self.start(&state.current) }
      }
      return state.current
    }
    await end(before)
  }

  /// Gives the command some seconds more for what waits, then ends it.
  func finish() async { await end(state.withLock { $0.current }) }

  private static func start(_ current: inout Current?) {
    guard let queue = current?.queue, current?.handing == nil else { return }
    current?.handing = Task { await queue.run() }
  }

  private func end(_ current: Current?) async {
    guard let current, let handing = current.handing else { return }
    await current.queue.settle(within: Self.patience)
    handing.cancel()
    await handing.value
  }
}
