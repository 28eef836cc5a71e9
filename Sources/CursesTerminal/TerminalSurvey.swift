import CNcurses
public import TerminalScreen

/// What a terminal could do, found out without taking its screen. Not to be asked while a ``CursesTerminal`` is open.
nonisolated public struct TerminalSurvey: Sendable {
  /// The number of colours that `TERM` stands for, 0 for none; nil when it has no description on this system.
  public let colors: Int?
  /// Whether it can place its cursor, without which there is no screen.
  public let movesCursor: Bool
  /// Whether characters outside ASCII arrive.
  public let isUnicode: Bool
  /// What a person should know about the locale.
  public let notice: TerminalNotice?

  /// A terminal of which all is known.
  public init(colors: Int?, movesCursor: Bool, isUnicode: Bool, notice: TerminalNotice? = nil) {
    (self.colors, self.movesCursor, self.isUnicode, self.notice) = (colors, movesCursor, isUnicode, notice)
  }

  /// Looks at `TERM` and the locale's variables. Sets the process's `LC_CTYPE`.
  public init(environment: [String: String]) {
    var (found, moves): (CInt, CInt) = (0, 0)
    let name = environment["TERM"] ?? ""
    let isKnown = !name.isEmpty && cncurses_describe(name, &found, &moves) == 0
    colors = isKnown ? max(0, Int(found)) : nil
    movesCursor = isKnown && moves != 0
    let locale = LocaleChoice.choose(environment)
    isUnicode = locale.isUnicode
    notice = locale.notice
  }
}
