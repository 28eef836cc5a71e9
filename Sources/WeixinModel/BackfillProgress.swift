/// How far a backfill is.
public struct BackfillProgress: Hashable, Sendable {
  /// The days that were missing when it began.
  public var total: Int
  /// The days that were fetched and kept.
  public var fetched = 0
  /// The days that could not be had now: not counted yet by Weixin, or answered with something unusable.
  public var missed: [BeijingDay] = []
  /// The first of the errors that they met.
  public var firstError: APIError?
  /// The calls that were made.
  public var calls = 0
  /// The time since it began.
  public var elapsed = Duration.zero

  /// Nothing done yet.
  public init(total: Int) { self.total = total }

  /// The days that are still to be asked for.
  public var left: Int { total - fetched - missed.count }

  /// Days a second so far; zero at the beginning.
  public var perSecond: Double {
    let seconds = elapsed / .seconds(1)
    return seconds > 0 ? Double(total - left) / seconds : 0
  }

  /// Seconds until it ends at this pace; nil when that cannot be said yet.
  public var secondsLeft: Int? { perSecond > 0 ? Int(Double(left) / perSecond + 0.5) : nil }
}

/// How a backfill ended. What was fetched by then is kept.
public enum BackfillEnd: Hashable, Sendable {
  /// Every day was asked for.
  case finished
  /// wxtop's part of the day's quota is spent.
  case overBudget
  /// Another process is at it.
  case busy
  /// Every further call would fail the same way.
  case failed(APIError)
  /// The archive cannot be read or written.
  case archive(ArchiveFault)
}

/// The backfill of an account as it stands.
public struct BackfillStatus: Hashable, Sendable {
  /// How far it is.
  public var progress: BackfillProgress
  /// How and when it ended; nil while it goes on.
  public var end: BackfillEnd?
  /// When it ended.
  public var endedAt: Timestamp?

  /// A backfill that goes on, or one that has ended.
  public init(progress: BackfillProgress, end: BackfillEnd? = nil, endedAt: Timestamp? = nil) {
    self.progress = progress
    self.end = end
    self.endedAt = endedAt
  }
}
