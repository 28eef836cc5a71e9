/// When Weixin publishes a day of statistics, and how far an answer may be trusted.
///
/// The page says "after 08:00"; the console says noon; empty answers before noon were really "not yet".
public enum Publication {
  /// The first moment at which it makes sense to ask for a day: 08:00 Beijing on the following day.
  public static func opens(_ day: BeijingDay) -> Timestamp { (day + 1).start(ofHour: 8) }

  /// From this moment an answer with messages is final: 12:00 Beijing on the following day.
  public static func settles(_ day: BeijingDay) -> Timestamp { (day + 1).start(ofHour: 12) }

  /// From this moment an empty answer too is final: 08:00 Beijing two days later. Until then emptiness may be lateness.
  public static func settlesEmpty(_ day: BeijingDay) -> Timestamp { (day + 2).start(ofHour: 8) }

  /// The newest day that may have been published at a moment.
  public static func newestOpen(at now: Timestamp) -> BeijingDay {
    let yesterday = now.beijingDay - 1
    return now >= opens(yesterday) ? yesterday : yesterday - 1
  }

  /// What a reply to a request for a day, received at a moment, is worth.
  public static func standing(of messages: HourlyMessages, at moment: Timestamp) -> Standing {
    if messages.isEmpty {
      if moment < settles(messages.day) { return .unpublished }
      return moment < settlesEmpty(messages.day) ? .provisional : .final
    }
    return moment < settles(messages.day) ? .provisional : .final
  }

  /// When a provisional day is to be asked for again.
  public static func recheck(_ messages: HourlyMessages) -> Timestamp {
    messages.isEmpty ? settlesEmpty(messages.day) : settles(messages.day)
  }

  /// The worth of a reply.
  public enum Standing: Hashable, Sendable {
    /// An empty reply that comes too early to mean zero.
    case unpublished
    /// Data that will be checked once more.
    case provisional
    /// Data that is never fetched again by itself.
    case final
  }
}
