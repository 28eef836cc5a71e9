/// Something that happened to an account, for people who look back.
public struct LogEntry: Hashable, Sendable {
  /// What happened.
  public enum Happening: Hashable, Sendable {
    /// A call ended: which, for which day, how long it took in milliseconds, and what failed if it did.
    case call(WeixinFault.Endpoint, BeijingDay?, milliseconds: Int, APIError?)
    /// The mass-send speed is another one.
    case speedChanged(from: MassSendSpeed, to: MassSendSpeed)
    /// The re-check of a day brought another number of messages.
    case revised(BeijingDay, from: Int, to: Int)
  }

  /// When.
  public var at: Timestamp
  /// What.
  public var happening: Happening

  /// An entry.
  public init(_ happening: Happening, at: Timestamp) {
    self.at = at
    self.happening = happening
  }

  /// So many entries are kept.
  public static let limit = 300
  /// So many are kept of an account that no screen shows.
  public static let limitUnseen = 20
}
