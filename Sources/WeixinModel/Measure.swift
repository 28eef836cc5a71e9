/// What is counted, and over which types: what turns a day's rows into one number an hour.
public struct Measure: Hashable, Sendable {
  /// What is counted.
  public var metric: Metric
  /// The slots (``MessageType/slot``) that are left out.
  public var hiddenSlots: Set<Int>

  /// A measure.
  public init(_ metric: Metric = .messages, hiddenSlots: Set<Int> = []) {
    self.metric = metric
    self.hiddenSlots = hiddenSlots
  }

  /// The slots that count.
  var slots: [Int] { (0..<MessageType.slotCount).filter { !hiddenSlots.contains($0) } }
}
