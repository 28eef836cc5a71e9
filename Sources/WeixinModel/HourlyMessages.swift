/// One row of getupstreammsghour: what one message type brought in one hour.
public struct HourlyRow: Hashable, Sendable {
  /// The Beijing hour, 0…23 (`ref_hour` / 100).
  public var hour: Int
  /// `msg_type`.
  public var type: MessageType
  /// `msg_user`: distinct users of this hour and type. Never add it over rows: a user may stand in several.
  public var users: Int
  /// `msg_count`: messages of this hour and type.
  public var count: Int

  /// A row. `hour` is 0…23; `users` and `count` are at least zero.
  public init(hour: Int, type: MessageType, users: Int, count: Int) {
    self.hour = hour
    self.type = type
    self.users = users
    self.count = count
  }
}

/// The upstream messages of one Beijing day by hour and type.
///
/// Weixin sends only pairs with traffic; a pair that is absent from a published day is zero.
public struct HourlyMessages: Hashable, Sendable {
  /// More than any account can have in a day: a row or a reply that says more is refused, so that sums stay numbers.
  public static let mostMessages = 1_000_000_000_000

  /// The day.
  public let day: BeijingDay
  /// The rows, ordered by hour, then `msg_type`; each pair at most once.
  public let rows: [HourlyRow]
  /// Messages of the whole day.
  public let total: Int
  /// Messages by hour: 24 numbers.
  public let hourTotals: [Int]

  /// More types than any day has had; see ``MessageType/other``.
  public static let mostTypes = 32

  /// A day from rows in any order. Of two rows for one pair the first counts. Of more than ``mostTypes`` types those with the
  /// fewest messages become one.
  public init(day: BeijingDay, rows: [HourlyRow]) {
    self.day = day
    var sorted = rows
    let isOrdered = zip(rows, rows.dropFirst()).allSatisfy { Self.isBefore($0, $1) }
    if !isOrdered {
      var seen = Set<[Int]>()
      sorted = rows.filter { seen.insert([$0.hour, $0.type.number]).inserted }.sorted(by: Self.isBefore)
    }
    sorted = Self.folded(sorted)
    self.rows = sorted
    var totals = [Int](repeating: 0, count: 24)
    for row in sorted where totals.indices.contains(row.hour) {
      totals[row.hour] = totals[row.hour].addingUpTo(row.count)
    }
    hourTotals = totals
    total = totals.reduce(0) { $0.addingUpTo($1) }
  }

  /// The rows with at most ``mostTypes`` types, and the same sums.
  private static func folded(_ rows: [HourlyRow]) -> [HourlyRow] {
    // Nearly every day has five types, with small numbers.
    var small: UInt64 = 0
    var isSmall = true
    for row in rows {
      if (0..<64).contains(row.type.number) { small |= 1 << UInt64(row.type.number) } else { isSmall = false }
    }
    if isSmall, small.nonzeroBitCount <= mostTypes { return rows }
    let totals = rows.reduce(into: [MessageType: Int]()) {
      $0[$1.type, default: 0] = $0[$1.type, default: 0].addingUpTo($1.count)
    }
    guard totals.count > mostTypes else { return rows }
    let documented = Set(MessageType.documented)
    let biggest = totals.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
      .filter { !documented.contains($0) && $0 != .other }.prefix(mostTypes - documented.count - 1)
    let kept = documented.union(biggest)
    var others: [Int: HourlyRow] = [:]
    for row in rows where !kept.contains(row.type) {
      let sum = others[row.hour] ?? HourlyRow(hour: row.hour, type: .other, users: 0, count: 0)
      // Users stand in several types and never add up; so many there were at least.
      others[row.hour] = HourlyRow(
        hour: row.hour, type: .other, users: max(sum.users, row.users), count: sum.count.addingUpTo(row.count))
    }
    return (rows.filter { kept.contains($0.type) } + others.values).sorted(by: isBefore)
  }

  /// Whether Weixin reported no message at all.
  public var isEmpty: Bool { total == 0 }

  /// The types that occur, by number.
  public var types: [MessageType] {
    Set(rows.map(\.type)).sorted()
  }

  /// Messages by type over the whole day.
  public var typeTotals: [MessageType: Int] {
    rows.reduce(into: [:]) { $0[$1.type, default: 0] = $0[$1.type, default: 0].addingUpTo($1.count) }
  }

  /// The rows of one hour, by `msg_type`.
  public func rows(inHour hour: Int) -> [HourlyRow] {
    rows.filter { $0.hour == hour }
  }

  /// The first hour with the most messages; nil on a day without any.
  public var peakHour: Int? {
    guard let most = hourTotals.max(), most > 0 else { return nil }
    return hourTotals.firstIndex(of: most)
  }

  /// The longest run of hours without a message, the earliest of equals; nil when every hour had one.
  public var quietHours: ClosedRange<Int>? {
    var best: ClosedRange<Int>?
    var start: Int?
    for hour in 0...24 {
      let isQuiet = hour < 24 && hourTotals[hour] == 0
      if isQuiet, start == nil { start = hour }
      if !isQuiet, let from = start {
        if best.map({ hour - from > $0.count }) ?? true { best = from...(hour - 1) }
        start = nil
      }
    }
    return best
  }

  private static func isBefore(_ left: HourlyRow, _ right: HourlyRow) -> Bool {
    (left.hour, left.type) < (right.hour, right.type)
  }
}

/// What the client had to leave out of a reply of getupstreammsghour, so that nothing is dropped in silence.
public struct RowsLeftOut: Hashable, Sendable {
  /// Rows whose `ref_date` is another day (seen in Weixin's incident of 2022-08).
  public var otherDates = 0
  /// Rows for an hour and type that an earlier row had already given.
  public var duplicates = 0
  /// Rows without a usable hour, type or count: missing, negative or absurdly large.
  public var unreadable = 0

  /// Nothing left out.
  public init() {}

  /// The number of rows left out.
  public var count: Int { otherDates + duplicates + unreadable }
}

extension Int {
  /// The sum, or the nearest number that there is.
  func addingUpTo(_ other: Int) -> Int {
    let (sum, isTooLarge) = addingReportingOverflow(other)
    return isTooLarge ? (other > 0 ? .max : .min) : sum
  }
}
