import Glibc

/// Where text goes. The one place that writes it for people and programs: nothing with a control character passes, and the
/// locale's character set is kept to.
struct Output: Sendable {
  let isTerminal: Bool
  private let put: @Sendable (String, Bool) throws(CommandFailure) -> Void
  private let descriptor: Int32?

  init(isTerminal: Bool = false, _ put: @escaping @Sendable (String) throws(CommandFailure) -> Void) {
    self.isTerminal = isTerminal
    descriptor = nil
    self.put = { text, _ throws(CommandFailure) in try put(text) }
  }

  /// The process's stdout.
  static let standard = Output(descriptor: 1)
  /// The process's stderr.
  static let error = Output(descriptor: 2)

  /// Writes to a descriptor and waits for whoever reads it. A reader that went away ends the command in silence, as it does for
  /// any Unix tool.
  init(descriptor: Int32, charset: Charset = Environment.process.charset) {
    isTerminal = isatty(descriptor) == 1
    self.descriptor = descriptor
    put = { text, isUTF8 throws(CommandFailure) in
      let bytes = isUTF8 ? Array(text.utf8) : charset.bytes(of: text)
      try OutputQueue.send(bytes[...], to: descriptor)
    }
  }

  private init(_ queue: OutputQueue, isTerminal: Bool, charset: Charset) {
    self.isTerminal = isTerminal
    descriptor = nil
    put = { text, isUTF8 throws(CommandFailure) in
      try queue.write(isUTF8 ? Array(text.utf8) : charset.bytes(of: text))
    }
  }

  /// The same place for whatever runs on and on: it waits for no reader. What finds no room is left out.
  /// - Parameters:
  ///   - charset: In which text is written.
  ///   - limit: Bytes that may wait.
  ///   - say: Told how many texts were left out, at the first one and once there is room again.
  /// - Returns: The place, which takes texts at once.
  func queued(
    charset: Charset = Environment.process.charset, limit: Int = OutputQueue.limit,
    say: @escaping @Sendable (_ leftOut: Int, _ hasRoom: Bool) -> Void
  ) -> Output {
    guard let descriptor else { return self }
    return Output(OutputQueue(descriptor: descriptor, limit: limit, say: say), isTerminal: isTerminal, charset: charset)
  }

  /// Writes a text.
  /// - Parameters:
  ///   - text: The text; a control character in it is left out, but for the ends of lines and tabs.
  ///   - isUTF8: Whether its format is in UTF-8 whatever the locale says, as JSON is.
  /// - Throws: Why it cannot be written.
  func write(_ text: String, isUTF8: Bool = false) throws(CommandFailure) { try put(text.withoutControls, isUTF8) }

  /// Writes a drawing with the escape sequences of its colours.
  func draw(_ text: String) throws(CommandFailure) { try put(text, false) }

  /// A line for people: nothing is lost where it cannot be written.
  func line(_ text: String) { try? put(text.withoutControls + "\n", false) }

  /// Puts a line in the place of the one before, on a terminal.
  func overwrite(_ line: String) { try? put("\r\u{1B}[K" + line.withoutControls, false) }
}

extension String {
  /// The text without what a terminal takes for a command, or writes backwards.
  var withoutControls: String {
    guard unicodeScalars.contains(where: \.isControl) else { return self }
    return String(UnicodeScalarView(unicodeScalars.filter { !$0.isControl }))
  }
}

extension Unicode.Scalar {
  fileprivate var isControl: Bool {
    switch value {
    case 0x09, 0x0A: false
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
