public import Dashboard
public import WeixinModel

/// What the dashboard needs of the world behind it: an account's statuses, and what may be asked for.
public struct StatusFeed: Sendable {
  /// The account's whole status whenever it changed; the newest counts.
  public var statuses: AsyncStream<AccountStatus>
  /// The statuses of all watched accounts whenever one of them changed; the newest counts.
  public var fleet: AsyncStream<[AccountStatus]>
  /// Loads a day and its neighbours, and fetches what is missing; then the others.
  public var show: @Sendable (BeijingDay, [BeijingDay]) async -> Void
  /// Asks Weixin again for the speed and the shown day.
  public var refresh: @Sendable () async -> Void
  /// Fetches a day again though it is final.
  public var refetch: @Sendable (BeijingDay) async -> Void
  /// Stops or goes on polling.
  public var setPaused: @Sendable (Bool) async -> Void
  /// Begins to fetch all that the archive lacks, or stops.
  public var setBackfilling: @Sendable (Bool) async -> Void
  /// Shows another account, by its name: ``statuses`` are its own from then on.
  public var openAccount: @Sendable (String) async -> Void
  /// Asks Weixin again for the speed and the newest day of an account, by its name.
  public var retryAccount: @Sendable (String) async -> Void
  /// Begins to watch all accounts.
  public var watchFleet: @Sendable () async -> Void
  /// Writes a text to a new file, and answers with its path, or with the reason why not.
  public var export: @Sendable (_ text: String, _ name: String, _ suggestion: String) async -> FileOutcome
  /// Keeps settings in the configuration, and answers with its path, or with the reason why not.
  public var keepSettings: @Sendable ([Setting]) async -> FileOutcome
  /// The alerts whenever they changed; the newest counts.
  public var alerts: AsyncStream<[Alert]>
  /// Notes that a person has seen some alerts.
  public var acknowledge: @Sendable ([Alert.ID]) async -> Void
  /// What goes on behind the screen and is worth a line.
  public var notices: AsyncStream<State.Notice>

  /// What became of a file: where it is, or why it is not.
  public enum FileOutcome: Hashable, Sendable {
    /// It was written.
    case written(path: String)
    /// It was not, and this is why.
    case failed(Phrase)
  }

  /// A feed.
  public init(
    statuses: AsyncStream<AccountStatus>, show: @escaping @Sendable (BeijingDay, [BeijingDay]) async -> Void,
    refresh: @escaping @Sendable () async -> Void, refetch: @escaping @Sendable (BeijingDay) async -> Void,
    setPaused: @escaping @Sendable (Bool) async -> Void, setBackfilling: @escaping @Sendable (Bool) async -> Void,
    export: @escaping @Sendable (_ text: String, _ name: String, _ suggestion: String) async -> FileOutcome,
    keepSettings: @escaping @Sendable ([Setting]) async -> FileOutcome,
    fleet: AsyncStream<[AccountStatus]> = AsyncStream { $0.finish() },
    openAccount: @escaping @Sendable (String) async -> Void = { _ in },
    retryAccount: @escaping @Sendable (String) async -> Void = { _ in },
    watchFleet: @escaping @Sendable () async -> Void = {},
    alerts: AsyncStream<[Alert]> = AsyncStream { $0.finish() },
    acknowledge: @escaping @Sendable ([Alert.ID]) async -> Void = { _ in },
    notices: AsyncStream<State.Notice> = AsyncStream { $0.finish() }
  ) {
    self.statuses = statuses
    self.fleet = fleet
    self.openAccount = openAccount
    self.retryAccount = retryAccount
    self.watchFleet = watchFleet
    self.show = show
    self.refresh = refresh
    self.refetch = refetch
    self.setPaused = setPaused
    self.setBackfilling = setBackfilling
    self.export = export
    self.keepSettings = keepSettings
    self.alerts = alerts
    self.acknowledge = acknowledge
    self.notices = notices
  }
}
