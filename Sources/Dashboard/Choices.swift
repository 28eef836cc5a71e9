/// What the shown day is compared with.
public enum Compare: String, Hashable, Sendable, CaseIterable {
  /// Nothing.
  case off
  /// The day before.
  case dayBefore = "day"
  /// The same weekday of the week before.
  case weekBefore = "week"
  /// The same day of the same mark a year before: this 双11 with the last one. Only on days of a yearly mark.
  case mark
  /// The median and band of the last eight same weekdays.
  case usual
}

/// How the chart's axis is made.
public enum ScaleMode: String, Hashable, Sendable, CaseIterable {
  /// For the shown day, keeping its top while that fits.
  case auto
  /// As it was when it was locked, whatever the day.
  case locked
  /// By powers of ten, of totals only: layers would lie there.
  case log
}

/// By which column a table is sorted.
public struct TableOrder: Hashable, Sendable {
  /// The column: 0 is the first.
  public var column = 0
  /// Whether the order is turned round.
  public var isInverted = false

  /// By the first column, from its top.
  public init() {}
}

/// By which column the accounts are sorted.
public struct AccountOrder: Hashable, Sendable {
  /// A column, or none.
  public enum Column: Hashable, Sendable, CaseIterable {
    /// The newest day's messages, the most first.
    case messages
    /// How far they are from what is usual, the greatest rise first.
    case change
    /// What is wrong, the worst first.
    case state
    /// The names, from A to Z.
    case account
    /// The mass-send level, the slowest first.
    case speed
    /// As the configuration has them.
    case configured
  }

  /// The column.
  public var column = Column.state
  /// Whether the order is turned round.
  public var isInverted = false

  /// By state, the worst first.
  public init() {}
}

/// What may be exported.
public enum ExportFormat: String, Hashable, Sendable, CaseIterable {
  /// The rows behind the view, for programs.
  case csv, json
  /// The view as it is drawn, for documents and chats.
  case svg
  case text = "txt"
}
