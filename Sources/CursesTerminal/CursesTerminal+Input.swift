import CNcurses
import Glibc
public import TerminalScreen

extension CursesTerminal {
  /// Tells of keys, resizes and the end until ``close()``, beginning with what has happened before.
  public func listen(_ listener: @escaping @MainActor (TerminalEvent) -> Void) {
    guard state != .closed else { return }
    self.listener = listener
    let untold = self.untold
    self.untold = []
    for event in untold { listener(event) }
  }

  func tell(_ event: TerminalEvent) {
    if let listener { listener(event) } else { untold.append(event) }
  }

  func readKeys() {
    guard state == .drawing || state == .suspended else { return }
    let isThere = keys.drain(expectsAnswers: questions.areExpected) { input in
      switch input {
      case .key(let key): tell(.key(key))
      case .paste(let text): tell(.paste(text))
      case .mouse(let mouse): if hasMouse { tell(.mouse(mouse)) }
      case .answer(let answer): learn(questions.take(answer))
      }
    }
    sendAfterReading()
    if isThere { return }
    // Level-triggered: a terminal that hung up stays readable for ever.
    sources?.cancelInput()
    state = .gone
    tell(.closed)
  }

  func goOnWithoutAnswers() {
    readKeys()
    guard state == .drawing || state == .suspended else { return }
    learn(questions.giveUp())
    // An Esc that looked like the beginning of an answer was a key.
    readKeys()
  }

  /// Takes the answers that are still on their way, so that the shell does not get them as a command.
  func awaitAnswers() {
    let end = ContinuousClock.now + Questions.patience
    var isThere = true
    while isThere, questions.mayBeAnswered(at: .now), ContinuousClock.now < end {
      guard keys.hasInput(within: 5) else { continue }
      isThere = keys.drain(expectsAnswers: true) { input in
        if case .answer(let answer) = input { _ = questions.take(answer) }
      }
    }
  }

  private func learn(_ answers: TerminalAnswers?) {
    if let answers { tell(.learned(answers)) }
  }

  /// curses sets the mode of the keypad when it first reads after a stop.
  private func sendAfterReading() {
    let bytes = capture.take()
    if bytes.isEmpty || state != .drawing { return }
    outbox.add(bytes)
    flush()
  }

  func take(_ signal: Int32) {
    guard state == .drawing || state == .suspended else { return }
    switch signal {
    case SIGWINCH: resizing.run { [weak self] in self?.fitSize() }
    case SIGCONT: resume()
    case SIGTSTP: suspend()
    default: break
    }
  }

  func fitSize() {
    guard state == .drawing else { return }
    var width: Int32 = 0
    var height: Int32 = 0
    guard cncurses_window_size(files.terminal, &width, &height) == 0 else { return }
    let found = Size(width: Int(width), height: Int(height))
    guard found != size else { return }
    // Not resizeterm, which also queues a KEY_RESIZE.
    resize_term(height, width)
    size = found
    invalidate()
    tell(.resize(found))
  }
}
