/// All kept days of an account in few bytes: for each its state, and messages and users by hour and slot of `msg_type`.
///
/// Eleven years take about ten megabytes, so that every view, comparison and search works without the disk. Months are
/// chunks of their own: a day that comes in copies no more than its month.
public struct History: Hashable, Sendable {
  /// How a kept day stands.
  public enum Standing: UInt8, Hashable, Sendable {
    /// It will be checked once more.
    case provisional = 1
    /// It stays.
    case final = 2
  }

  private var months: [Month?] = []
  /// The first kept day; nil while there is none.
  public private(set) var first: BeijingDay?
  /// The newest kept day; nil while there is none.
  public private(set) var last: BeijingDay?
  /// The number of kept days.
  public private(set) var count = 0
  /// Whether all days of the archive are in it; until then only those that were looked at.
  public var isWhole = false

  /// A history without any day.
  public init() {}

  /// Takes a day in, or its newer numbers. A day before 2014-12-01 is left out.
  public mutating func insert(_ record: DayRecord) {
    let day = record.messages.day
    guard day >= .firstKept, let place = Place(day) else { return }
    while months.count <= place.month { months.append(nil) }
    if months[place.month] == nil { months[place.month] = Month() }
    if months[place.month]?.insert(record, at: place.day) == true { count += 1 }
    first = min(first ?? day, day)
    last = max(last ?? day, day)
  }

  /// How a day stands; nil for one that is not kept.
  public func standing(of day: BeijingDay) -> Standing? {
    month(of: day).flatMap { Standing(rawValue: $0.0.flags[$0.1] & 3) }
  }

  /// Whether a later answer for the day brought other numbers.
  public func wasRevised(_ day: BeijingDay) -> Bool { month(of: day).map { $0.0.flags[$0.1] & 4 != 0 } ?? false }

  /// The 24 numbers of a day; nil for one that is not kept. Numbers above four thousand million in one hour and type are
  /// cut to that.
  public func hours(of day: BeijingDay, _ measure: Measure = Measure()) -> [Int]? {
    guard let (month, index) = month(of: day), month.flags[index] != 0 else { return nil }
    let slots = measure.slots
    let numbers = measure.metric == .messages ? month.counts : month.users
    return numbers.withUnsafeBufferPointer { numbers in
      (0..<24).map { hour in
        let start = (index * 24 + hour) * MessageType.slotCount
        var value = 0
        for slot in slots { value = measure.metric.combined(value, Int(numbers[start + slot])) }
        return value
      }
    }
  }

  /// One number of a day and hour; nil for a day that is not kept.
  public func value(of day: BeijingDay, hour: Int, _ measure: Measure = Measure()) -> Int? {
    guard let (month, index) = month(of: day), month.flags[index] != 0 else { return nil }
    let numbers = measure.metric == .messages ? month.counts : month.users
    let start = (index * 24 + hour) * MessageType.slotCount
    return measure.slots.reduce(0) { measure.metric.combined($0, Int(numbers[start + $1])) }
  }

  /// The day's number: its messages, or the lower bound of its users; nil for a day that is not kept.
  public func total(of day: BeijingDay, _ measure: Measure = Measure()) -> Int? {
    guard let (month, index) = month(of: day), month.flags[index] != 0 else { return nil }
    if measure == Measure() { return month.totals[index] }
    let slots = measure.slots
    let numbers = measure.metric == .messages ? month.counts : month.users
    return numbers.withUnsafeBufferPointer { numbers in
      var value = 0
      for hour in 0..<24 {
        let start = (index * 24 + hour) * MessageType.slotCount
        for slot in slots { value = measure.metric.combined(value, Int(numbers[start + slot])) }
      }
      return value
    }
  }

  /// The kept days of a range, oldest first.
  public func days(in range: ClosedRange<BeijingDay>) -> [BeijingDay] {
    guard let first, let last, range.lowerBound <= last, range.upperBound >= first else { return [] }
    return range.clamped(to: first...last).filter { standing(of: $0) != nil }
  }

  private func month(of day: BeijingDay) -> (Month, Int)? {
    // All time asks for thousands of days of which most were never kept.
    guard let first, let last, day >= first, day <= last, let place = Place(day), place.month < months.count,
      let month = months[place.month]
    else { return nil }
    return (month, place.day)
  }

  /// A day's month since December 2014, and its index in the month.
  private struct Place {
    let month: Int
    let day: Int

    init?(_ day: BeijingDay) {
      let (year, month, dayOfMonth) = day.components
      self.month = (year - 2014) * 12 + month - 12
      self.day = dayOfMonth - 1
      if self.month < 0 || self.month > 12_000 { return nil }
    }
  }

  private struct Month: Hashable, Sendable {
    /// A standing in the low two bits, and 4 for a day that was revised; 0 for one that is not kept.
    var flags = [UInt8](repeating: 0, count: 31)
    var totals = [Int](repeating: 0, count: 31)
    var counts = [UInt32](repeating: 0, count: 31 * 24 * MessageType.slotCount)
    var users = [UInt32](repeating: 0, count: 31 * 24 * MessageType.slotCount)

    /// Returns whether the day is new.
    mutating func insert(_ record: DayRecord, at index: Int) -> Bool {
      let isNew = flags[index] == 0
      flags[index] = (record.isFinal ? Standing.final : .provisional).rawValue | (record.revision > 1 ? 4 : 0)
      totals[index] = record.messages.total
      let start = index * 24 * MessageType.slotCount
      if !isNew {
        for place in start..<(start + 24 * MessageType.slotCount) { (counts[place], users[place]) = (0, 0) }
      }
      for row in record.messages.rows where (0..<24).contains(row.hour) {
        let place = start + row.hour * MessageType.slotCount + row.type.slot
        counts[place] = UInt32(clamping: Int(counts[place]).addingUpTo(row.count))
        // Users of two types may be the same people.
        users[place] = max(users[place], UInt32(clamping: row.users))
      }
      return isNew
    }
  }
}
