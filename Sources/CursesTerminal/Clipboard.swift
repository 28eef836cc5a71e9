import CNcurses
import Glibc
import TerminalScreen

/// Puts text on the clipboard of the terminal that the person sits at: by a sequence (OSC 52) that SSH passes on, inside tmux
/// through tmux, which knows best whether its terminal takes it, and inside GNU screen past it.
nonisolated struct Clipboard {
  private let environment: [String]
  private let isInTmux: Bool
  private let isInScreen: Bool
  private let takesSequence: Bool

  /// Terminals forget longer sequences, in base64.
  static let limit = 74_994
  /// As long as nobody takes the screen for hung.
  private static let patience: Int32 = 200

  /// tmux sees no variables but these: the others may be secrets.
  private static let passedOn = ["TMUX", "TMUX_TMPDIR", "PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE"]

  init(environment: [String: String], takesSequence: Bool) {
    self.takesSequence = takesSequence
    isInTmux = environment["TMUX"].map { !$0.isEmpty } ?? false
    isInScreen = !isInTmux && environment["STY"].map { !$0.isEmpty } ?? false
    self.environment = Self.passedOn.compactMap { name in environment[name].map { "\(name)=\($0)" } }
  }

  /// Copies; `send` takes a sequence for the terminal.
  func copy(_ text: String, send: (String) -> Void) -> CopyOutcome {
    guard takesSequence || isInTmux else { return .unsupported }
    let encoded = Self.base64(Array(text.utf8))
    guard encoded.utf8.count <= Self.limit else { return .tooLong }
    if isInTmux, giveToTmux(text) { return .tmux }
    guard takesSequence else { return .unsupported }
    send(isInScreen ? Self.throughScreen("\u{1B}]52;c;\(encoded)\u{07}") : "\u{1B}]52;c;\(encoded)\u{1B}\\")
    return .sent
  }

  /// GNU screen hands on what stands between DCS and ST, in strings of at most 256 bytes: older versions take no longer ones.
  private static func throughScreen(_ sequence: String) -> String {
    let bytes = Array(sequence.utf8)
    return stride(from: 0, to: bytes.count, by: 240).reduce(into: "") { wrapped, start in
      wrapped += "\u{1B}P" + String(decoding: bytes[start..<min(start + 240, bytes.count)], as: UTF8.self) + "\u{1B}\\"
    }
  }

  private func giveToTmux(_ text: String) -> Bool {
    let command = ["tmux", "load-buffer", "-w", "-"]
    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    return cncurses_feed(&arguments, &variables, text, text.utf8.count, Self.patience) == 0
  }

  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var encoded: [UInt8] = []
    encoded.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      let group = (0..<3).reduce(0) { $0 << 8 | ($1 < count ? Int(bytes[start + $1]) : 0) }
      for digit in 0..<4 {
        encoded.append(digit <= count ? alphabet[group >> (18 - 6 * digit) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}
