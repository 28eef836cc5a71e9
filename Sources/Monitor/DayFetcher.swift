public import MessageArchive
public import WeixinAPI
public import WeixinModel

/// Fetches single days of one account and keeps them by the rules of publication.
public struct DayFetcher: Sendable {
  let api: any AccountAPI
  let archive: MessageArchive
  let account: String
  let now: @Sendable () -> Timestamp

  /// A fetcher for an account under its name in the archive.
  public init(
    api: any AccountAPI, archive: MessageArchive, account: String, now: @escaping @Sendable () -> Timestamp
  ) {
    self.api = api
    self.archive = archive
    self.account = account
    self.now = now
  }

  /// Whether a day that is kept so, or not at all, is worth a call at a moment.
  public static func isWanted(_ kept: DayRecord?, at now: Timestamp) -> Bool {
    kept.map { !$0.isFinal && Publication.recheck($0.messages) <= now } ?? true
  }

  /// Asks for a day and keeps the answer. `onFault` is told when it could not be kept; it is returned all the same.
  ///
  /// Throws an `APIError`, or `CancellationError`.
  public func fetch(
    _ day: BeijingDay, onFault: @Sendable (ArchiveFault) -> Void = { _ in }
  ) async throws -> DayRecord {
    let reply = try await api.hourlyMessages(on: day)
    return try await Self.keep(reply, for: day, at: now()) { record in
      do throws(ArchiveFault) {
        return try await archive.save(record, account: account)
      } catch {
        onFault(error)
        return Saved(record, over: nil, at: now())
      }
    }.record
  }

  /// Takes in an answer: refuses one that comes too early to mean anything, and keeps what an earlier one had that Weixin now
  /// answers empty.
  static func keep(
    _ reply: HourlyReply, for day: BeijingDay, at now: Timestamp, saving save: (DayRecord) async -> Saved
  ) async throws(APIError) -> Saved {
    guard reply.messages.day == day else { throw .unexpected(key: "ref_date") }
    let standing = Publication.standing(of: reply.messages, at: now)
    guard standing != .unpublished else { throw .emptyDay }
    let record = DayRecord(
      messages: reply.messages, isFinal: standing == .final, fetchedAt: now, leftOut: reply.leftOut)
    let saved = await save(record)
    guard saved.outcome == .refusedEmpty else { return saved }
    guard standing == .final else { throw .emptyDay }
    // Weixin has gone on answering empty for a day that had messages: the numbers that were seen stay.
    var kept = saved.record
    kept.isFinal = true
    kept.fetchedAt = min(kept.fetchedAt, now)
    return await save(kept)
  }
}
