/// Which account is meant.
public struct Account: Hashable, Sendable {
  /// The short name in the configuration and on the command line, such as `acme`.
  public var name: String
  /// The name for people, such as 艾克美; empty when none was given.
  public var title: String
  /// Which of ``accents`` marks it among several accounts; nil leaves it to the name.
  public var accent: Int?

  /// An account.
  public init(name: String, title: String = "", accent: Int? = nil) {
    self.name = name
    self.title = title
    self.accent = accent
  }

  /// So many accents tell accounts apart.
  public static let accents = 6

  /// The chosen accent, or the one that the name leads to on every machine and in every run. That is never the first, red, which
  /// looks like an alarm to whoever did not choose it.
  public var accentIndex: Int {
    if let accent { return min(max(accent, 0), Self.accents - 1) }
    // FNV-1a: Swift's own hashes begin anew with every process.
    let hash = name.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    return 1 + Int(hash % UInt32(Self.accents - 1))
  }
}

/// What is wrong with the local archive. wxtop goes on without saving.
public enum ArchiveFault: Error, Hashable, Sendable {
  /// No space is left on the disk.
  case diskFull
  /// The file or its folder may not be written.
  case notWritable
  /// What is kept may not be read here: the file itself, or the log beside it, for which SQLite must write the folder.
  case notReadable
  /// The file is broken or no archive. Who only reads leaves it where it is.
  case damaged
  /// Nothing stands at the path, or an empty file, and whoever only reads makes none.
  case missing
  /// What stands at the path is no file: a folder, a pipe, a device.
  case noFile
  /// The locks beside the archive cannot be had, or only for this user, so that two wxtops may ask for the same.
  case noLock
  /// Others may read the archive or what stands beside it, or it belongs to another user, so no token is kept in it.
  case openToOthers
  /// The file was no readable archive and was moved aside, to the path given.
  case movedAside(to: String)
  /// The file was written by a newer wxtop.
  case newerVersion
  /// Another process held the file for too long.
  case busy
  /// SQLite's own words.
  case other(String)
}

/// The current status of one account: facts, how fresh they are, and what failed. Published whole each time.
public struct AccountStatus: Hashable, Sendable {
  /// The account.
  public var account: Account
  /// The mass-send speed when last seen, and when that was.
  public var speed: SpeedSpan?
  /// The failure of the last poll of the speed, if it failed.
  public var speedFailure: Failure?
  /// When the speed is polled next; nil while paused or after a final failure.
  public var nextPoll: Timestamp?
  /// Whether polling is paused by the user.
  public var isPaused = false
  /// The loaded days: at least those that the shown screen and its neighbours need.
  public var days: [BeijingDay: DayStatus] = [:]
  /// Which of the last fourteen days are kept, and whether they are final: also those that are not in ``days``.
  public var recent: [BeijingDay: Bool] = [:]
  /// Whether another process polls the account, and this one shows what that keeps.
  public var isFollower = false
  /// All kept days in brief: at least those of ``days``, and all of the archive once it has been read.
  public var history = History()
  /// The speeds seen during the loaded days, oldest first.
  public var speedSpans: [SpeedSpan] = []
  /// Calls to Weixin that all processes on the archive made in the current Beijing day.
  public var callsToday = 0
  /// What Weixin said today of the quotas of the calls.
  public var quotas: [WeixinFault.Endpoint: CallQuota] = [:]
  /// Seconds between polls of the speed where the quota makes them more than was wished; else nil.
  public var stretchedInterval: Int?
  /// Whether nothing is left of wxtop's part of the quota for the speed, so that it is not polled today.
  public var isSpeedOverBudget = false
  /// The newest published day that is kept; nil while none is.
  public var newestDay: BeijingDay?
  /// The newest published day in brief, beside what is usual for it; nil while none is kept.
  public var brief: DayBrief?
  /// The number of days in the archive.
  public var archivedDays = 0
  /// Seconds by which this machine's clock is ahead of Weixin's, where that is too far; negative when it is behind.
  public var clockSkew: Int?
  /// Where the access token comes from, and how long it is used; nil while nothing has run.
  public var token: TokenStanding?
  /// The backfill that goes on, or the last one.
  public var backfill: BackfillStatus?
  /// What happened lately, oldest first.
  public var log: [LogEntry] = []
  /// Why kept days could not be read, so that there are more than are shown.
  public var readFault: ArchiveFault?
  /// What is wrong with the archive.
  public var archiveFault: ArchiveFault?

  /// An account of which nothing is known yet.
  public init(account: Account) {
    self.account = account
  }

  /// What keeps the speed away, unless Weixin has no such call for the account: nobody can mend that, and nothing is wrong.
  public var speedProblem: Failure? {
    if case .notInCloud? = speedFailure?.error { return nil }
    return speedFailure
  }

  /// What is known of a day.
  public subscript(day: BeijingDay) -> DayStatus { days[day] ?? DayStatus() }
}
