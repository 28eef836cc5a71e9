import Synchronization

/// One line on a terminal beside the data that is written over and over, at most ten times a second; elsewhere nothing.
final class ProgressLine: Sendable {
  private let shownAt = Mutex<ContinuousClock.Instant?>(nil)
  private let error: Output

  init(_ error: Output) { self.error = error }

  /// Shows a line, which is made only when it is shown.
  func show(isLast: Bool = false, _ line: () -> String) {
    guard error.isTerminal else { return }
    let isDue = shownAt.withLock { shownAt in
      let now = ContinuousClock.now
      if let shownAt, now - shownAt < .milliseconds(100), !isLast { return false }
      shownAt = now
      return true
    }
    if isDue { error.overwrite(line()) }
  }

  /// Takes the line away.
  func end() { if shownAt.withLock({ $0 != nil }) { error.overwrite("") } }
}
