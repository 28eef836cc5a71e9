import CNcurses
internal import Dispatch
import Glibc
public import TerminalScreen

/// The real terminal, drawn by ncursesw. A process has one at a time.
///
/// It lives on the main actor, because ncurses wants mutual exclusion. ``close()`` is to be called on every way out of the
/// program; crashes are looked after in C.
public final class CursesTerminal: Terminal {
  /// The size now.
  public private(set) var size: Size
  /// What the terminal can do, as found when it was opened.
  public let traits: TerminalTraits
  /// Keys, resizes and the end. The stream finishes at ``close()``.
  public let events: AsyncStream<TerminalEvent>

  let window: UnsafeMutablePointer<WINDOW>
  let renditions: Renditions
  private(set) var sources: EventSources?
  private let screen: OpaquePointer
  private let paste: PasteMarks
  private let files: TerminalFiles
  private let keys: KeyReader
  private let encoder: RowEncoder
  private let continuation: AsyncStream<TerminalEvent>.Continuation
  private var resizing = ResizeThrottle()
  private var shown: Frame?
  private var state = State.drawing

  private enum State { case drawing, suspended, gone, closed }

  private static var isOpen = false

  /// Takes over the terminal on standard input and output.
  ///
  /// - Parameter environment: `TERM`, the locale's variables and `ESCDELAY` are read from it.
  /// - Returns: The terminal, with its screen taken over.
  /// - Throws: Why it cannot be used; nothing has been written to it then.
  public static func open(environment: [String: String]) throws(CursesTerminalError) -> CursesTerminal {
    try open(environment: environment, input: STDIN_FILENO, output: STDOUT_FILENO)
  }

  /// Takes over a terminal on other descriptors, which stay open and belong to the caller.
  static func open(
    environment: [String: String], input: Int32, output: Int32
  ) throws(CursesTerminalError) -> CursesTerminal {
    if isOpen { throw .alreadyOpen }
    let files = try TerminalFiles(input: input, output: output)
    do {
      let terminal = try CursesTerminal(environment, files)
      isOpen = true
      return terminal
    } catch {
      cncurses_unwatch_signals()
      files.close()
      throw error
    }
  }

  private init(_ environment: [String: String], _ files: TerminalFiles) throws(CursesTerminalError) {
    let output = fileno(files.output)
    var modes = termios()
    guard tcgetattr(output, &modes) == 0 else { throw .notATerminal }
    let locale = LocaleChoice.choose(environment)
    let signals = cncurses_watch_signals()
    guard signals >= 0 else { throw .noScreen }
    let opening = try ScreenOpening(environment: environment, files: files)

    ScreenOpening.setModes(environment)
    let colors = ScreenOpening.startColors()
    guard let window = newwin(0, 0, 0, 0),
      let keys = KeyReader(descriptor: fileno(files.input), isUnicode: locale.isUnicode)
    else {
      endwin()
      delscreen(opening.screen)
      throw .noScreen
    }
    leaveok(window, true)

    self.window = window
    self.files = files
    self.keys = keys
    screen = opening.screen
    size = Size(width: Int(getmaxx(window)), height: Int(getmaxy(window)))
    traits = TerminalTraits(
      colors: colors, isUnicode: locale.isUnicode, notices: [opening.notice, locale.notice].compactMap { $0 })
    renditions = Renditions(colors: colors, isDirectColor: Terminfo.isDirectColor)
    encoder = RowEncoder(isUnicode: locale.isUnicode)
    (events, continuation) = AsyncStream.makeStream(of: TerminalEvent.self)

    let marksPastes = Terminfo.marksPastes
    paste = PasteMarks(output: output, isOn: marksPastes)
    paste.ask(true)
    let leave = (marksPastes ? PasteMarks.off : "") + Terminfo.leaveSequence
    cncurses_arm_crash_restore(output, &modes, leave, leave.utf8.count)
    sources = EventSources(
      input: fileno(files.input), signals: signals, onInput: { [weak self] in self?.readKeys() },
      onSignal: { [weak self] in self?.take($0) })
    if sources == nil {
      leaveScreen()
      throw .noScreen
    }
  }

  /// What drawing has cost so far.
  public private(set) var statistics = TerminalStatistics()

  /// Reports the mouse, or leaves it to the terminal.
  public func setMouse(_ isOn: Bool) {}

  /// Puts a text on the clipboard of the person's terminal.
  public func copy(_ text: String) -> CopyOutcome { .unsupported }

  /// Shows a frame: only rows that differ from the frame before are given to ncurses, which sends only cells that differ.
  public func present(_ frame: Frame) {
    guard state == .drawing else { return }
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
    shown = frame
    guard hasChanged else { return }
    wnoutrefresh(window)
    doupdate()
  }

  /// Takes the colours of the roles; the next frame is given to ncurses whole.
  public func use(_ palette: Palette) {
    guard state != .closed else { return }
    renditions.use(palette)
    shown = nil
  }

  /// Forgets what is on the screen, so that the next frame clears it and is drawn whole.
  public func invalidate() {
    guard state != .closed else { return }
    shown = nil
    clearok(window, true)
  }

  /// Leaves the screen and stops the process group; being continued arrives as `.resumed`.
  public func suspend() {
    guard state == .drawing else { return }
    state = .suspended
    def_prog_mode()
    paste.ask(false)
    endwin()
    cncurses_stop_group()
    // Where nobody could continue it (an orphaned process group, as under ssh -t), the kernel does not stop it.
    EventSources.after(milliseconds: 200) { [weak self] in
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
  private func leaveScreen() {
    state = .closed
    sources?.cancel()
    sources = nil
    continuation.finish()
    paste.ask(false)
    if !isendwin() { endwin() }
    cncurses_disarm_crash_restore()
    keys.close()
    delwin(window)
    delscreen(screen)
  }

  private func readKeys() {
    guard state == .drawing || state == .suspended else { return }
    let isThere = keys.drain { input in
      switch input {
      case .key(let key): continuation.yield(.key(key))
      case .paste(let text): continuation.yield(.paste(text))
      }
    }
    if isThere { return }
    // Level-triggered: a terminal that hung up stays readable for ever.
    sources?.cancelInput()
    state = .gone
    continuation.yield(.closed)
  }

  private func take(_ signal: Int32) {
    guard state == .drawing || state == .suspended else { return }
    switch signal {
    case SIGWINCH: resizing.run { [weak self] in self?.fitSize() }
    case SIGCONT: resume()
    case SIGTSTP: suspend()
    default: break
    }
  }

  private func fitSize() {
    guard state == .drawing else { return }
    var width: Int32 = 0
    var height: Int32 = 0
    guard cncurses_window_size(fileno(files.output), &width, &height) == 0 else { return }
    let found = Size(width: Int(width), height: Int(height))
    guard found != size else { return }
    // Not resizeterm, which also queues a KEY_RESIZE.
    resize_term(height, width)
    wresize(window, height, width)
    size = found
    invalidate()
    continuation.yield(.resize(found))
  }

  /// After a stop: by ^Z, or from outside by a signal that cannot be seen coming.
  private func resume() {
    let foreground = tcgetpgrp(fileno(files.output))
    if foreground > 0, foreground != getpgrp() {
      // Continued in the background, where the terminal is the shell's: stop again until there is a `fg`.
      state = .suspended
      cncurses_stop_group()
      return
    }
    cncurses_expect_stop()
    // The shell has been at the terminal, so all of its modes are to be set again; the next frame does, after an endwin.
    if !isendwin() { endwin() }
    reset_prog_mode()
    paste.ask(true)
    state = .drawing
    fitSize()
    invalidate()
    continuation.yield(.resumed)
  }
}
