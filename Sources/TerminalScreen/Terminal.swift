/// What a person or the system does at a terminal.
public enum TerminalEvent: Hashable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// Text was pasted; it is no key presses.
  case paste(String)
  /// The terminal has a new size.
  case resize(Size)
  /// The program was continued after being stopped; the screen is to be drawn again.
  case resumed
  /// The terminal is gone: closed, hung up or unreadable.
  case closed
}

/// A key as a program wants to know it.
public enum Key: Hashable, Sendable {
  /// A printable character.
  case character(Unicode.Scalar)
  /// Control and a letter, given in lower case: `^C` is `.control("c")`.
  case control(Unicode.Scalar)
  /// A function key, 1…12.
  case function(Int)
  /// The arrow keys.
  case left, right, up, down
  /// Arrow keys with shift.
  case shiftLeft, shiftRight
  /// The block above the arrows.
  case home, end, pageUp, pageDown, insert, delete
  /// Keys that edit and confirm.
  case enter, escape, tab, backTab, backspace
}

extension Key: ExpressibleByUnicodeScalarLiteral {
  /// A printable character.
  public init(unicodeScalarLiteral value: Unicode.Scalar) { self = .character(value) }
}

/// What a terminal can do, as found at its start.
public struct TerminalTraits: Hashable, Sendable {
  /// The number of colours: 0 for none, 8, 16, 256 or more.
  public var colors: Int
  /// Whether characters outside ASCII arrive.
  public var isUnicode: Bool
  /// Sentences on what had to be replaced at the start (an unknown TERM, a missing locale); for people.
  public var notices: [TerminalNotice]

  /// Traits.
  public init(colors: Int, isUnicode: Bool, notices: [TerminalNotice] = []) {
    self.colors = colors
    self.isUnicode = isUnicode
    self.notices = notices
  }
}

/// What had to be replaced when a terminal was opened.
public enum TerminalNotice: Hashable, Sendable {
  /// `TERM` named a terminal without a description here; another description is used.
  case unknownTerm(String, used: String)
  /// The locale was missing or not UTF-8; another one is used.
  case replacedLocale(String, used: String)
  /// No UTF-8 locale could be had, so only ASCII is drawn.
  case asciiOnly(String)
}

/// A full-screen terminal. `CursesTerminal` is the real one; tests script a false one.
@MainActor
public protocol Terminal: AnyObject {
  /// The size now.
  var size: Size { get }
  /// What it can do.
  var traits: TerminalTraits { get }
  /// Keys, resizes and the end; one reader.
  var events: AsyncStream<TerminalEvent> { get }
  /// Shows a frame; cells outside the terminal are cut.
  func present(_ frame: Frame)
  /// Takes the colours of the roles.
  func use(_ palette: Palette)
  /// Forgets what is on the screen, so that the next frame is drawn whole (`^L`, after a resume).
  func invalidate()
  /// Leaves the screen and stops the program, as `^Z` does; the end of it arrives as `.resumed`.
  func suspend()
  /// Leaves the screen for good and restores the terminal; may be called twice.
  func close()
}
