import WeixinModel

/// Which days the monitor cares about around a shown one.
enum DayWindow {
  /// So many days before the shown one the speeds are known.
  static let speedDays = 60

  /// The days that the keys can reach from a shown day in one step, and their surroundings; no range overlaps another.
  static func reachable(from shown: BeijingDay, newest: BeijingDay?, open: BeijingDay) -> [ClosedRange<BeijingDay>] {
    let lastYear = shown.adding(months: -12)
    let nextYear = shown.adding(months: 12)
    var ranges: [ClosedRange<BeijingDay>] = [
      (lastYear - 8)...(lastYear + 8), (shown - 63)...(shown + 45), (nextYear - 8)...(nextYear + 8),
      .firstKept ... .firstKept, (open - 1)...(open + 1),
    ]
    if let newest { ranges.append(newest...newest) }
    return merged(ranges.sorted { $0.lowerBound < $1.lowerBound })
  }

  /// The days that the screen shows with a day, or with the newest kept one where that is shown instead.
  static func shown(from shown: BeijingDay, newest: BeijingDay?) -> [ClosedRange<BeijingDay>] {
    let around = { (day: BeijingDay) in (day - 16)...(day + 3) }
    guard let newest, newest != shown else { return [around(shown)] }
    return merged([around(shown), around(newest)].sorted { $0.lowerBound < $1.lowerBound })
  }

  /// The days to fetch, the most wanted first: the shown one, what else the screen shows, the neighbours, what was
  /// published last, then backwards.
  ///
  /// The day that opens next is among them, so that the monitor wakes for it.
  static func wanted(shown: BeijingDay, open: BeijingDay, prefetches: Bool, also: [BeijingDay] = []) -> [BeijingDay] {
    var days = [shown] + also
    if prefetches {
      days += [shown - 1, shown + 1, shown - 7, shown + 7]
      days += [open, open - 1, open + 1]
      days += (2...14).map { shown - $0 }
    }
    return days.reduce(into: []) { wanted, day in
      if day >= .firstKept, day <= open + 1, !wanted.contains(day) { wanted.append(day) }
    }
  }

  private static func merged(_ ranges: [ClosedRange<BeijingDay>]) -> [ClosedRange<BeijingDay>] {
    ranges.reduce(into: []) { merged, range in
      if let last = merged.last, range.lowerBound <= last.upperBound + 1 {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
  }
}
