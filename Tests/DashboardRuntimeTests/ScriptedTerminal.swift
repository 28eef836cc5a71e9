import Dashboard
import DashboardRuntime
import TerminalScreen
import WeixinModel

/// A terminal whose keys come from the test and whose frames stay with it.
@MainActor
final class ScriptedTerminal: Terminal {
  var size = Size(width: 80, height: 24)
  let traits = TerminalTraits(colors: 256, isUnicode: true)
  private var listener: (@MainActor (TerminalEvent) -> Void)?
  private var untold: [TerminalEvent] = []
  private(set) var frames: [Frame] = []
  private(set) var invalidations = 0
  private(set) var suspensions = 0
  private var waiters: [(condition: @MainActor () -> Bool, continuation: CheckedContinuation<Void, Never>)] = []

  func listen(_ listener: @escaping @MainActor (TerminalEvent) -> Void) {
    self.listener = listener
    for event in untold { listener(event) }
    untold = []
  }

  func send(_ events: TerminalEvent...) {
    if let listener { events.forEach(listener) } else { untold += events }
  }

  func hangUp() { send(.closed) }

  func present(_ frame: Frame) {
    frames.append(frame)
    wake()
  }

  func use(_ palette: Palette) {}

  private(set) var hasMouse = false
  private(set) var copies: [String] = []
  private(set) var statistics = TerminalStatistics()

  private(set) var bells = 0

  func bell() {
    bells += 1
    wake()
  }

  func setMouse(_ isOn: Bool) { hasMouse = isOn }

  func copy(_ text: String) -> CopyOutcome {
    copies.append(text)
    return .sent
  }

  func invalidate() {
    invalidations += 1
    wake()
  }

  func suspend() {
    suspensions += 1
    wake()
  }

  func close() {}

  /// Returns when the condition holds; it is looked at whenever the program has drawn.
  func until(_ condition: @escaping @MainActor () -> Bool) async {
    if condition() { return }
    await withCheckedContinuation { waiters.append((condition, $0)) }
  }

  var screen: String { frames.last?.text ?? "" }

  private func wake() {
    let ready = waiters.filter { $0.condition() }
    waiters.removeAll { $0.condition() }
    for waiter in ready { waiter.continuation.resume() }
  }
}

/// What the dashboard asked of its monitor, in order.
actor RequestLog {
  enum Request: Hashable {
    case show(BeijingDay)
    case refresh
    case refetch(BeijingDay)
    case setPaused(Bool)
    case openAccount(String)
    case retryAccount(String)
    case watchFleet
    case acknowledge([Alert.ID])
  }
  private var requests: [Request] = []
  var all: [Request] { requests }
  private var waiters: [(count: Int, continuation: CheckedContinuation<[Request], Never>)] = []

  func add(_ request: Request) {
    requests.append(request)
    for waiter in waiters where requests.count >= waiter.count { waiter.continuation.resume(returning: requests) }
    waiters.removeAll { requests.count >= $0.count }
  }

  func first(_ count: Int) async -> [Request] {
    if requests.count >= count { return requests }
    return await withCheckedContinuation { waiters.append((count, $0)) }
  }
}
