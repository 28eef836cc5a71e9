import TerminalScreen

/// Turns what ncurses hands over as single characters into keys, and takes whole the escape sequences that the terminal's
/// description does not have: an unknown key or a terminal's answer must not act as the letters that it is made of.
nonisolated struct EscapeDecoder {
  private enum State: Equatable {
    case ground
    /// One Esc or more; what they mean shows in what follows.
    case escape(Int)
    /// `ESC [` and parameters. With `isAlt`, another Esc came before, and the key is none that we know.
    case control([UInt8], isAlt: Bool)
    /// `ESC O`.
    case single(isAlt: Bool)
    /// `ESC [ [`, as the Linux console begins F1 to F5.
    case linuxFunction
    /// The text of a terminal's answer, up to BEL or ST.
    case string(AnswerText)
    /// The three bytes behind `ESC [ M`.
    case mouse([UInt8])
    case paste
  }

  /// What the characters stand for.
  enum Input: Equatable {
    case key(Key)
    case paste(String)
    case mouse(Mouse)
    case answer(Answer)
  }

  private var paste = PasteDecoder()
  private var state = State.ground

  /// Takes a byte that is no text even where it could be: one of a mouse report's. Returns whether it is such a byte.
  mutating func take(_ byte: UInt8, emit: (Input) -> Void) -> Bool {
    guard case .mouse(let bytes) = state, byte >= 0x20 else { return false }
    state = bytes.count < 2 ? .mouse(bytes + [byte]) : .ground
    if let mouse = MouseReports.mouse(legacy: bytes + [byte]) { emit(.mouse(mouse)) }
    return true
  }

  /// Takes a character, and passes on the keys that are complete by it.
  mutating func take(_ scalar: Unicode.Scalar, emit: (Input) -> Void) {
    let value = scalar.value
    switch state {
    case .paste:
      guard let text = paste.take(scalar) else { return }
      state = .ground
      emit(.paste(text))
      return
    case .string(var text):
      takeString(scalar, &text, emit: emit)
      return
    default: break
    }
    // A control character ends any sequence. With Alt it is no key of ours, but ^C works whatever came before it.
    if value < 0x20, value != 0x1B, state != .ground {
      let isAlt = if case .escape = state { true } else { false }
      state = .ground
      if isAlt, value != 0x03 { return }
    }
    switch state {
    case .ground:
      if value == 0x1B {
        state = .escape(1)
      } else if let key = KeyNames.key(scalar) {
        emit(.key(key))
      }
    case .escape(let count): takeAfterEscape(scalar, count, emit: emit)
    case .control(let parameters, let isAlt): takeControl(value, parameters, isAlt: isAlt, emit: emit)
    case .single(let isAlt):
      // With Shift, Alt or Control, which come as a number before the letter, it is no key of ours.
      if (0x30...0x3B).contains(value) {
        state = .single(isAlt: true)
        return
      }
      state = value == 0x1B ? .escape(1) : .ground
      if !isAlt, let key = KeyNames.single(value) { emit(.key(key)) }
    case .linuxFunction:
      state = .ground
      if (0x41...0x45).contains(value) { emit(.key(.function(Int(value) - 0x40))) }
    case .mouse: state = value == 0x1B ? .escape(1) : .ground
    case .paste, .string: break
    }
  }

  /// Takes a key that ncurses knew. After an Esc it is the key with Alt, which is none of ours.
  mutating func take(_ key: Key, emit: (Input) -> Void) {
    // Within a paste it is a part of the text that looked like a key.
    if state == .paste { return }
    let isAlt = if case .escape = state { true } else { false }
    state = .ground
    if !isAlt { emit(.key(key)) }
  }

  /// There is no more input for now: an Esc was an Esc, unless an answer that begins with one is expected. A sequence that was
  /// cut stays open, its rest may come late.
  mutating func pause(expectsAnswers: Bool, emit: (Input) -> Void) {
    switch state {
    case .escape(let count):
      if expectsAnswers { return }
      for _ in 0..<count { emit(.key(.escape)) }
      state = .ground
    case .string(var text):
      text.isDoubtful = text.bytes.isEmpty
      state = .string(text)
    case .ground, .control, .single, .linuxFunction, .mouse, .paste: break
    }
  }

  private mutating func takeAfterEscape(_ scalar: Unicode.Scalar, _ count: Int, emit: (Input) -> Void) {
    switch scalar {
    case "\u{1B}":
      if count > 1 { emit(.key(.escape)) }
      state = .escape(2)
    case "[": state = .control([], isAlt: count > 1)
    case "O": state = .single(isAlt: count > 1)
    case "]", "P", "X", "^", "_": state = .string(AnswerText(isCommand: scalar == "]", isAlt: count > 1))
    // Alt and a letter.
    default: state = .ground
    }
  }

  private mutating func takeControl(_ value: UInt32, _ parameters: [UInt8], isAlt: Bool, emit: (Input) -> Void) {
    switch value {
    case 0x1B: state = .escape(1)
    case 0x20...0x3F:
      state = parameters.count < 32 ? .control(parameters + [UInt8(value)], isAlt: isAlt) : .ground
    case 0x5B where parameters.isEmpty: state = .linuxFunction
    case 0x4D where parameters.isEmpty: state = .mouse([])
    case 0x7E where parameters == Array("200".utf8): state = .paste
    default:
      state = .ground
      if let answer = Answer(control: value, parameters) {
        // A terminal does not press Alt: that was an Esc of its own.
        if isAlt { emit(.key(.escape)) }
        emit(.answer(answer))
      } else if let mouse = MouseReports.mouse(value, parameters) {
        emit(.mouse(mouse))
      } else if !isAlt, let key = KeyNames.control(value, parameters) {
        emit(.key(key))
      }
    }
  }

  private mutating func takeString(_ scalar: Unicode.Scalar, _ text: inout AnswerText, emit: (Input) -> Void) {
    switch text.take(scalar) {
    case .more: state = .string(text)
    case .end(let answer):
      state = .ground
      guard let answer else { return }
      if text.isAlt { emit(.key(.escape)) }
      emit(.answer(answer))
    case .none(let keepsEscape):
      state = keepsEscape ? .escape(1) : .ground
      take(scalar, emit: emit)
    }
  }
}
