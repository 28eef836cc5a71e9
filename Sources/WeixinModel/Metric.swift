/// What is counted.
public enum Metric: Hashable, Sendable, CaseIterable {
  /// `msg_count`, which adds up.
  case messages
  /// `msg_user`, which does not: a user may stand in several rows, so the largest row is only a lower bound.
  case users

  /// One number for several of the same day: their sum, or the lower bound that they give.
  public func combined(_ first: Int, _ second: Int) -> Int {
    switch self {
    case .messages: first.addingUpTo(second)
    case .users: max(first, second)
    }
  }
}
