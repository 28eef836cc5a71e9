public import TerminalScreen
public import WeixinModel

/// Everything that the dashboard knows: facts from the monitor, and where the user stands.
public struct State: Hashable, Sendable {
  /// The account's status as last published.
  public var status: AccountStatus
  /// The terminal's size.
  public var size: Size
  /// The time of the newest event; the view reads no clock.
  public var now: Timestamp
  /// The shown day.
  public var day: BeijingDay
  /// Whether the user, or `--date`, chose the day; else it follows the newest one with data.
  public var hasChosenDay = false
  /// The inspected hour, 0…23.
  public var hour = 20
  /// Whether the user moved the hour; else it stands at the shown day's peak.
  public var hasChosenHour = false
  /// The hidden layers.
  public var hidden: Set<Series> = []
  /// What is counted.
  public var metric: Metric = .messages
  /// The value that the axis is made for. It stays while days are stepped through, so that their heights compare.
  public var axisMaximum = 0
  /// The first day of the day strip.
  public var stripStart: BeijingDay
  /// What lies over the day view.
  public var layer: Layer = .none
  /// A line that stands in the hints' place until the next key.
  public var notice: Notice?
  /// How the screen is drawn.
  public var mode: DrawingMode
  /// The language.
  public var language: Language
  /// Whether wxtop was told to stay off the network.
  public var isOffline = false

  /// The state before the first event.
  public init(
    status: AccountStatus, size: Size, now: Timestamp, day: BeijingDay? = nil, mode: DrawingMode = DrawingMode(),
    language: Language = .en
  ) {
    self.status = status
    self.size = size
    self.now = now
    self.mode = mode
    self.language = language
    let newest = status.newestDay ?? Publication.newestOpen(at: now)
    self.day = min(max(day ?? newest, .firstKept), now.beijingDay - 1)
    hasChosenDay = day != nil
    stripStart = Self.stripStart(around: self.day)
    settle()
  }

  /// What lies over the day view.
  public enum Layer: Hashable, Sendable {
    /// Nothing.
    case none
    /// The keys, scrolled down by so many lines.
    case help(scroll: Int)
    /// The prompt for a date, with what was typed and why it was refused.
    case goTo(text: String, refusal: DateExpression.Refusal?)
  }

  /// A line for the user.
  public struct Notice: Hashable, Sendable {
    /// What it says.
    public var phrase: Phrase
    /// Whether it says that something went wrong.
    public var isWarning: Bool

    /// A notice.
    public init(_ phrase: Phrase, isWarning: Bool = false) {
      self.phrase = phrase
      self.isWarning = isWarning
    }
  }

  /// The newest day that can be shown: yesterday in Beijing.
  public var newestDay: BeijingDay { now.beijingDay - 1 }

  /// What is known of the shown day.
  public var dayStatus: DayStatus { status[day] }

  /// The state of the shown day.
  public var dayState: DayState { dayStatus.state(of: day, at: now) }

  var numerals: Numerals { Numerals(language, isASCII: mode.glyphs.name == .ascii) }

  /// The shown day's numbers with the shown layers.
  var figures: DayFigures? {
    dayStatus.record.map { DayFigures($0.messages, metric: metric, hidden: hidden) }
  }

  static let stripDays = 17

  /// The shown day with the thirteen before it and three after it.
  static func stripStart(around day: BeijingDay) -> BeijingDay { day - 13 }

  /// Brings what follows from the rest up to date: the axis, the hour at the peak, the strip.
  mutating func settle() {
    if !hasChosenDay, let newest = status.newestDay { day = min(newest, newestDay) }
    day = min(max(day, .firstKept), max(newestDay, .firstKept))
    if day < stripStart || day > stripStart + (Self.stripDays - 1) {
      let isNextToStrip = abs(day < stripStart ? stripStart - day : day - (stripStart + Self.stripDays - 1)) == 1
      stripStart =
        !isNextToStrip ? Self.stripStart(around: day) : day < stripStart ? day : day - (Self.stripDays - 1)
    }
    guard let figures else { return }
    if !hasChosenHour, let peak = figures.peakHour { hour = peak }
    let needed = figures.hourTotals.max() ?? 0
    if needed > axisMaximum || needed < axisMaximum / 2 { axisMaximum = needed }
  }
}

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
  /// Time passed.
  case tick
}

/// What the dashboard asks the world to do.
public enum Effect: Hashable, Sendable {
  /// Load a day and its neighbours, and fetch what is missing.
  case show(BeijingDay)
  /// Ask Weixin again for the speed and the shown day.
  case refresh
  /// Stop or go on polling.
  case setPaused(Bool)
  /// Fetch all that the archive lacks, or stop.
  case setBackfilling(Bool)
  /// Draw the whole screen anew.
  case redraw
  /// Stop the program, as `^Z` does.
  case suspend
  /// Leave.
  case quit
}
