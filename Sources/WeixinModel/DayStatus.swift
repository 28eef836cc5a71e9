/// A published day as it is kept: the numbers and where they stand.
public struct DayRecord: Hashable, Sendable {
  /// The numbers.
  public var messages: HourlyMessages
  /// Whether the day has had its re-check; a final day is never fetched again by itself.
  public var isFinal: Bool
  /// When the newest answer was received.
  public var fetchedAt: Timestamp
  /// 1 for the first answer; one more each time that a re-check brought other numbers.
  public var revision: Int
  /// What was left out of the newest answer.
  public var leftOut: RowsLeftOut
  /// The day's messages in the answer before the last revision; nil for the first one.
  public var totalBefore: Int?

  /// A record.
  public init(
    messages: HourlyMessages, isFinal: Bool, fetchedAt: Timestamp, revision: Int = 1,
    leftOut: RowsLeftOut = RowsLeftOut(), totalBefore: Int? = nil
  ) {
    self.totalBefore = totalBefore
    self.messages = messages
    self.isFinal = isFinal
    self.fetchedAt = fetchedAt
    self.revision = revision
    self.leftOut = leftOut
  }
}

/// A failed call: what failed, when, and when it is tried again.
public struct Failure: Hashable, Sendable {
  /// What failed.
  public var error: APIError
  /// When it failed.
  public var at: Timestamp
  /// How many times in a row.
  public var attempts: Int
  /// When wxtop tries again by itself; nil when it waits for the user.
  public var retryAt: Timestamp?
  /// Since when nothing else has come, also before a restart; nil where that is not known.
  public var since: Timestamp?

  /// A failure.
  public init(
    error: APIError, at: Timestamp, attempts: Int = 1, retryAt: Timestamp? = nil, since: Timestamp? = nil
  ) {
    self.error = error
    self.at = at
    self.attempts = attempts
    self.retryAt = retryAt
    self.since = since
  }
}

/// Everything known about one day of one account: facts, whether they are being fetched, and what went wrong last.
public struct DayStatus: Hashable, Sendable {
  /// The published numbers, if any are kept.
  public var record: DayRecord?
  /// Whether a call for the day is under way or waiting its turn.
  public var isFetching = false
  /// The last failure since the last success.
  public var failure: Failure?

  /// A day of which nothing is known, or what is given.
  public init(record: DayRecord? = nil, isFetching: Bool = false, failure: Failure? = nil) {
    self.record = record
    self.isFetching = isFetching
    self.failure = failure
  }
}

/// How a day looks to a person. Numbers alone can never say which of these is meant.
public enum DayState: Hashable, Sendable {
  /// Before 2014-12-01: Weixin keeps nothing.
  case beforeRecords
  /// Today or later: statistics come out at the given moment.
  case notOver(opens: Timestamp)
  /// Over, but Weixin has not published it yet.
  case unpublished
  /// Published for all that is known, but never fetched.
  case neverFetched
  /// Never fetched, and the last attempt failed.
  case failed
  /// Numbers that will be checked once more.
  case provisional
  /// Numbers that stay.
  case final
}

extension DayStatus {
  /// The state of a day at a moment.
  public func state(of day: BeijingDay, at now: Timestamp) -> DayState {
    if let record, day >= .firstKept { return record.isFinal ? .final : .provisional }
    let untold = DayState(untold: day, at: now)
    guard untold == .neverFetched, let failure else { return untold }
    return failure.error.isNotReady ? .unpublished : .failed
  }
}

extension DayState {
  /// The state of a day, at a moment, of which nothing is known but its date.
  public init(untold day: BeijingDay, at now: Timestamp) {
    self =
      if day < .firstKept {
        .beforeRecords
      } else if day >= now.beijingDay {
        .notOver(opens: Publication.opens(day))
      } else {
        now < Publication.opens(day) ? .unpublished : .neverFetched
      }
  }
}
