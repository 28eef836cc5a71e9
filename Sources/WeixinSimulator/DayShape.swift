import Glibc
import WeixinModel

/// How the messages of one simulated day are spread: its volume, its hours, and what happened to it.
struct DayShape {
  private let day: BeijingDay
  private let means: [Double]
  private let silent: Set<Int>

  init(seed: UInt64, day: BeijingDay) {
    self.day = day
    var random = SplitMix(seed: seed, 0xDA, day.ordinal)
    let volume =
      Self.trend(on: day) * Self.weekday[day.weekday - 1] * Self.season(on: day) * (1 + 0.05 * random.gauss())
    let weights = day.isWeekend ? Self.weekendHours : Self.workdayHours
    let sum = weights.reduce(0, +)
    var means = weights.map { max(0, volume) * $0 / sum * (1 + 0.06 * random.gauss()) }
    var silent = Set([4, 5].filter { _ in random.happens(0.6) })
    if !Self.isProtected(day) {
      if random.happens(1 / 26) {
        // A push message or a post that went round: many answers within the hour, and an echo.
        let hour = random.number(in: 10...21)
        let extra = volume * random.fraction(in: 0.2...0.35)
        means[hour] += extra
        means[hour + 1] += extra * 0.25
      }
      if random.happens(1 / 55) {
        let start = random.number(in: 9...17)
        let length = random.number(in: 2...4)
        silent.formUnion(start..<start + length)
        means[start + length] *= 1.4
      }
    }
    self.means = means
    self.silent = silent
  }

  /// The average number of messages in an hour.
  func mean(of hour: Int) -> Double { means[hour] }
  /// Whether nothing at all arrives in an hour.
  func isSilent(_ hour: Int) -> Bool { silent.contains(hour) }
  /// Whether nothing unusual may happen on the day.
  var isProtected: Bool { Self.isProtected(day) }

  /// The shopping festivals and their neighbours stay comparable: no outage, no campaign, no empty day.
  static func isProtected(_ day: BeijingDay) -> Bool {
    let (_, month, date) = day.components
    return (month == 11 && (8...14).contains(date)) || (month == 6 && (15...21).contains(date))
  }

  /// Messages of an ordinary day: quick growth at first, slower later, level after some twelve years.
  private static func trend(on day: BeijingDay) -> Double {
    let years = Double(day - .firstKept) / 365.25
    return 800 * pow(26, pow(min(years / 11.5, 1.06), 0.75))
  }

  private static func season(on day: BeijingDay) -> Double {
    let (year, month, date) = day.components
    switch (month, date) {
    case (11, 11): return 3.2
    case (11, 10): return 1.6
    case (11, 12): return 1.45
    case (6, 18): return 1.9
    case (6, 17): return 1.25
    case (10, 1...7): return 0.78
    default: break
    }
    guard let newYear = newYears[year] else { return 1 }
    let distance = day - newYear
    let dip = [0.82, 0.6, 0.42, 0.38, 0.4, 0.45, 0.5, 0.56, 0.64, 0.78, 0.9]
    return dip.indices.contains(distance + 3) ? dip[distance + 3] : 1
  }

  private static let weekday = [1.04, 1.06, 1.04, 1.03, 1.0, 0.82, 0.77]
  private static let workdayHours = [
    1.6, 0.8, 0.4, 0.2, 0.07, 0.07, 0.5, 1.6, 3.4, 5.2, 6.0, 5.6, 6.3, 5.2, 5.0, 5.4, 5.3, 5.0, 5.2, 6.4, 7.9, 7.8, 5.8,
    3.4,
  ]
  private static let weekendHours = [
    2.2, 1.2, 0.6, 0.25, 0.09, 0.06, 0.3, 0.9, 2.2, 3.8, 5.0, 5.2, 5.6, 5.0, 5.0, 5.1, 5.1, 5.0, 5.2, 6.2, 7.4, 7.4,
    6.0,
    4.0,
  ]

  /// The first day of the lunar year, which no short formula gives.
  private static let newYears: [Int: BeijingDay] = [
    (2015, 2, 19), (2016, 2, 8), (2017, 1, 28), (2018, 2, 16), (2019, 2, 5), (2020, 1, 25), (2021, 2, 12), (2022, 2, 1),
    (2023, 1, 22), (2024, 2, 10), (2025, 1, 29), (2026, 2, 17), (2027, 2, 6), (2028, 1, 26), (2029, 2, 13),
    (2030, 2, 3),
    (2031, 1, 23), (2032, 2, 11), (2033, 1, 31), (2034, 2, 19), (2035, 2, 8),
  ].reduce(into: [:]) { $0[$1.0] = BeijingDay(year: $1.0, month: $1.1, day: $1.2) }
}
