import CNcurses
import Dispatch
import Glibc

/// Wakes the main actor for input and signals, and at no other time.
final class EventSources {
  private let input: any DispatchSourceRead
  private let signals: any DispatchSourceRead
  private let onSignal: (Int32) -> Void
  private(set) var hasInput = true

  /// Starts to listen on a terminal and on the pipe that signals come by. Fails when there is no descriptor left.
  init?(
    input descriptor: Int32, signals pipe: Int32, onInput: @escaping () -> Void, onSignal: @escaping (Int32) -> Void
  ) {
    // Cancelling takes effect later, and libdispatch crashes now and then if the descriptor is closed before: so the source
    // has a copy, and closes it itself.
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { return nil }
    self.onSignal = onSignal
    input = DispatchSource.makeReadSource(fileDescriptor: copy, queue: .main)
    input.setCancelHandler { _ = Glibc.close(copy) }
    signals = DispatchSource.makeReadSource(fileDescriptor: pipe, queue: .main)
    input.setEventHandler { onInput() }
    signals.setEventHandler { [weak self] in self?.deliverSignals() }
    // Not before the main actor rests: this begins threads, for which the first frame need not wait.
    DispatchQueue.main.async { [input, signals] in
      input.activate()
      signals.activate()
    }
  }

  /// Delivers each signal that has come since the last time, once.
  func deliverSignals() {
    var seen: [Int32] = []
    while case let signal = cncurses_next_signal(), signal != 0 {
      if !seen.contains(signal) { seen.append(signal) }
    }
    for signal in seen { onSignal(signal) }
  }

  /// Stops to listen for input.
  func cancelInput() {
    guard hasInput else { return }
    hasInput = false
    input.cancel()
  }

  /// Stops to listen, and puts the signals back.
  func cancel() {
    cancelInput()
    signals.cancel()
    cncurses_unwatch_signals()
  }

  /// Runs something once, later.
  static func after(_ time: Duration, _ run: @escaping @MainActor () -> Void) {
    let (seconds, attoseconds) = time.components
    let nanoseconds = Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
    let deadline = DispatchTime.now() + .nanoseconds(nanoseconds)
    DispatchQueue.main.async { DispatchQueue.main.asyncAfter(deadline: deadline) { run() } }
  }
}
