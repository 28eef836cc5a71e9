import CNcurses
public import TerminalScreen

extension CursesTerminal {
  /// Shows a frame: only rows that differ from the frame before are given to ncurses, which sends only cells that differ.
  ///
  /// While the terminal has not taken the frame before, only the newest one is kept, and drawn when it has.
  public func present(_ frame: Frame) {
    guard state == .drawing else { return }
    guard outbox.isReady else {
      waiting = frame
      awaitWritable()
      return
    }
    waiting = nil
    let start = ContinuousClock.now
    guard give(frame) else { return }
    wnoutrefresh(window)
    doupdate()
    send(capture.take(), since: start)
    // Not before: the first frame need not wait for it.
    if cncurses_guard() < 0 { cncurses_start_guard() }
  }

  /// Rings the bell: a byte behind what waits to be sent.
  public func bell() {
    guard state == .drawing else { return }
    outbox.add(CollectionOfOne(0x07))
    flush()
  }

  /// Sends what waits, now and whenever the terminal takes more.
  func flush() {
    if !outbox.send() { awaitWritable() }
  }

  /// Gives ncurses the rows that differ. Returns whether there are any.
  private func give(_ frame: Frame) -> Bool {
    var hasChanged = encode(frame)
    if renditions.areExhausted {
      // Pairs of earlier views are still taken.
      renditions.forget()
      shown = nil
      hasChanged = encode(frame)
      // What has none now gets none before another style is new.
      renditions.areExhausted = false
    }
    shown = frame
    return hasChanged
  }

  private func encode(_ frame: Frame) -> Bool {
    let before = shown?.size == frame.size ? shown : nil
    var hasChanged = false
    for row in 0..<size.height {
      let cells = row < frame.size.height ? frame.row(row) : []
      if let before, row >= frame.size.height || before.row(row) == cells { continue }
      hasChanged = true
      encoder.encode(cells, width: size.width, renditions: renditions) { cells, count in
        mvwadd_wchnstr(window, Int32(row), 0, cells, count)
      }
    }
    return hasChanged
  }

  private func send(_ bytes: [UInt8], since start: ContinuousClock.Instant) {
    guard !bytes.isEmpty else { return }
    let isSynchronized = questions.answers.isSynchronized
    if isSynchronized { outbox.add(SynchronizedOutput.begin.utf8) }
    outbox.add(bytes)
    if isSynchronized { outbox.add(SynchronizedOutput.end.utf8) }
    flush()
    drawn.frames += 1
    drawn.frameBytes = bytes.count + (isSynchronized ? SynchronizedOutput.cost : 0)
    drawn.frameTime = .now - start
  }

  private func awaitWritable() {
    outbox.whenWritable { [weak self] in
      guard let self else { return }
      flush()
      if let waiting { present(waiting) }
    }
  }
}

/// Asks the terminal to show a frame only when it is whole (mode 2026). A hint: a terminal gives up on a frame that never ends.
nonisolated enum SynchronizedOutput {
  static let begin = "\u{1B}[?2026h"
  static let end = "\u{1B}[?2026l"
  static let cost = begin.utf8.count + end.utf8.count
}
