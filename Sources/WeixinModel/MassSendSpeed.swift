/// The mass-send speed of an account, as getSpeed gives it. It is a setting, not a gauge of current traffic.
public struct MassSendSpeed: Hashable, Codable, Sendable {
  /// `speed`: the level, 0 (fastest) to 4 (slowest).
  public var level: Int
  /// `realspeed` in 万/min (ten thousand messages per minute), as sent. Never derived from the level: Weixin's own
  /// sample pairs level 3 with 15, and its table with 30.
  public var realspeed: Int

  /// A speed as sent.
  public init(level: Int, realspeed: Int) {
    self.level = level
    self.realspeed = realspeed
  }

  /// The speed that the official table gives for the level, in 万/min; nil for an unknown level.
  public var nominal: Int? { Self.nominal(ofLevel: level) }

  /// Whether `realspeed` differs from the level's nominal speed.
  public var isOffNominal: Bool { nominal.map { $0 != realspeed } ?? true }

  /// The official table: level 0…4 to 万/min. A bigger level is slower.
  public static func nominal(ofLevel level: Int) -> Int? {
    let table = [80, 60, 45, 30, 10]
    return table.indices.contains(level) ? table[level] : nil
  }
}

/// A stretch of time in which every poll saw the same mass-send speed.
public struct SpeedSpan: Hashable, Sendable {
  /// The speed.
  public var speed: MassSendSpeed
  /// The first poll that saw it.
  public var from: Timestamp
  /// The last poll that saw it. Between two spans nobody watched.
  public var to: Timestamp

  /// A span; `to` is not before `from`.
  public init(speed: MassSendSpeed, from: Timestamp, to: Timestamp) {
    self.speed = speed
    self.from = from
    self.to = to
  }
}
