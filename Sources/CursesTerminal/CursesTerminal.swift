import CNcurses
internal import Dispatch
import Glibc
public import TerminalScreen

/// The real terminal, drawn by ncursesw. A process has one at a time.
///
/// It lives on the main actor, because ncurses wants mutual exclusion. ``close()`` is to be called on every way out of the
/// program; crashes are looked after in C, and sudden death by a process that keeps watch.
public final class CursesTerminal: Terminal {
  /// The size now.
  public internal(set) var size: Size
  /// What the terminal can do, as found when it was opened.
  public let traits: TerminalTraits
  /// What drawing has cost so far.
  public var statistics: TerminalStatistics {
    var statistics = drawn
    statistics.bytes = outbox.sent
    statistics.roundTrip = questions.roundTrip
    return statistics
  }

  let window: UnsafeMutablePointer<WINDOW>
  let renditions: Renditions
  let files: TerminalFiles
  let kind: TerminalKind
  let outbox: Outbox
  let capture: Capture
  let encoder: RowEncoder
  let keys: KeyReader
  var listener: (@MainActor (TerminalEvent) -> Void)?
  /// What happened before there was a listener.
  var untold: [TerminalEvent] = []
  var sources: EventSources?
  var questions: Questions
  var state = State.drawing
  /// The frame on the screen, or on its way to it.
  var shown: Frame?
  /// The newest frame, when the terminal has not yet taken the one before.
  var waiting: Frame?
  var hasMouse = false
  var drawn = TerminalStatistics()
  let resizing = ResizeThrottle()
  let screen: OpaquePointer
  let paste: PasteMarks
  private let clipboard: Clipboard
  let modes: TerminalModes

  enum State { case drawing, suspended, gone, closed }

  static var isOpen = false

  /// The ncurses that it draws with, such as `ncurses 6.4.20221231`.
  public nonisolated static var libraryVersion: String { curses_version().map { String(cString: $0) } ?? "ncurses" }

  /// Takes over the terminal on standard input and output.
  ///
  /// - Parameters:
  ///   - environment: `TERM`, `COLORTERM`, `TMUX`, the locale's variables and `ESCDELAY` are read from it.
  ///   - wantsDirectColor: Whether colours are to be given as red, green and blue where the terminal's description allows; when
  ///     nil, `COLORTERM` decides.
  /// - Returns: The terminal, with its screen taken over.
  /// - Throws: Why it cannot be used; nothing has been written to it then.
  public static func open(
    environment: [String: String], wantsDirectColor: Bool? = nil
  ) throws(CursesTerminalError) -> CursesTerminal {
    try open(
      environment: environment, wantsDirectColor: wantsDirectColor, input: STDIN_FILENO, output: STDOUT_FILENO)
  }

  /// Takes over a terminal on other descriptors, which stay open and belong to the caller.
  static func open(
    environment: [String: String], wantsDirectColor: Bool? = nil, asks: Bool = true, input: Int32, output: Int32
  ) throws(CursesTerminalError) -> CursesTerminal {
    if isOpen { throw .alreadyOpen }
    let files = try TerminalFiles(input: input, output: output)
    do {
      let terminal = try CursesTerminal(
        environment, files, wantsDirectColor: wantsDirectColor ?? DirectColor.isWanted(environment), asks: asks)
      isOpen = true
      return terminal
    } catch {
      cncurses_unwatch_signals()
      files.close()
      throw error
    }
  }

  private init(
    _ environment: [String: String], _ files: TerminalFiles, wantsDirectColor: Bool, asks: Bool
  ) throws(CursesTerminalError) {
    guard let modes = TerminalModes(of: files.terminal) else { throw .notATerminal }
    let locale = LocaleChoice.choose(environment)
    let signals = cncurses_watch_signals()
    guard signals >= 0 else { throw .noScreen }
    let opening = try ScreenOpening(environment: environment, files: files, wantsDirectColor: wantsDirectColor)

    ScreenOpening.setModes(environment)
    modes.keepForDrawing()
    guard let capture = Capture(of: fileno(files.output)), let window = cncurses_standard_window(),
      let keys = KeyReader(descriptor: fileno(files.input), isUnicode: locale.isUnicode)
    else {
      endwin()
      modes.restore(afterOutput: true)
      delscreen(opening.screen)
      throw .noScreen
    }
    curs_set(0)
    let colors = ScreenOpening.startColors()
    leaveok(window, true)

    self.window = window
    self.files = files
    self.keys = keys
    self.modes = modes
    self.capture = capture
    screen = opening.screen
    kind = TerminalKind(environment)
    outbox = Outbox(to: files.terminal)
    size = Size(width: Int(getmaxx(window)), height: Int(getmaxy(window)))
    let isDirect = Terminfo.isDirectColor
    traits = TerminalTraits(
      colors: colors, hasDirectColor: isDirect && colors > 256, isUnicode: locale.isUnicode,
      notices: [opening.notice, locale.notice].compactMap { $0 })
    renditions = Renditions(colors: colors, isDirectColor: isDirect)
    encoder = RowEncoder(isUnicode: locale.isUnicode)
    clipboard = Clipboard(environment: environment, takesSequence: kind.followsXterm)
    questions = Questions(areAsked: asks && kind.followsXterm, at: .now)
    paste = PasteMarks(isOn: Terminfo.marksPastes)
    let leave = Self.leaveSequence(kind, paste)
    modes.armRestore(leave: leave)
    sources = EventSources(
      input: fileno(files.input), signals: signals, onInput: { [weak self] in self?.readKeys() },
      onSignal: { [weak self] in self?.take($0) })
    if sources == nil {
      leaveScreen()
      throw .noScreen
    }
    begin(isUnicode: locale.isUnicode)
  }

  /// What takes the terminal back from a program that may have ended in the middle of a sequence or a frame.
  private static func leaveSequence(_ kind: TerminalKind, _ paste: PasteMarks) -> String {
    (kind.followsXterm ? "\u{1B}\\" + SynchronizedOutput.end + MouseReports.off : "") + paste.end
      + Terminfo.leaveSequence
  }

  /// What opens the screen, and the questions with it, goes ahead of the first frame: to be woken twice would hold the terminal up,
  /// and us with it where the two share a core.
  private func begin(isUnicode: Bool) {
    outbox.hold(capture.take())
    outbox.hold(paste.begin.utf8)
    if questions.areOpen { outbox.hold(Questions.text(isUnicode: isUnicode).utf8) }
    guard questions.areOpen else { return }
    EventSources.after(Questions.patience) { [weak self] in self?.goOnWithoutAnswers() }
  }

  /// Reports the mouse, or leaves it to the terminal.
  public func setMouse(_ isOn: Bool) {
    guard isOn != hasMouse, kind.followsXterm, state != .closed else { return }
    hasMouse = isOn
    guard state == .drawing else { return }
    outbox.add((isOn ? MouseReports.on : MouseReports.off).utf8)
    flush()
  }

  /// Puts a text on the clipboard of the person's terminal.
  public func copy(_ text: String) -> CopyOutcome {
    guard state == .drawing else { return .unsupported }
    return clipboard.copy(text) {
      outbox.add($0.utf8)
      flush()
    }
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
}
