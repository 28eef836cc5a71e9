/// The text of an answer that begins with `ESC ]` (or `P`, `X`, `^`, `_`) and ends with BEL or `ESC \`.
nonisolated struct AnswerText: Equatable {
  /// Whether it began with `ESC ]`, as the only ones that are read.
  let isCommand: Bool
  /// Whether another Esc came before.
  let isAlt: Bool
  /// The text so far.
  private(set) var bytes: [UInt8] = []
  /// Whether it may have been Alt and a bracket: nothing followed at once.
  var isDoubtful = false
  private var hasEscape = false
  private var isKept = true

  enum Step: Equatable {
    case more
    /// It is whole; nil when it is no answer to a question of ours.
    case end(Answer?)
    /// The character is none of it. `keepsEscape` when the Esc before it isn't either.
    case none(keepsEscape: Bool)
  }

  init(isCommand: Bool, isAlt: Bool) {
    self.isCommand = isCommand
    self.isAlt = isAlt
  }

  mutating func take(_ scalar: Unicode.Scalar) -> Step {
    let value = scalar.value
    if hasEscape { return scalar == "\\" ? .end(answer) : .none(keepsEscape: true) }
    // Answers begin with a number.
    if isDoubtful, bytes.isEmpty, !("0"..."9").contains(scalar), value != 0x1B { return .none(keepsEscape: false) }
    switch value {
    case 0x1B: hasEscape = true
    case 0x07: return .end(answer)
    case 0x03: return .none(keepsEscape: false)
    // Any other control character cuts it.
    case 0x00..<0x20: return .end(nil)
    case 0x20..<0x7F where bytes.count < 64: bytes.append(UInt8(value))
    default: isKept = false
    }
    return .more
  }

  private var answer: Answer? { isCommand && isKept ? Answer(string: bytes) : nil }
}
