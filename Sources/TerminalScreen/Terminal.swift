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
  /// The mouse was used; only after ``Terminal/setMouse(_:)``.
  case mouse(Mouse)
  /// The terminal answered what it was asked at the start.
  case learned(TerminalAnswers)
  /// The terminal is gone: closed, hung up or unreadable.
  case closed
}

/// What was done with the mouse, and where.
public struct Mouse: Hashable, Sendable {
  /// What was done.
  public enum Deed: Hashable, Sendable {
    /// The left button was pressed.
    case press
    /// The wheel was turned by a notch, away from the person or towards them.
    case wheelUp, wheelDown
  }

  /// What was done.
  public var deed: Deed
  /// The row of the cell, 0 at the top.
  public var row: Int
  /// The column of the cell, 0 at the left.
  public var column: Int

  /// A deed at a cell.
  public init(_ deed: Deed, row: Int, column: Int) {
    self.deed = deed
    self.row = row
    self.column = column
  }
}

/// What a terminal says of itself, some milliseconds after it was asked. Nil where it said nothing.
public struct TerminalAnswers: Hashable, Sendable {
  /// Whether its background is dark (OSC 11).
  public var isDark: Bool?
  /// Whether characters of ambiguous width, such as `█` and `─`, take two columns (cursor report).
  public var isAmbiguousWide: Bool?
  /// Whether it can hold a frame back until it is whole (mode 2026).
  public var isSynchronized: Bool

  /// Answers.
  public init(isDark: Bool? = nil, isAmbiguousWide: Bool? = nil, isSynchronized: Bool = false) {
    self.isDark = isDark
    self.isAmbiguousWide = isAmbiguousWide
    self.isSynchronized = isSynchronized
  }
}

/// Where a copied text went.
public enum CopyOutcome: Hashable, Sendable {
  /// To the terminal's clipboard, as far as can be known: OSC 52 is not answered.
  case sent
  /// To tmux's buffer, and on to the terminal's clipboard.
  case tmux
  /// Nowhere: it is longer than terminals take.
  case tooLong
  /// Nowhere: this terminal takes none.
  case unsupported
}

/// What drawing has cost.
public struct TerminalStatistics: Hashable, Sendable {
  /// Frames that were drawn.
  public var frames: Int
  /// Bytes sent since the start.
  public var bytes: Int
  /// Bytes of the last frame.
  public var frameBytes: Int
  /// Time that the last frame took to be encoded and written.
  public var frameTime: Duration
  /// Time that the terminal took to answer at the start: the way to it and back. Nil where it did not.
  public var roundTrip: Duration?

  /// Statistics.
  public init(
    frames: Int = 0, bytes: Int = 0, frameBytes: Int = 0, frameTime: Duration = .zero, roundTrip: Duration? = nil
  ) {
    self.frames = frames
    self.bytes = bytes
    self.frameBytes = frameBytes
    self.frameTime = frameTime
    self.roundTrip = roundTrip
  }
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
  /// Whether it shows any red, green and blue as it is given; else ``Color/rgb(_:_:_:)`` becomes the nearest colour it has.
  public var hasDirectColor: Bool
  /// Whether characters outside ASCII arrive.
  public var isUnicode: Bool
  /// Sentences on what had to be replaced at the start (an unknown TERM, a missing locale); for people.
  public var notices: [TerminalNotice]

  /// Traits.
  public init(colors: Int, hasDirectColor: Bool = false, isUnicode: Bool, notices: [TerminalNotice] = []) {
    self.colors = colors
    self.hasDirectColor = hasDirectColor
    self.isUnicode = isUnicode
    self.notices = notices
  }
}

/// What had to be replaced when a terminal was opened.
public enum TerminalNotice: Hashable, Sendable {
  /// `TERM` named a terminal without a description here; another description is used.
  case unknownTerm(String, used: String)
  /// The machine lacks the locale; another one is used.
  case replacedLocale(String, used: String)
  /// The locale's character set is not UTF-8, in which a screen is drawn; another locale is used.
  case unusableCharset(String, charset: String, used: String)
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
  /// Tells of keys, resizes and the end as they happen, beginning with what has happened before. There is one listener, on the
  /// main actor like the terminal: a key is not handed from thread to thread on its way.
  func listen(_ listener: @escaping @MainActor (TerminalEvent) -> Void)
  /// Shows a frame; cells outside the terminal are cut.
  func present(_ frame: Frame)
  /// Takes the colours of the roles.
  func use(_ palette: Palette)
  /// Forgets what is on the screen, so that the next frame is drawn whole (`^L`, after a resume).
  func invalidate()
  /// Reports the mouse, or leaves it to the terminal, whose own selection then works.
  func setMouse(_ isOn: Bool)
  /// Puts a text on the clipboard of the person's terminal, which may be behind SSH and tmux.
  func copy(_ text: String) -> CopyOutcome
  /// Rings the bell.
  func bell()
  /// What drawing has cost so far.
  var statistics: TerminalStatistics { get }
  /// Leaves the screen and stops the program, as `^Z` does; the end of it arrives as `.resumed`.
  func suspend()
  /// Leaves the screen for good and restores the terminal; may be called twice.
  func close()
}
