import Glibc
public import WeixinModel

/// The upstream messages of an invented account: the same seed and day give the same rows, on any machine and in any
/// order. Nothing is kept.
///
/// It looks like a real one: weekday and hour shapes, growth from some 800 messages a day in 2014 to about 20,000,
/// 11-11 and 06-18, Spring Festival, campaigns of an hour, rare outages, two days without any message each year.
public struct SimulatedHistory: Hashable, Sendable {
  private let seed: UInt64

  /// The account of a seed.
  public init(seed: UInt64 = Simulator.defaultSeed) {
    self.seed = seed
  }

  /// The rows of a day as Weixin sends them: only hours and types with messages, by hour, then type. Empty on an empty
  /// day and before 2014-12-01. Any later day has rows, even one that is not over: the simulator decides what it shows.
  public func rows(on day: BeijingDay) -> [HourlyRow] {
    guard day >= .firstKept, !isEmptyDay(day) else { return [] }
    var random = SplitMix(seed: seed, day.ordinal)
    let shape = DayShape(seed: seed, day: day)
    let mix = TypeMix(on: day)
    let strangeHour = !shape.isProtected && random.happens(1 / 300) ? random.number(in: 9...21) : nil
    var rows: [HourlyRow] = []
    for hour in 0..<24 {
      let mean = shape.mean(of: hour)
      let tilt = random.fraction(in: 0.85...1.15)
      for (type, share) in mix.shares {
        let count = random.occurrences(mean: mean * share * (type == .image || type == .voice ? tilt : 1))
        let users = Self.users(of: count, &random)
        if count > 0, !shape.isSilent(hour) {
          rows.append(HourlyRow(hour: hour, type: type, users: users, count: count))
        }
      }
      if hour == strangeHour, !shape.isSilent(hour) {
        rows.append(HourlyRow(hour: hour, type: MessageType(7), users: 1, count: random.number(in: 1...3)))
      }
    }
    return rows
  }

  /// Two days of each year, one in either half, for no reason that the numbers give.
  private func isEmptyDay(_ day: BeijingDay) -> Bool {
    let (year, month, _) = day.components
    let half = month > 6 ? 1 : 0
    guard let first = BeijingDay(year: year, month: half == 1 ? 7 : 1, day: 1) else { return false }
    var random = SplitMix(seed: seed, 0xE0, year, half)
    var chosen = first + random.number(in: 0...179)
    while DayShape.isProtected(chosen) { chosen = chosen + 7 }
    return day == chosen
  }

  private static func users(of count: Int, _ random: inout SplitMix) -> Int {
    guard count > 1 else { return count }
    return min(count, max(1, Int((Double(count) * random.fraction(in: 0.58...0.86)).rounded())))
  }
}
