public import TerminalScreen
public import WeixinModel

/// Everything that the dashboard knows: facts from the monitor, and where the user stands.
public struct State: Hashable, Sendable {
  /// The account's status as last published.
  public var status: AccountStatus { didSet { fleetLines = nil } }
  /// All watched accounts in the order of the configuration, the open one among them; empty with one account.
  public var fleet: [AccountStatus] = [] { didSet { fleetLines = nil } }
  /// What the list of accounts shows of them; nil where that is not known yet.
  var fleetLines: FleetLines?
  /// The terminal's size.
  public var size: Size
  /// The time of the newest event; the view reads no clock.
  public var now: Timestamp
  /// Whether wxtop was told to stay off the network.
  public var isOffline = false
  /// Whether the account is the demo's, which a command names in another way.
  public var isDemo = false
  /// What drawing has cost, as far as the terminal counts it.
  public var statistics = TerminalStatistics()

  /// How the account is looked at.
  public var view = ViewName.day
  /// What Esc leads back to from the accounts.
  public var viewBefore = ViewName.day
  /// Whether the account was opened from the list, so that Esc leads back there.
  public var isFromList = false
  /// The account whose statuses are waited for; until one comes, what the fleet knows of it is shown.
  public var awaitedAccount: String?
  /// Whether all accounts have been looked at, so that they are to be watched.
  public var hasLookedAtFleet = false
  /// The chosen account, by its name; nil is the open one.
  public var selectedAccount: String?
  /// What accounts are listed.
  public var accountFilter: Filter?
  /// The order of the accounts.
  public var accountOrder = AccountOrder()
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
  /// What the shown day is compared with.
  public var compare = Compare.usual
  /// Whether the user asked for the comparison, so that too little history is worth a sentence.
  public var hasChosenCompare = false
  /// How the axis is made.
  public var scale = ScaleMode.auto
  /// Whether every bar is as high as the chart, for the shares of its types.
  public var isComposition = false
  /// Whether bars and cells carry their numbers.
  public var hasLabels = false
  /// Whether the chart has the whole screen.
  public var isChartOnly = false
  /// The order of tables.
  public var order = TableOrder()
  /// What days and hours are looked for.
  public var filter: Filter?
  /// The alerts: open ones, then the newest of those that are over.
  public var alerts: [Alert] = []
  /// Whether alerts have been told at all: those of the start are rung by nobody.
  var knowsAlerts = false
  /// Whether a new alert rings the terminal's bell.
  public var rings = false
  /// Notices about what goes on behind the screen, oldest first.
  var pastNotices: [PastNotice] = []
  /// Names that the user gave to days.
  public var marks: [Mark] = []

  /// The value that the axis is made for. It stays while days are stepped through, so that their heights compare.
  public var axisMaximum = 0
  /// The first day of the day strip.
  public var stripStart: BeijingDay
  /// What lies over the view.
  public var layer: Layer = .none
  /// A line that stands in the hints' place until the next key.
  public var notice: Notice?
  /// A search, forward or back, that goes on once the archive has been read; any key ends the wait.
  var waitingSearch: Bool?
  /// Earlier texts of the command line, oldest first.
  public var commandHistory: [String] = []

  /// How the screen is drawn, and what the user may change of it.
  public var look: Look
  /// The look as the program was started with, or as its settings were kept last.
  var keptLook: Look
  /// The keys.
  public var keys = KeyBindings.standard

  /// The state before the first event.
  public init(
    status: AccountStatus, size: Size, now: Timestamp, day: BeijingDay? = nil, view: ViewName = .day,
    look: Look = Look()
  ) {
    self.status = status
    self.size = size
    self.now = now
    self.look = look
    keptLook = look
    self.view = view
    let newest = status.newestDay ?? Publication.newestOpen(at: now)
    self.day = min(max(day ?? newest, .firstKept), now.beijingDay - 1)
    hasChosenDay = day != nil
    stripStart = Self.stripStart(around: self.day)
    settle()
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

  /// The language.
  public var language: Language { look.language }
  /// The characters and colours.
  var mode: DrawingMode { look.mode }

  var numerals: Numerals { Numerals(language, isASCII: mode.glyphs.name == .ascii) }

  /// What is counted, over the shown types.
  var measure: Measure { Measure(metric, hiddenSlots: Set(hidden.map(\.rawValue))) }

  /// The shown day's numbers with the shown layers.
  var figures: DayFigures? { figures(of: day) }

  /// A day's numbers with the shown layers; nil for a day that is not loaded.
  func figures(of day: BeijingDay) -> DayFigures? {
    status[day].record.map { DayFigures($0.messages, metric: metric, hidden: hidden) }
  }
}
