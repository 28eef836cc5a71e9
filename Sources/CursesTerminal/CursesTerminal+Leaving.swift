import CNcurses
import Glibc
import TerminalScreen

extension CursesTerminal {
  /// Leaves the screen and stops the process group; being continued arrives as `.resumed`.
  public func suspend() {
    guard state == .drawing else { return }
    state = .suspended
    leave()
    cncurses_tell_guard(true)
    cncurses_stop_group()
    // Where nobody could continue it (an orphaned process group, as under ssh -t), the kernel does not stop it.
    EventSources.after(.milliseconds(200)) { [weak self] in
      self?.sources?.deliverSignals()
      if self?.state == .suspended { self?.resume() }
    }
  }

  /// Leaves the screen for good and restores the terminal. May be called twice.
  public func close() {
    guard state != .closed else { return }
    leaveScreen()
    files.close()
    Self.isOpen = false
  }
}

extension CursesTerminal {
  /// How long a terminal that takes nothing is waited for on the way out.
  private static var farewell: Duration { .milliseconds(500) }

  func leaveScreen() {
    if state == .drawing { awaitAnswers() }
    sources?.cancel()
    sources = nil
    listener = nil
    if state != .suspended || !isendwin() { leave() }
    state = .closed
    outbox.close()
    cncurses_disarm_crash_restore()
    cncurses_dismiss_guard()
    keys.close()
    delscreen(screen)
  }

  /// Gives the screen and the modes back.
  private func leave() {
    waiting = nil
    if !outbox.send() {
      // A slow terminal need not draw a frame that nobody will see, and may be in the middle of a sequence of it.
      outbox.close()
      if kind.followsXterm { outbox.add(("\u{1B}\\" + SynchronizedOutput.end).utf8) }
    }
    if hasMouse { outbox.add(MouseReports.off.utf8) }
    outbox.add(paste.end.utf8)
    if !isendwin() { endwin() }
    outbox.add(capture.take())
    let isSent = outbox.send(within: Self.farewell)
    // Nothing of it may come later, upon the shell's screen.
    if !isSent { outbox.close() }
    modes.restore(afterOutput: isSent)
  }

  /// After a stop: by ^Z, or from outside by a signal that cannot be seen coming.
  func resume() {
    let foreground = tcgetpgrp(files.terminal)
    if foreground > 0, foreground != getpgrp() {
      // Continued in the background, where the terminal is the shell's: stop again until there is a `fg`.
      state = .suspended
      cncurses_stop_group()
      return
    }
    cncurses_expect_stop()
    // The shell has been at the terminal, so all of its modes are to be set again; the next frame does, after an endwin.
    if !isendwin() { endwin() }
    outbox.add(capture.take())
    modes.setForDrawing()
    outbox.add(paste.begin.utf8)
    if hasMouse { outbox.add(MouseReports.on.utf8) }
    flush()
    cncurses_tell_guard(false)
    state = .drawing
    fitSize()
    invalidate()
    tell(.resumed)
  }
}
