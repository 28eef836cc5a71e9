public import WeixinModel

/// The mass-send speed of an invented account over time: what an operator set, as a pure function of seed and moment.
///
/// Mostly level 3 with 30; slower in the evening, faster for a while in the morning, and on some stretches off the
/// nominal speed, as Weixin's own sample is (3 with 15). It changes at least four times a day.
public struct SimulatedSpeed: Hashable, Sendable {
  private let seed: UInt64
  private let cycle: Int?

  /// - Parameters:
  ///   - seed: the account's seed.
  ///   - changeEvery: seconds between changes, for demonstrations; nil for an operator's rhythm.
  public init(seed: UInt64 = Simulator.defaultSeed, changeEvery: Int? = nil) {
    self.seed = seed
    cycle = changeEvery.map { max(1, $0) }
  }

  /// The speed at a moment.
  public func speed(at moment: Timestamp) -> MassSendSpeed { stretch(at: moment).speed }

  /// The stretches of one speed that touch the moments from one to another, oldest first, cut to them. Each ends a
  /// second before the next begins. Empty when the moments are in the wrong order.
  public func spans(from start: Timestamp, to end: Timestamp) -> [SpeedSpan] {
    var spans: [SpeedSpan] = []
    var moment = start
    while moment <= end {
      let stretch = stretch(at: moment)
      let last = min(stretch.end + -1, end)
      if let previous = spans.last, previous.speed == stretch.speed {
        spans[spans.count - 1].to = last
      } else {
        spans.append(SpeedSpan(speed: stretch.speed, from: moment, to: last))
      }
      moment = stretch.end
    }
    return spans
  }

  private struct Stretch {
    var speed: MassSendSpeed
    /// The first moment after it.
    var end: Timestamp
  }

  private func stretch(at moment: Timestamp) -> Stretch {
    if let cycle {
      let number = moment.seconds / cycle
      let speed = Self.demonstration[abs(number) % Self.demonstration.count]
      return Stretch(speed: speed, end: Timestamp(seconds: (number + 1) * cycle))
    }
    let day = moment.beijingDay
    let second = moment.beijingSecondOfDay
    var speed = Self.usual
    var end = (day + 1).start
    for change in changes(on: day) {
      guard change.second <= second else {
        end = day.start + change.second
        break
      }
      speed = change.speed
    }
    return Stretch(speed: speed, end: end)
  }

  /// A day begins and ends at the usual speed, so that no day needs to know its neighbour.
  private func changes(on day: BeijingDay) -> [(second: Int, speed: MassSendSpeed)] {
    var random = SplitMix(seed: seed, 0x59EED, day.ordinal)
    let fast = [MassSendSpeed(level: 2, realspeed: 45), .init(level: 1, realspeed: 60), .init(level: 0, realspeed: 80)]
    let morning = random.number(in: 8 * 3_600...10 * 3_600)
    var changes = [
      (morning, fast[random.number(in: 0...2)]), (morning + random.number(in: 1_800...5_400), Self.usual),
    ]
    if random.happens(0.4) {
      let noon = random.number(in: 13 * 3_600...15 * 3_600)
      changes += [
        (noon, MassSendSpeed(level: 3, realspeed: 15)), (noon + random.number(in: 1_800...7_200), Self.usual),
      ]
    }
    let evening = random.number(in: 18 * 3_600...20 * 3_600)
    changes += [
      (evening, MassSendSpeed(level: 4, realspeed: 10)), (evening + random.number(in: 3_600...10_800), Self.usual),
    ]
    return changes
  }

  private static let usual = MassSendSpeed(level: 3, realspeed: 30)
  private static let demonstration = [
    usual, MassSendSpeed(level: 4, realspeed: 10), usual, MassSendSpeed(level: 1, realspeed: 60),
    MassSendSpeed(level: 3, realspeed: 15), MassSendSpeed(level: 0, realspeed: 80),
  ]
}
