public import WeixinModel

/// What the dashboard needs of a monitor: its statuses, and three things to ask for. All of them return at once.
public struct StatusFeed: Sendable {
  /// The account's whole status whenever it changed; the newest counts.
  public var statuses: AsyncStream<AccountStatus>
  /// Loads a day and its neighbours, and fetches what is missing.
  public var show: @Sendable (BeijingDay) async -> Void
  /// Asks Weixin again for the speed and the shown day.
  public var refresh: @Sendable () async -> Void
  /// Stops or goes on polling.
  public var setPaused: @Sendable (Bool) async -> Void
  /// Begins to fetch all that the archive lacks, or stops.
  public var setBackfilling: @Sendable (Bool) async -> Void

  /// A feed.
  public init(
    statuses: AsyncStream<AccountStatus>, show: @escaping @Sendable (BeijingDay) async -> Void,
    refresh: @escaping @Sendable () async -> Void, setPaused: @escaping @Sendable (Bool) async -> Void,
    setBackfilling: @escaping @Sendable (Bool) async -> Void
  ) {
    self.statuses = statuses
    self.show = show
    self.refresh = refresh
    self.setPaused = setPaused
    self.setBackfilling = setBackfilling
  }
}
