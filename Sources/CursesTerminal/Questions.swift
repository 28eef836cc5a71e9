import TerminalScreen

/// What the terminal is asked at the start, and what came of it.
nonisolated struct Questions {
  /// Whether the last answer has not come yet.
  private(set) var areOpen: Bool
  private let wereAsked: Bool
  private let begin: ContinuousClock.Instant
  private var isPatient: Bool
  private(set) var answers = TerminalAnswers()
  private var told: TerminalAnswers?
  /// How long the last answer took.
  private(set) var roundTrip: Duration?

  /// How long the dashboard waits for answers before it goes on without.
  static let patience = Duration.milliseconds(100)

  init(areAsked: Bool, at now: ContinuousClock.Instant) {
    wereAsked = areAsked
    areOpen = areAsked
    isPatient = areAsked
    begin = now
  }

  /// Whether an Esc may be the beginning of an answer.
  var areExpected: Bool { areOpen && isPatient }

  /// Whether answers may still come. Of a terminal that has been silent for long, none do.
  func mayBeAnswered(at now: ContinuousClock.Instant) -> Bool { areOpen && now - begin < .seconds(2) }

  /// The questions. All terminals answer the last, so that its answer says that no others are to be expected.
  ///
  /// The probe of ambiguous width is not in the first row: from there the report would read as Shift-F3. What a terminal shows
  /// of a question that it does not understand is erased with the probe.
  static func text(isUnicode: Bool) -> String {
    let probe = isUnicode ? "\u{2588}\u{1B}[6n" : ""
    return "\u{1B}[2;1H\(probe)\u{1B}[?2026$p\u{1B}]11;?\u{1B}\\\u{1B}[c\u{1B}[2;1H\u{1B}[2K\u{1B}[H"
  }

  /// Takes an answer; gives what the terminal has said when that is to be told.
  mutating func take(_ answer: Answer) -> TerminalAnswers? {
    switch answer {
    case .cursor(row: 2, let column) where column == 2 || column == 3: answers.isAmbiguousWide = column == 3
    case .background(let isDark): answers.isDark = isDark
    case .mode(2026, let value): answers.isSynchronized = value == 1 || value == 2
    case .attributes:
      if areOpen { roundTrip = begin.duration(to: .now) }
      areOpen = false
      return tell()
    case .cursor, .mode: break
    }
    return nil
  }

  /// Gives what there is when the time is over and nothing has been told yet.
  mutating func giveUp() -> TerminalAnswers? {
    isPatient = false
    return told == nil ? tell() : nil
  }

  private mutating func tell() -> TerminalAnswers? {
    guard wereAsked, told != answers else { return nil }
    told = answers
    return answers
  }
}
