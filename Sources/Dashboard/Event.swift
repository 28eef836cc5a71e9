public import TerminalScreen
public import WeixinModel

/// What happened.
public enum Event: Hashable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// Text was pasted.
  case paste(String)
  /// The terminal has a new size.
  case resize(Size)
  /// The program was continued after being stopped.
  case resumed
  /// The mouse was used.
  case mouse(Mouse)
  /// The terminal answered what it was asked at the start.
  case learned(TerminalAnswers)
  /// The monitor published a status.
  case status(AccountStatus)
  /// The newest statuses of all watched accounts, in the order of the configuration. Lean: their days are few.
  case fleet([AccountStatus])
  /// A text was put on the clipboard, or was not.
  case copied(CopyOutcome, what: Phrase)
  /// A file was written; nil when the reason tells why not.
  case exported(path: String?, bytes: Int, reason: Phrase?)
  /// Settings were kept in a file; nil when the reason tells why not.
  case settingsKept(path: String?, reason: Phrase?)
  /// Alerts were raised, cleared or acknowledged: all that are to be shown.
  case alerts([Alert])
  /// Something behind the screen is worth a line.
  case notice(State.Notice)
  /// Time passed.
  case tick
}

/// What the dashboard asks the world to do.
public enum Effect: Hashable, Sendable {
  /// Load a day and its neighbours, and fetch what is missing; then the others that the screen shows.
  case show(BeijingDay, and: [BeijingDay])
  /// Ask Weixin again for the speed and the shown day.
  case refresh
  /// Fetch a day again though it is final.
  case refetch(BeijingDay)
  /// Stop or go on polling.
  case setPaused(Bool)
  /// Fetch all that the archive lacks, or stop.
  case setBackfilling(Bool)
  /// From now on show another account, by its name: its whole statuses are wanted.
  case openAccount(String)
  /// Ask Weixin again for the speed and the newest day of an account, by its name.
  case retryAccount(String)
  /// Begin to watch all accounts.
  case watchFleet
  /// Note that a person has seen some alerts.
  case acknowledge([Alert.ID])
  /// Ring the terminal's bell.
  case bell
  /// Put a text on the terminal's clipboard.
  case copy(String, what: Phrase)
  /// Write a new file. An empty name leaves it to wxtop; `suggestion` is that name.
  case export(String, name: String, suggestion: String)
  /// Keep settings in the configuration.
  case keepSettings([Setting])
  /// Use other colours.
  case restyle(Palette)
  /// Report the mouse, or leave it to the terminal.
  case setMouse(Bool)
  /// Draw the whole screen anew.
  case redraw
  /// Stop the program, as `^Z` does.
  case suspend
  /// Leave.
  case quit
}

/// A setting as the configuration file has it: a key at the top of the file, and its value.
public struct Setting: Hashable, Sendable {
  /// The key.
  public var key: String
  /// The value; nil takes the key out, so that the default holds again.
  public var value: String?

  /// A setting.
  public init(_ key: String, _ value: String?) {
    self.key = key
    self.value = value
  }
}
